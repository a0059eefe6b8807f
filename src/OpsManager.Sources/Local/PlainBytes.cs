namespace OpsManager.Sources.Local;

/// <summary>
/// Bytes of a log without the sequences that colour it (CSI): a text is found across a change of colour, and its place in the file is
/// known.
/// </summary>
internal sealed class PlainBytes
{
    private const byte Escape = 0x1b;

    /// <summary>From which byte of the text on the file is how many bytes further.</summary>
    private readonly List<(int From, int By)> jumps = [];

    /// <summary>Takes the sequences out of <paramref name="bytes"/>, in place.</summary>
    /// <returns>What is left, at their start.</returns>
    public Span<byte> In(Span<byte> bytes)
    {
        jumps.Clear();
        var (read, written) = (bytes.IndexOf(Escape), 0);
        if (read < 0)
        {
            return bytes;
        }

        written = read;
        while (read < bytes.Length)
        {
            if (Sequence(bytes[read..]) is > 0 and var length)
            {
                read += length;
                jumps.Add((written, read - written));
                continue;
            }

            // To the next one; this one, which is no sequence, stays.
            var next = bytes[(read + 1)..].IndexOf(Escape);
            var end = next < 0 ? bytes.Length : read + 1 + next;
            bytes[read..end].CopyTo(bytes[written..]);
            written += end - read;
            read = end;
        }

        return bytes[..written];
    }

    /// <summary>Where a byte of the text stood before the sequences were taken out.</summary>
    public int Original(int at)
    {
        var (low, high) = (0, jumps.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = jumps[middle].From <= at ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? at : at + jumps[low - 1].By;
    }

    /// <returns>Bytes of the sequence that <paramref name="bytes"/> begin with; 0 where there is none, or not the whole.</returns>
    private static int Sequence(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3 || bytes[0] != Escape || bytes[1] != (byte)'[')
        {
            return 0;
        }

        var end = bytes[2..].IndexOfAnyExceptInRange((byte)' ', (byte)'?');
        return end >= 0 && bytes[2 + end] is >= (byte)'@' and <= (byte)'~' ? end + 3 : 0;
    }
}
