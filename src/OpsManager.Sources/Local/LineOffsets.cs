namespace OpsManager.Sources.Local;

/// <summary>
/// Where lines start in a text. Only some starts are kept, one at least every 64 lines or 64 KiB, so that a text of nothing but
/// newlines costs an eighth of a byte a byte, and any line is found by reading at most so much behind a kept one.
/// </summary>
internal sealed class LineOffsets
{
    private const int EveryLines = 64;
    private const int EveryBytes = 64 * 1024;

    private readonly List<(int Line, uint Offset)> kept = [(0, 0)];

    /// <summary>Bytes taken.</summary>
    public long Length { get; private set; }

    /// <summary>Newlines taken.</summary>
    public int Newlines { get; private set; }

    /// <summary>Lines, the last one without its newline included.</summary>
    public int Lines => Newlines + (Length > lastStart ? 1 : 0);

    private long lastStart;

    /// <summary>Takes the next bytes of the text.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var newline)
        {
            Length += newline + 1;
            lastStart = Length;
            Newlines++;
            bytes = bytes[(newline + 1)..];
            var (line, offset) = kept[^1];
            if (Newlines - line >= EveryLines || lastStart - offset >= EveryBytes)
            {
                kept.Add((Newlines, (uint)lastStart));
            }
        }

        Length += bytes.Length;
    }

    /// <summary>The kept start that is nearest before line <paramref name="line"/>, or its own.</summary>
    public (int Line, long Offset) AtOrBefore(int line)
    {
        int low = 0, high = kept.Count - 1;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (kept[middle].Line <= line)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return kept[low];
    }

    /// <summary>Where line <paramref name="line"/> starts, if that is kept.</summary>
    public long? StartOf(int line) => AtOrBefore(line) is var (found, offset) && found == line ? offset : null;
}
