using System.Buffers;
using System.IO.Abstractions;
using System.Text;
using System.Text.Json;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;

namespace OpsManager.Sources.Sprite;

/// <summary>
/// The copy of one events.jsonl: each event on the line that it has on the sprite. Lines that are no event there are empty here.
/// </summary>
internal sealed class MirrorLog
{
    private readonly IFileSystem files;
    private string path;

    private MirrorLog(IFileSystem files, string path) => (this.files, this.path) = (files, path);

    /// <summary>Complete lines.</summary>
    public long Lines { get; private set; }

    /// <summary>
    /// The first and the last line that hold an event, to be compared with what is known of them later; null where there are
    /// none.
    /// </summary>
    public (long Number, string Text)? First { get; private set; }

    public (long Number, string Text)? Last { get; private set; }

    /// <summary>
    /// The copy as an earlier session left it. Half of a line at its end, where that was ended in the middle, is cut off: it is
    /// asked for again.
    /// </summary>
    public static MirrorLog Open(IFileSystem files, string path)
    {
        var log = new MirrorLog(files, path);
        if (files.File.Exists(path))
        {
            log.Count();
        }

        return log;
    }

    /// <summary>
    /// Whether the line that an earlier session read is there still; another spelling of the same value is no
    /// difference.
    /// </summary>
    public static bool IsSame(string text, JsonElement raw)
    {
        try
        {
            using var kept = JsonDocument.Parse(JsonText.Mend(Encoding.UTF8.GetBytes(text)));
            return JsonElement.DeepEquals(kept.RootElement, raw);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Adds events, which follow in order, and empty lines up to <paramref name="end"/>.</summary>
    public void Append(IReadOnlyList<EventEnvelope> events, long end)
    {
        var text = new StringBuilder();
        var line = Lines;
        var (first, last) = (First, Last);
        foreach (var one in events)
        {
            text.Append('\n', (int)Math.Min(one.Sequence.Value - line - 1, int.MaxValue / 4));
            line = one.Sequence.Value;
            var words = Text(one.Event.Raw);
            text.Append(words).Append('\n');
            first ??= (line, words);
            last = (line, words);
        }

        text.Append('\n', (int)Math.Min(end - line, int.MaxValue / 4));
        files.Directory.CreateDirectory(files.Path.GetDirectoryName(path)!);
        using var stream = files.FileStream.New(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var start = stream.Seek(0, SeekOrigin.End);
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
            stream.Flush();
        }
        catch (IOException)
        {
            // On a full disk half of it may have been written: what is added next must not come after that.
            stream.SetLength(start);
            throw;
        }

        (Lines, First, Last) = (end, first, last);
    }

    /// <summary>Puts it in the place of another copy.</summary>
    public void MoveTo(string other)
    {
        files.File.Move(path, other, overwrite: true);
        path = other;
    }

    /// <summary>Makes the file, where a loop has no event yet.</summary>
    public void Touch()
    {
        if (Lines == 0 && !files.File.Exists(path))
        {
            Append([], 0);
        }
    }

    /// <summary>The line as it is in the copy: one line, whatever spaces it had on its way.</summary>
    public static string Text(JsonElement raw) => raw.GetRawText() is var text && text.AsSpan().ContainsAny('\n', '\r')
        ? JsonSerializer.Serialize(raw, ContractJson.Default.JsonElement)
        : text;

    private void Count()
    {
        using var stream = files.FileStream.New(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var end = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            for (var at = 0L; stream.Read(buffer) is > 0 and var read; at += read)
            {
                for (var start = 0; buffer.AsSpan(start, read - start).IndexOf((byte)'\n') is >= 0 and var newline; start += newline + 1)
                {
                    Lines++;
                    end = at + start + newline + 1;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        stream.SetLength(end);
        First = FirstEvent(stream);
        Last = LastEvent(stream, end);
    }

    private static (long Number, string Text)? FirstEvent(Stream stream)
    {
        stream.Position = 0;
        using var reader = new StreamReader(stream, leaveOpen: true);
        for (var number = 1L; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
            {
                return (number, line);
            }
        }

        return null;
    }

    /// <summary>Looked for at the end only: where so much of it is empty, none is compared.</summary>
    private (long Number, string Text)? LastEvent(Stream stream, long end)
    {
        const int Tail = 1024 * 1024;
        stream.Position = Math.Max(0, end - Tail);
        using var reader = new StreamReader(stream, leaveOpen: true);
        var lines = reader.ReadToEnd().Split('\n');
        // Behind the last newline stands nothing; the first may be half a line.
        for (var i = lines.Length - 2; i > 0 || (i == 0 && end <= Tail); i--)
        {
            if (lines[i].Length > 0)
            {
                return (Lines - (lines.Length - 2 - i), lines[i]);
            }
        }

        return null;
    }
}
