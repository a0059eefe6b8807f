using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Record;

/// <summary>
/// What was recorded of a file that only grows. It is read forwards, and its ends are read again to see whether it is still the same: what
/// was recorded is not recorded again, and a file that is another one is recorded from its start.
/// </summary>
internal sealed class GrowingFile
{
    /// <summary>Of each end, as many as the follower compares.</summary>
    public const int EndBytes = Files.LogAnchors.Bytes;

    private readonly List<byte> head = new(EndBytes);
    private readonly List<byte> tail = new(2 * EndBytes);
    private FileStamp stamp;
    private bool isOther = true;

    /// <summary>Bytes recorded, from the start.</summary>
    public long Length { get; private set; }

    /// <summary>It is there, with this size and identity. An empty one is recorded: nobody reads it.</summary>
    public TapeStep? Found(string path, FileStamp found)
    {
        isOther |= found.Size < Length || (Length > 0 && found.Identity != stamp.Identity);
        stamp = found;
        return found.Size == 0 && isOther ? Start(path, []) : null;
    }

    /// <summary>It was not there.</summary>
    public void Forget() => isOther = true;

    /// <summary>What these bytes add to the tape; null where they are known, or what is before them is not.</summary>
    public TapeStep? Take(string path, long offset, ReadOnlySpan<byte> bytes)
    {
        isOther |= Differs(offset, bytes);
        if (isOther)
        {
            return offset == 0 && bytes.Length > 0 ? Start(path, bytes) : null;
        }

        if (offset > Length || offset + bytes.Length <= Length)
        {
            return null;
        }

        var added = bytes[(int)(Length - offset)..];
        Keep(added);
        return new TapeAppend(default, 0, path, added.ToArray());
    }

    /// <summary>Whether what was read shows that the file is another one, whose start was not read.</summary>
    public bool IsLost(long offset, int count) => isOther && offset > 0 && count > EndBytes;

    private TapePut Start(string path, ReadOnlySpan<byte> bytes)
    {
        (isOther, Length) = (false, 0);
        head.Clear();
        tail.Clear();
        Keep(bytes);
        return new TapePut(default, 0, path, bytes.ToArray());
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes[..Math.Min(bytes.Length, EndBytes - head.Count)])
        {
            head.Add(one);
        }

        foreach (var one in bytes.Length > EndBytes ? bytes[^EndBytes..] : bytes)
        {
            tail.Add(one);
        }

        tail.RemoveRange(0, Math.Max(0, tail.Count - EndBytes));
        Length += bytes.Length;
    }

    private bool Differs(long offset, ReadOnlySpan<byte> bytes) =>
        Differs(0, head, offset, bytes) || Differs(Length - tail.Count, tail, offset, bytes);

    private static bool Differs(long start, List<byte> known, long offset, ReadOnlySpan<byte> bytes)
    {
        var from = Math.Max(start, offset);
        var to = Math.Min(start + known.Count, offset + bytes.Length);
        for (var at = from; at < to; at++)
        {
            if (known[(int)(at - start)] != bytes[(int)(at - offset)])
            {
                return true;
            }
        }

        return false;
    }
}
