using System.Security.Cryptography;
using System.Text;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Changes;

/// <summary>The name that git gives the content of a file.</summary>
internal static class ContentHash
{
    private const int PieceBytes = 128 * 1024;

    /// <summary>A text with line ends of its own is compared as git stores it, up to this size.</summary>
    private const int MaxTextBytes = 4 * 1024 * 1024;

    private const int Sha256Digits = 64;

    /// <summary>Whether the file has the content of this name, also where only its line ends differ, which git may change.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static bool IsOf(GuardedFiles files, string path, long size, string name)
    {
        if (Streamed(files, path, size, name.Length) == name)
        {
            return true;
        }

        if (size > MaxTextBytes || files.Read(path, MaxTextBytes) is not { } bytes || !bytes.AsSpan().Contains((byte)'\r'))
        {
            return false;
        }

        var text = Unix(bytes);
        using var hash = Begin(text.Length, name.Length);
        hash.AppendData(text);
        return End(hash) == name;
    }

    private static string Streamed(GuardedFiles files, string path, long size, int digits)
    {
        using var hash = Begin(size, digits);
        var buffer = new byte[PieceBytes];
        long done = 0;
        while (done < size && files.ReadAt(path, done, buffer.AsSpan(0, (int)Math.Min(PieceBytes, size - done))) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            done += read;
        }

        return End(hash);
    }

    // SHA-1 is what git names contents by; nothing is kept secret or signed with it.
    private static IncrementalHash Begin(long size, int digits)
    {
        var hash = IncrementalHash.CreateHash(digits == Sha256Digits ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {size}\0")));
        return hash;
    }

    private static string End(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    private static byte[] Unix(byte[] bytes)
    {
        var text = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\r' || i + 1 == bytes.Length || bytes[i + 1] != '\n')
            {
                text.Add(bytes[i]);
            }
        }

        return [.. text];
    }
}
