using System.Text;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>A file of a repository as lines. Its starts of lines are indexed once; what is appended is read once.</summary>
public sealed class TextLines : ITextLines
{
    /// <summary>Longest beginning of a line that is handed out, in bytes.</summary>
    public const int MaxLineBytes = 16 * 1024;

    /// <summary>Of a larger file only its end is indexed. It may grow to twice as much before it is indexed again.</summary>
    public const int MaxIndexedBytes = 64 * 1024 * 1024;

    /// <summary>Most lines of one reading.</summary>
    public const int MaxLines = 4096;

    private const int ChunkBytes = 128 * 1024;

    private readonly IRepoFiles files;
    private readonly byte[] chunk = new byte[ChunkBytes];
    private readonly byte[] line = new byte[MaxLineBytes];
    private LineOffsets offsets = new();
    private LogAnchors anchors = new();
    private FileStamp stamp;
    private bool isThere;
    private long chunkStart;
    private int chunkLength;

    public TextLines(IRepoFiles files, string path)
    {
        this.files = files;
        Path = path;
        Refresh();
    }

    public string Path { get; }

    public int Count => offsets.Lines;

    public long Size => BytesBefore + offsets.Length;

    public long BytesBefore { get; private set; }

    public string? Fault { get; private set; }

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
            var anew = !IsGrown(probe.Stamp);
            if (anew)
            {
                StartOver(probe.Stamp);
            }

            ReadOn(probe.Stamp.Size);
            (stamp, isThere, Fault, chunkLength) = (probe.Stamp, true, null, 0);
            return anew ? TextChange.StartedOver : TextChange.Grown;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(error is FileNotFoundException ? "the file does not exist" : error.Message);
        }
    }

    public IReadOnlyList<TextLine> Read(int from, int count)
    {
        var to = (int)Math.Min(Count, (long)Math.Max(0, from) + Math.Clamp(count, 0, MaxLines));
        var read = new List<TextLine>();
        try
        {
            var (at, offset) = offsets.AtOrBefore(Math.Max(0, from));
            for (; at < to; at++)
            {
                var text = Next(at, ref offset);
                if (at >= from)
                {
                    read.Add(text);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(error is FileNotFoundException ? "the file does not exist" : error.Message);
        }

        return read;
    }

    /// <summary>
    /// Whether the file is the one that was read, with more behind. One of the same size that was written since is another:
    /// appending makes it longer.
    /// </summary>
    private bool IsGrown(FileStamp seen) =>
        isThere && seen.Identity == stamp.Identity && (seen.Size > Size || seen == stamp)
        && seen.Size - BytesBefore <= 2L * MaxIndexedBytes && anchors.Hold(files, Path);

    private void StartOver(FileStamp seen)
    {
        (offsets, anchors, BytesBefore, chunkLength, isThere) = (new LineOffsets(), new LogAnchors(), 0, 0, false);
        if (seen.Size <= MaxIndexedBytes)
        {
            return;
        }

        // The byte before the end that is shown tells whether a line starts there; if none does, the first line is not whole.
        var start = seen.Size - MaxIndexedBytes;
        var at = start - 1;
        BytesBefore = start;
        while (at < seen.Size)
        {
            var read = files.ReadAt(Path, at, chunk);
            var newline = chunk.AsSpan(0, read).IndexOf((byte)'\n');
            if (newline >= 0 && at + newline + 1 < seen.Size)
            {
                BytesBefore = at + newline + 1;
            }

            if (newline >= 0 || read == 0)
            {
                return;
            }

            at += read;
        }
    }

    private void ReadOn(long size)
    {
        while (Size < size)
        {
            var read = files.ReadAt(Path, Size, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, size - Size)));
            if (read == 0)
            {
                break;
            }

            anchors.Remember(chunk.AsSpan(0, read), Size);
            offsets.Take(chunk.AsSpan(0, read));
        }
    }

    /// <summary>The line that starts at <paramref name="at"/>, which moves on to the next.</summary>
    private TextLine Next(int number, ref long at)
    {
        var length = 0;
        var isCut = false;
        while (Chunk(at) is { IsEmpty: false } bytes)
        {
            var newline = bytes.IndexOf((byte)'\n');
            var part = newline < 0 ? bytes : bytes[..newline];
            var room = Math.Min(part.Length, MaxLineBytes - length);
            part[..room].CopyTo(line.AsSpan(length));
            length += room;
            isCut |= room < part.Length;
            at += part.Length;
            if (newline >= 0)
            {
                at++;
                break;
            }

            if (isCut && offsets.StartOf(number + 1) is { } next)
            {
                at = next;
                break;
            }
        }

        var text = line.AsSpan(0, length);
        text = isCut ? WithoutHalf(text) : text is [.., (byte)'\r'] ? text[..^1] : text;
        return new TextLine(Encoding.UTF8.GetString(text), isCut);
    }

    /// <summary>Bytes of the text from <paramref name="at"/> on, as many as are at hand; none at its end.</summary>
    private ReadOnlySpan<byte> Chunk(long at)
    {
        if (at < chunkStart || at >= chunkStart + chunkLength)
        {
            chunkLength = 0;
            chunkLength = files.ReadAt(Path, BytesBefore + at, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, offsets.Length - at)));
            chunkStart = at;
        }

        return chunk.AsSpan((int)(at - chunkStart), chunkLength - (int)(at - chunkStart));
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
}
