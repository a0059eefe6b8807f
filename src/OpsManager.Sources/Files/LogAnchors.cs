namespace OpsManager.Sources.Files;

/// <summary>
/// The first and the last bytes that were read of a log. If they are no longer there, the log was rewritten in place,
/// which neither its size nor its identity shows.
/// </summary>
internal sealed class LogAnchors
{
    /// <summary>Of each end.</summary>
    public const int Bytes = 128;

    private readonly byte[] check = new byte[Bytes];
    private readonly byte[] tail = new byte[Bytes];
    private byte[] head = [];
    private int tailLength;
    private long tailEnd;

    /// <summary>Remembers bytes as they are read, in order.</summary>
    public void Remember(ReadOnlySpan<byte> bytes, long offset)
    {
        if (head.Length < Bytes && offset == head.Length)
        {
            head = [.. head, .. bytes[..Math.Min(bytes.Length, Bytes - head.Length)]];
        }

        if (bytes.Length >= Bytes)
        {
            bytes[^Bytes..].CopyTo(tail);
            tailLength = Bytes;
        }
        else
        {
            var kept = Math.Min(tailLength, Bytes - bytes.Length);
            tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
            bytes.CopyTo(tail.AsSpan(kept));
            tailLength = kept + bytes.Length;
        }

        tailEnd = offset + bytes.Length;
    }

    /// <summary>Whether both ends are still where they were read.</summary>
    public bool Hold(IRepoFiles files, string path) =>
        Stands(files, path, 0, head) && Stands(files, path, tailEnd - tailLength, tail.AsSpan(0, tailLength));

    private bool Stands(IRepoFiles files, string path, long offset, ReadOnlySpan<byte> expected)
    {
        var found = check.AsSpan(0, expected.Length);
        return expected.IsEmpty || (files.ReadAt(path, offset, found) == found.Length && found.SequenceEqual(expected));
    }
}
