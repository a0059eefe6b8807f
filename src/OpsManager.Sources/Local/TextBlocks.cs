using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>
/// Finds lines in the bytes of a file, a block at a time, from any place on. What has no newline for long is broken at places that only
/// the file decides, so that it is the same lines from whichever side one comes: at a multiple of 256 KiB before which so many bytes
/// have no newline.
/// </summary>
internal sealed class TextBlocks(IRepoFiles files, string path)
{
    /// <summary>At least so long is a line before it is broken, and at most twice as long.</summary>
    public const int PieceBytes = 256 * 1024;

    private const int BlockBytes = 128 * 1024;

    private readonly byte[] block = new byte[BlockBytes];
    private long blockStart;
    private int blockLength;

    /// <summary>Bytes of the file that count.</summary>
    public long Size { get; private set; }

    /// <summary>Begins again with a file that has changed.</summary>
    public void Reset(long size) => (Size, blockLength) = (size, 0);

    /// <summary>Where the line starts that has the byte before <paramref name="end"/>; 0 where that is the start of the file.</summary>
    public long StartBefore(long end)
    {
        if (end <= 1)
        {
            return 0;
        }

        var broken = (end - 1) / PieceBytes * PieceBytes;
        var floor = Math.Max(0, broken - PieceBytes);
        var newline = LastNewline(floor, end - 1);
        return newline >= 0 ? newline + 1 : broken;
    }

    /// <summary>Where the line that starts at <paramref name="start"/> ends, its newline included.</summary>
    public (long End, bool HasNewline) EndOf(long start)
    {
        var broken = Math.Min(Size, ((start + PieceBytes - 1) / PieceBytes * PieceBytes) + PieceBytes);
        for (var at = start; at < broken;)
        {
            var bytes = At(at);
            if (bytes.IsEmpty)
            {
                return (at, false);
            }

            bytes = bytes[..(int)Math.Min(bytes.Length, broken - at)];
            if (bytes.IndexOf((byte)'\n') is >= 0 and var newline)
            {
                return (at + newline + 1, true);
            }

            at += bytes.Length;
        }

        return (broken, false);
    }

    /// <summary>Bytes from <paramref name="at"/> on, as many as are at hand; none at the end.</summary>
    public ReadOnlySpan<byte> At(long at)
    {
        if (at < blockStart || at >= blockStart + blockLength)
        {
            Load(at);
        }

        return block.AsSpan((int)(at - blockStart), blockLength - (int)(at - blockStart));
    }

    /// <summary>The last newline from <paramref name="floor"/> on and before <paramref name="end"/>; -1 where there is none.</summary>
    private long LastNewline(long floor, long end)
    {
        while (end > floor)
        {
            if (end - 1 < blockStart || end > blockStart + blockLength)
            {
                // A block that ends there: whoever goes backwards goes on so.
                Load(Math.Max(0, Math.Min(end, Size) - BlockBytes));
            }

            var from = Math.Max(floor, blockStart);
            if (end > blockStart + blockLength)
            {
                // The file is shorter than it was.
                end = blockStart + blockLength;
                if (end <= from)
                {
                    return -1;
                }
            }

            var found = block.AsSpan((int)(from - blockStart), (int)(end - from)).LastIndexOf((byte)'\n');
            if (found >= 0)
            {
                return from + found;
            }

            end = from;
        }

        return -1;
    }

    private void Load(long at)
    {
        (blockLength, blockStart) = (0, at);
        blockLength = files.ReadAt(path, at, block.AsSpan(0, (int)Math.Clamp(Size - at, 0, BlockBytes)));
    }
}
