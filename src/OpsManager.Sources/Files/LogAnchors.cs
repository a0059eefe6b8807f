using System.Security.Cryptography;

namespace OpsManager.Sources.Files;

/// <summary>
/// The first and the last bytes that were read of a log. If they are no longer there, the log was rewritten in place,
/// which neither its size nor its identity shows.
/// </summary>
internal sealed class LogAnchors
{
    /// <summary>Of each end.</summary>
    public const int Bytes = 128;

    /// <summary>A sample of what is read is taken so often, and has so many bytes.</summary>
    private const long SampleEvery = 4 * 1024 * 1024;

    private const int SampleBytes = 64;

    private byte[] tail = [];
    private byte[] head = [];
    private int tailLength;
    private long tailEnd;
    private byte[] samples = [];

    /// <summary>First byte that was not read.</summary>
    public long End => tailEnd;

    /// <summary>Remembers bytes as they are read, in order.</summary>
    public void Remember(ReadOnlySpan<byte> bytes, long offset)
    {
        if (head.Length < Bytes && offset == head.Length)
        {
            head = [.. head, .. bytes[..Math.Min(bytes.Length, Bytes - head.Length)]];
        }

        // Most files that could be followed are not there: nothing is kept for them.
        tail = tail.Length == 0 ? new byte[Bytes] : tail;
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
        Sample(bytes, offset);
    }

    /// <summary>
    /// A hash of both ends of what was read and of samples between them: another log of the same length differs in one of them. No text of
    /// the log is in it.
    /// </summary>
    public byte[] Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(samples, 0, SamplesBefore(tailEnd) * SampleBytes);
        hash.AppendData(tail, 0, tailLength);
        return hash.GetHashAndReset();
    }

    /// <summary>
    /// What would be remembered of a log that was read up to <paramref name="end"/>; null where it has another fingerprint.
    /// </summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static LogAnchors? Find(IRepoFiles files, string path, long end, ReadOnlySpan<byte> fingerprint)
    {
        var length = (int)Math.Min(Bytes, end);
        var anchors = new LogAnchors
        {
            head = new byte[length],
            tail = new byte[Bytes],
            samples = new byte[SamplesBefore(end) * SampleBytes],
            tailLength = length,
            tailEnd = end,
        };
        var isThere = files.ReadAt(path, 0, anchors.head) == length
            && files.ReadAt(path, end - length, anchors.tail.AsSpan(0, length)) == length;
        for (var at = 0; isThere && at < anchors.samples.Length; at += SampleBytes)
        {
            isThere = files.ReadAt(path, ((at / SampleBytes) + 1) * SampleEvery, anchors.samples.AsSpan(at, SampleBytes)) == SampleBytes;
        }

        return isThere && fingerprint.SequenceEqual(anchors.Fingerprint()) ? anchors : null;
    }

    /// <summary>Reading goes on here, before the end where a line had begun: what is read next continues what is remembered.</summary>
    public void Continue(long offset) => (tailLength, tailEnd) = offset == tailEnd ? (tailLength, tailEnd) : (0, offset);

    /// <summary>Whether both ends are still where they were read.</summary>
    public bool Hold(IRepoFiles files, string path) =>
        Stands(files, path, 0, head) && Stands(files, path, tailEnd - tailLength, tail.AsSpan(0, tailLength));

    /// <summary>Samples that end before a place. The first is one distance into the log: what is before it has the head.</summary>
    private static int SamplesBefore(long end) => (int)Math.Max(0, (end - SampleBytes) / SampleEvery);

    private void Sample(ReadOnlySpan<byte> bytes, long offset)
    {
        var end = offset + bytes.Length;
        for (var number = Math.Max(1, ((offset - SampleBytes) / SampleEvery) + 1); number * SampleEvery < end; number++)
        {
            var start = number * SampleEvery;
            var (from, to) = (Math.Max(start, offset), Math.Min(start + SampleBytes, end));
            if (samples.Length < number * SampleBytes)
            {
                Array.Resize(ref samples, (int)number * SampleBytes);
            }

            bytes[(int)(from - offset)..(int)(to - offset)].CopyTo(samples.AsSpan((int)(((number - 1) * SampleBytes) + from - start)));
        }
    }

    private static bool Stands(IRepoFiles files, string path, long offset, ReadOnlySpan<byte> expected)
    {
        Span<byte> found = stackalloc byte[Bytes];
        found = found[..expected.Length];
        return expected.IsEmpty || (files.ReadAt(path, offset, found) == found.Length && found.SequenceEqual(expected));
    }
}
