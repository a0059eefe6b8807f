using System.Security.Cryptography;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Files;

/// <summary>What can be said of a whole file: read once, in pieces.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Lines">Newlines.</param>
/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record FileDigest(long Size, long Lines, string Sha256, DateTimeOffset ModifiedAt)
{
    /// <summary>
    /// The digest; null where there is no file that could be read, or it is gone meanwhile: the runtime removes files at any
    /// time.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static FileDigest? From(IRepoFiles files, string path)
    {
        var probe = files.Probe(path);
        if (probe.Condition != ArtifactCondition.Present)
        {
            return null;
        }

        try
        {
            return From(files, path, probe.Stamp);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileDigest From(IRepoFiles files, string path, FileStamp seen)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long size = 0, lines = 0;
        while (size < seen.Size
            && files.ReadAt(path, size, buffer.AsSpan(0, (int)Math.Min(buffer.Length, seen.Size - size))) is > 0 and var read)
        {
            var part = buffer.AsSpan(0, read);
            hash.AppendData(part);
            lines += part.Count((byte)'\n');
            size += read;
        }

        return new(size, lines, Convert.ToHexStringLower(hash.GetHashAndReset()), seen.ModifiedAt);
    }
}
