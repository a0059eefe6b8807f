namespace OpsManager.Sources.Local;

/// <summary>
/// The numbers of lines in a text. Only some starts of lines are kept, at most one every 64 KiB, so that a number is found by reading
/// about so much behind a kept one, and 5 GiB cost about a MiB.
/// </summary>
internal sealed class LineOffsets
{
    private const int EveryBytes = 64 * 1024;

    private readonly List<(long Lines, long Offset)> kept = [(0, 0)];
    private long lastStart;

    /// <summary>Bytes taken.</summary>
    public long Length { get; private set; }

    /// <summary>Lines, the last one without its newline included.</summary>
    public long Lines => newlines + (Length > lastStart ? 1 : 0);

    private long newlines;

    /// <summary>Takes the next bytes of the text.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        // Starts are kept where they are wanted; between them it is enough to count.
        while (!bytes.IsEmpty)
        {
            var room = (int)Math.Min(bytes.Length, Math.Max(1, kept[^1].Offset + EveryBytes - Length));
            var part = bytes[..room];
            newlines += System.MemoryExtensions.Count(part, (byte)'\n');
            if (part.LastIndexOf((byte)'\n') is >= 0 and var last)
            {
                lastStart = Length + last + 1;
                if (lastStart - kept[^1].Offset >= EveryBytes / 2)
                {
                    kept.Add((newlines, lastStart));
                }
            }

            Length += room;
            bytes = bytes[room..];
        }
    }

    /// <summary>The kept start that is nearest before <paramref name="offset"/>, or there, and how many lines stand before it.</summary>
    public (long Lines, long Offset) AtOrBefore(long offset)
    {
        int low = 0, high = kept.Count - 1;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (kept[middle].Offset <= offset)
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
}
