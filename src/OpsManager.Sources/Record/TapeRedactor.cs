using System.Text;
using System.Text.Json;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Record;

/// <summary>
/// Redacts the steps of a tape. A file that grows is redacted by whole lines: what is behind the last newline waits until its line
/// ends, so that a secret that was written in two pieces is seen as one. A file that is read whole is redacted whole; the last word of a
/// torn one is taken out, because it may be the beginning of a secret.
/// </summary>
/// <param name="redactor">Null where nothing is to be redacted.</param>
internal sealed class TapeRedactor(Redactor? redactor)
{
    /// <summary>An unfinished line that is longer is written as it is known: it is no line that anybody reads.</summary>
    private const int MaxTail = 1024 * 1024;

    /// <summary>Bytes of one step: the line of a tape is read whole.</summary>
    private const int MaxPiece = 512 * 1024;

    private const int MaxKeyLines = 400;

    private readonly Dictionary<string, Growing> growing = new(StringComparer.Ordinal);

    private bool IsOn => redactor is not null;

    /// <summary>The steps as they may be written. None, where all of it waits.</summary>
    public IEnumerable<TapeStep> Redact(TapeStep step) => step switch
    {
        TapePut put when RecordingFiles.Grows(put.Path) => Start(put),
        TapePut put => Pieces(put, Whole(put)),
        TapeAppend append => Grow(append),
        TapeRemove remove => Remove(remove),
        TapeProcess { Seen: { } seen } process => [process with { Seen = seen with { Fact = Text(seen.Fact) } }],
        TapeRemark remark => [remark with { Text = Text(remark.Text) }],
        _ => [step],
    };

    /// <summary>What still waits, at the end.</summary>
    public IEnumerable<TapeStep> End()
    {
        foreach (var (path, file) in growing.Where(static file => file.Value.Tail.Count > 0).ToArray())
        {
            var tail = Encoding.UTF8.GetString([.. file.Tail]);
            file.Tail.Clear();
            yield return new TapeAppend(default, 0, path, Encoding.UTF8.GetBytes(file.Line(this, tail)));
        }
    }

    private IEnumerable<TapeStep> Start(TapePut put)
    {
        growing[put.Path] = new Growing();
        // That it is there counts, even while none of its lines has ended.
        return Pieces(put, Lines(put.Path, put.Text));
    }

    private IEnumerable<TapeStep> Grow(TapeAppend append)
    {
        var lines = Lines(append.Path, append.Text);
        return lines.Length == 0 ? [] : Pieces(append, lines);
    }

    private IEnumerable<TapeStep> Remove(TapeRemove remove)
    {
        growing.Remove(remove.Path);
        return [remove.Fault is { } fault ? remove with { Fault = Text(fault) } : remove];
    }

    private string Text(string text) => redactor?.Redact(text) ?? text;

    /// <summary>The lines that have ended, redacted.</summary>
    private byte[] Lines(string path, byte[] added)
    {
        if (!growing.TryGetValue(path, out var file))
        {
            growing.Add(path, file = new Growing());
        }

        var end = added.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (end == 0 && file.Tail.Count + added.Length < MaxTail)
        {
            file.Tail.AddRange(added);
            return [];
        }

        end = end == 0 ? added.Length : end;
        byte[] whole = [.. file.Tail, .. added.AsSpan(0, end)];
        file.Tail.Clear();
        file.Tail.AddRange(added.AsSpan(end));
        if (redactor is null)
        {
            return whole;
        }

        var redacted = new StringBuilder(whole.Length);
        var text = Encoding.UTF8.GetString(whole);
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var next = newline < 0 ? text.Length : newline + 1;
            redacted.Append(file.Line(this, text[start..next]));
            start = next;
        }

        return Encoding.UTF8.GetBytes(redacted.ToString());
    }

    private byte[] Whole(TapePut put)
    {
        if (redactor is null)
        {
            return put.Text;
        }

        var text = Encoding.UTF8.GetString(WithoutHalfCharacter(put.Text));
        return Encoding.UTF8.GetBytes(redactor.Redact(IsTorn(put) ? WithoutLastWord(text) : text));
    }

    private static bool IsTorn(TapePut put)
    {
        if (!put.Path.EndsWith(".json", StringComparison.Ordinal) || put.Text.Length == 0)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(put.Text);
            while (reader.Read())
            {
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private string WithoutLastWord(string text)
    {
        var start = text.Length;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('"' or '{' or '}' or '[' or ']' or ','))
        {
            start--;
        }

        // A field of which only the beginning is there is torn all the same, and so is a text without its last word.
        if (text.Length - start < 2 || text[start] == ':')
        {
            return text;
        }

        redactor!.Counts.Add("torn-word");
        return text[..start] + "[redacted:torn-word]";
    }

    private static ReadOnlySpan<byte> WithoutHalfCharacter(byte[] text) => text.AsSpan(0, Boundary(text, text.Length));

    /// <summary>The end of the last whole character before an end.</summary>
    private static int Boundary(byte[] text, int end)
    {
        var start = end;
        while (start > 0 && end - start < 4 && (text[start - 1] & 0xC0) == 0x80)
        {
            start--;
        }

        if (start == 0 || text[start - 1] < 0xC0)
        {
            return end;
        }

        var length = text[start - 1] >= 0xF0 ? 4 : text[start - 1] >= 0xE0 ? 3 : 2;
        return end - start + 1 < length ? start - 1 : end;
    }

    private static IEnumerable<TapeStep> Pieces(TapeStep step, byte[] text)
    {
        var path = step is TapePut put ? put.Path : ((TapeAppend)step).Path;
        var first = text.Length <= MaxPiece ? text.Length : Boundary(text, MaxPiece);
        yield return step is TapePut
            ? new TapePut(step.At, 0, path, text[..first])
            : new TapeAppend(step.At, 0, path, text[..first]);
        for (var start = first; start < text.Length;)
        {
            var end = text.Length - start <= MaxPiece ? text.Length : Boundary(text, start + MaxPiece);
            yield return new TapeAppend(step.At, 0, path, text[start..end]);
            start = end;
        }
    }

    /// <summary>What is behind the last newline of a file, and whether its lines are inside a key.</summary>
    private sealed class Growing
    {
        private int keyLines;

        public List<byte> Tail { get; } = [];

        /// <summary>A line, redacted. A private key goes over several.</summary>
        public string Line(TapeRedactor all, string line)
        {
            if (!all.IsOn)
            {
                return line;
            }

            var redacted = all.Text(line);
            if (keyLines > 0)
            {
                keyLines = line.Contains("-----END ", StringComparison.Ordinal) ? 0 : keyLines - 1;
                return "[redacted:private-key]" + (line.EndsWith('\n') ? "\n" : "");
            }

            var begin = line.LastIndexOf("-----BEGIN ", StringComparison.Ordinal);
            var isKey = begin >= 0 && line.IndexOf("PRIVATE KEY", begin, StringComparison.Ordinal) >= 0
                && line.IndexOf("-----END ", begin, StringComparison.Ordinal) < 0 && !line.Contains("\\n", StringComparison.Ordinal);
            keyLines = isKey ? MaxKeyLines : 0;
            // The pattern takes the newline behind the key with it.
            return line.EndsWith('\n') && !redacted.EndsWith('\n') ? redacted + "\n" : redacted;
        }
    }
}
