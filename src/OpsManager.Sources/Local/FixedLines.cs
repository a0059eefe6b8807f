namespace OpsManager.Sources.Local;

/// <summary>Lines that are all there already: a line's place is its number.</summary>
public sealed class FixedLines(IReadOnlyList<string> lines, string? fault = null, string path = "") : ITextLines
{
    public string Path => path;

    public long Size => lines.Count;

    public long? Count => lines.Count;

    public string? Fault => fault;

    public void Dispose()
    {
    }

    public TextChange Refresh() => TextChange.None;

    public bool CountOn(long maxBytes) => false;

    public long LineAt(long offset) => Math.Clamp(offset, 0, Math.Max(0, lines.Count - 1));

    public long? NumberOf(long start) => start + 1;

    public IReadOnlyList<TextLine> Forward(long start, int count)
    {
        var from = (int)Math.Clamp(start, 0, lines.Count);
        return [.. lines.Skip(from).Take(count).Select((line, at) => new TextLine(from + at, from + at + 1, line, false))];
    }

    public IReadOnlyList<TextLine> Backward(long end, int count)
    {
        var to = (int)Math.Clamp(end, 0, lines.Count);
        var from = Math.Max(0, to - count);
        return Forward(from, to - from);
    }

    public FindStep Find(string text, long from, bool isBackward, long maxBytes)
    {
        var step = isBackward ? -1 : 1;
        var first = isBackward ? Math.Min(from, lines.Count) - 1 : Math.Clamp(from, 0, lines.Count);
        for (var at = (int)first; at >= 0 && at < lines.Count; at += step)
        {
            if (lines[at].Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return new(at, at, false);
            }
        }

        return new(null, isBackward ? 0 : lines.Count, true);
    }
}
