using System.Text;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>A file of a repository as lines. Opening one reads a few bytes of it, however large it is.</summary>
public sealed class TextLines : ITextLines
{
    /// <summary>Longest beginning of a line that is handed out, in bytes.</summary>
    public const int MaxLineBytes = 16 * 1024;

    /// <summary>Of a file that is no larger the lines are counted when it is opened; of another one when somebody counts on.</summary>
    public const int CountedAtOnce = 16 * 1024 * 1024;

    /// <summary>Most lines of one reading.</summary>
    public const int MaxLines = 4096;

    /// <summary>Longest end of a long line that is handed out, in bytes.</summary>
    private const int MaxTailBytes = 4 * 1024;

    private readonly IRepoFiles files;
    private readonly TextBlocks blocks;
    private readonly long countedAtOnce;
    private readonly byte[] line = new byte[MaxLineBytes];
    private LineOffsets numbers = new();
    private LogAnchors anchors = new();
    private FileStamp stamp;
    private bool isThere;

    /// <param name="countedAtOnce">Bytes that are counted without being asked for.</param>
    public TextLines(IRepoFiles files, string path, long countedAtOnce = CountedAtOnce)
    {
        (this.files, Path, this.countedAtOnce) = (files, path, countedAtOnce);
        blocks = new TextBlocks(files, path);
        Refresh();
    }

    public string Path { get; }

    public long? Count => numbers.Length == Size ? numbers.Lines : null;

    public long Size => blocks.Size;

    public string? Fault { get; private set; }

    /// <summary>Lets go of files that were opened for this text alone.</summary>
    public void Dispose() => (files as IDisposable)?.Dispose();

    public TextChange Refresh()
    {
        var probe = files.Probe(Path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            isThere = false;
            return Fail(probe.Condition == ArtifactCondition.Missing ? "the file does not exist" : probe.Fault ?? "it cannot be read");
        }

        if (isThere && Fault is null && probe.Stamp == stamp)
        {
            return TextChange.None;
        }

        try
        {
            var isGrown = IsGrown(probe.Stamp);
            if (!isGrown)
            {
                (numbers, isThere) = (new LineOffsets(), false);
            }

            // What was appended to a text that is counted is counted too.
            var wasCounted = isGrown && numbers.Length == Size;
            blocks.Reset(probe.Stamp.Size);
            Anchor();
            CountTo(wasCounted ? Size - numbers.Length : countedAtOnce - numbers.Length);
            (stamp, isThere, Fault) = (probe.Stamp, true, null);
            return isGrown ? TextChange.Grown : TextChange.StartedOver;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(Words(error));
        }
    }

    public IReadOnlyList<TextLine> Forward(long start, int count)
    {
        var read = new List<TextLine>();
        try
        {
            for (var at = Math.Max(0, start); at < Size && read.Count < Math.Min(count, MaxLines);)
            {
                var next = Next(at);
                if (next.End == at)
                {
                    break;
                }

                read.Add(next);
                at = next.End;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(Words(error));
        }

        return read;
    }

    public IReadOnlyList<TextLine> Backward(long end, int count)
    {
        var (at, found) = (Math.Min(end, Size), 0);
        try
        {
            for (; at > 0 && found < Math.Min(count, MaxLines); found++)
            {
                at = blocks.StartBefore(at);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(Words(error));
            return [];
        }

        return Forward(at, found);
    }

    public long LineAt(long offset)
    {
        try
        {
            return blocks.StartBefore(Math.Min(offset + 1, Size));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(Words(error));
            return 0;
        }
    }

    public long? NumberOf(long start)
    {
        if (start > numbers.Length)
        {
            return null;
        }

        try
        {
            var (lines, at) = numbers.AtOrBefore(start);
            while (at < start)
            {
                var bytes = blocks.At(at);
                if (bytes.IsEmpty)
                {
                    return null;
                }

                bytes = bytes[..(int)Math.Min(bytes.Length, start - at)];
                lines += bytes.Count((byte)'\n');
                at += bytes.Length;
            }

            return lines + 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(Words(error));
            return null;
        }
    }

    public bool CountOn(long maxBytes)
    {
        try
        {
            CountTo(maxBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(Words(error));
        }

        return numbers.Length < Size;
    }

    public FindStep Find(string text, long from, bool isBackward, long maxBytes) =>
        new TextFinder(files, Path, text).Find(from, isBackward, maxBytes);

    /// <summary>
    /// Whether the file is the one that was read, with more behind. One of the same size that was written since is another:
    /// appending makes it longer.
    /// </summary>
    private bool IsGrown(FileStamp seen) =>
        isThere && seen.Identity == stamp.Identity && (seen.Size > Size || seen == stamp) && anchors.Hold(files, Path);

    private void Anchor()
    {
        anchors = new LogAnchors();
        var bytes = line.AsSpan(0, (int)Math.Min(LogAnchors.Bytes, Size));
        anchors.Remember(bytes[..files.ReadAt(Path, 0, bytes)], 0);
        if (Size > LogAnchors.Bytes)
        {
            var at = Size - LogAnchors.Bytes;
            anchors.Remember(bytes[..files.ReadAt(Path, at, bytes)], at);
        }
    }

    private void CountTo(long maxBytes)
    {
        var end = Math.Min(Size, numbers.Length + Math.Max(0, maxBytes));
        while (numbers.Length < end)
        {
            var bytes = blocks.At(numbers.Length);
            if (bytes.IsEmpty)
            {
                break;
            }

            numbers.Take(bytes[..(int)Math.Min(bytes.Length, end - numbers.Length)]);
        }
    }

    private TextLine Next(long start)
    {
        var (end, hasNewline) = blocks.EndOf(start);
        var last = hasNewline ? end - 1 : end;
        var text = Bytes(start, (int)Math.Min(MaxLineBytes, last - start));
        if (last - start <= MaxLineBytes)
        {
            return new TextLine(start, end, Encoding.UTF8.GetString(text is [.., (byte)'\r'] ? text[..^1] : text), false);
        }

        var head = Encoding.UTF8.GetString(WithoutHalf(text));
        var tail = Encoding.UTF8.GetString(Bytes(last - MaxTailBytes, MaxTailBytes).TrimEnd((byte)'\r'));
        return new TextLine(start, end, head, true) { Tail = tail };
    }

    private Span<byte> Bytes(long start, int count)
    {
        var length = 0;
        while (length < count && blocks.At(start + length) is { IsEmpty: false } bytes)
        {
            var room = Math.Min(bytes.Length, count - length);
            bytes[..room].CopyTo(line.AsSpan(length));
            length += room;
        }

        return line.AsSpan(0, length);
    }

    /// <summary>A cut in the middle of a character is moved before it.</summary>
    private static Span<byte> WithoutHalf(Span<byte> text)
    {
        var start = text.Length - 1;
        while (start > 0 && text.Length - start < 4 && (text[start] & 0xC0) == 0x80)
        {
            start--;
        }

        var wanted = text[start] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return text.Length - start < wanted ? text[..start] : text;
    }

    private TextChange Fail(string fault)
    {
        var isNews = Fault != fault;
        Fault = fault;
        return isNews ? TextChange.Failed : TextChange.None;
    }

    private static string Words(Exception error) => error is FileNotFoundException ? "the file does not exist" : error.Message;
}
