namespace OpsManager.Sources.Replay;

/// <summary>A text that grows with the moments of a tape, until something else is put in its place.</summary>
internal sealed class TapeText
{
    private readonly List<(int Moment, long Start, byte[] Bytes, DateTimeOffset At)> pieces = [];

    public void Add(int moment, byte[] bytes, DateTimeOffset now) =>
        pieces.Add((moment, pieces is [.., var last] ? last.Start + last.Bytes.Length : 0, bytes, now));

    /// <summary>Its length, and when it was written last, at a moment at which it was there.</summary>
    public (long Length, DateTimeOffset ModifiedAt) Stamp(int moment)
    {
        var (_, start, bytes, at) = pieces[CountAt(moment) - 1];
        return (start + bytes.Length, at);
    }

    /// <summary>Fewer bytes than asked only at the end that it had at that moment.</summary>
    public int Read(int moment, long offset, Span<byte> buffer)
    {
        var count = CountAt(moment);
        var read = 0;
        for (var piece = PieceAt(offset, count); piece < count && read < buffer.Length; piece++)
        {
            var (_, start, bytes, _) = pieces[piece];
            var rest = bytes.AsSpan((int)Math.Min(bytes.Length, offset + read - start));
            rest = rest[..Math.Min(rest.Length, buffer.Length - read)];
            rest.CopyTo(buffer[read..]);
            read += rest.Length;
        }

        return read;
    }

    private int CountAt(int moment) => Ordered.CountUpTo(pieces, moment, static piece => piece.Moment);

    /// <summary>The piece that an offset is in, or the last one.</summary>
    private int PieceAt(long offset, int count) =>
        Math.Clamp(Ordered.CountUpTo(pieces, offset, static piece => piece.Start) - 1, 0, count);
}
