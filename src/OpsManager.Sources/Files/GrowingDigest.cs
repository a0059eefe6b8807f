using System.Security.Cryptography;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>
/// The digest of one file that is asked for again and again and mostly grows: of a large one only what was appended is read.
/// Whether it is the file it was, its identity and its ends tell (<see cref="LogAnchors"/>); a small file is read whole each time.
/// One caller at a time.
/// </summary>
public sealed class GrowingDigest(IRepoFiles files, string path) : IDisposable
{
    /// <summary>Up to this size, in bytes, the file is read whole.</summary>
    public const long WholeUpTo = 4 * 1024 * 1024;

    private IncrementalHash? hash;
    private LogAnchors anchors = new();
    private FileStamp stamp;
    private long size;
    private long lines;
    private FileDigest? last;

    /// <summary>The digest; null where there is no file that could be read.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public FileDigest? Look()
    {
        var probe = files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present || probe.Stamp.Size <= WholeUpTo)
        {
            StartOver();
            return FileDigest.From(files, path);
        }

        if (last is not null && probe.Stamp == stamp)
        {
            return last;
        }

        try
        {
            if (hash is null || probe.Stamp.Identity != stamp.Identity || probe.Stamp.Size < size || !anchors.Hold(files, path))
            {
                StartOver();
                hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            }

            return last = Read(hash, probe.Stamp);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            StartOver();
            return null;
        }
    }

    public void Dispose() => hash?.Dispose();

    private FileDigest Read(IncrementalHash into, FileStamp seen)
    {
        var buffer = new byte[128 * 1024];
        while (size < seen.Size
            && files.ReadAt(path, size, buffer.AsSpan(0, (int)Math.Min(buffer.Length, seen.Size - size))) is > 0 and var read)
        {
            var part = buffer.AsSpan(0, read);
            into.AppendData(part);
            anchors.Remember(part, size);
            lines += part.Count((byte)'\n');
            size += read;
        }

        stamp = seen;
        return new FileDigest(size, lines, Convert.ToHexStringLower(into.GetCurrentHash()), seen.ModifiedAt);
    }

    private void StartOver()
    {
        hash?.Dispose();
        (hash, anchors, last, size, lines) = (null, new LogAnchors(), null, 0, 0);
    }
}
