using System.Security.Cryptography;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Storage;

/// <summary>
/// Takes the fingerprint of the bytes that were read of a log, and says whether a log continues them (docs/contract.md, "Cursor file").
/// </summary>
public static class LogContinuity
{
    /// <summary>Bytes at the start of a log that a fingerprint covers at most.</summary>
    public const int MaxHeadBytes = 4096;

    /// <summary>The fingerprint of the first <paramref name="lines"/> lines; null where the log is shorter by now.</summary>
    /// <param name="end">First byte behind them.</param>
    /// <param name="lastLineBytes">Bytes of the last of them, without its newline.</param>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static LogFingerprint? Take(IRepoFiles files, string path, long lines, long end, int lastLineBytes)
    {
        var head = (int)Math.Min(end, MaxHeadBytes);
        return lines > 0 && lastLineBytes <= EventRowReader.MaxLineBytes
            && Digest(files, path, 0, head) is { } first && LastLine(files, path, end, lastLineBytes) is { } last
            ? new LogFingerprint
            {
                EventLineOffset = lines,
                HeadBytes = head,
                HeadSha256 = first,
                LastLineBytes = lastLineBytes,
                LastLineSha256 = last,
            }
            : null;
    }

    /// <summary>Whether the bytes that were read still are there. A cursor without a fingerprint of bytes is taken as it is.</summary>
    /// <exception cref="IOException">The log cannot be read: that says nothing.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static bool Holds(IRepoFiles files, string path, CursorFile cursor) =>
        cursor is not { ByteOffset: { } end, Fingerprint: { } print }
        || (Digest(files, path, 0, print.HeadBytes) == print.HeadSha256
            && LastLine(files, path, end, print.LastLineBytes) == print.LastLineSha256);

    /// <summary>Whether a fingerprint can be one: it says how much is read.</summary>
    public static bool IsSound(CursorFile cursor) => cursor.ByteOffset is not < 0 && (cursor.Fingerprint is not { } print || (
        print.EventLineOffset > 0 && print.HeadBytes is >= 0 and <= MaxHeadBytes
        && print.LastLineBytes is >= 0 and <= EventRowReader.MaxLineBytes
        && (cursor.ByteOffset is not { } end || end > print.LastLineBytes)));

    private static string? LastLine(IRepoFiles files, string path, long end, int length)
    {
        Span<byte> newline = stackalloc byte[1];
        return files.ReadAt(path, end - 1, newline) == 1 && newline[0] == '\n' ? Digest(files, path, end - 1 - length, length) : null;
    }

    private static string? Digest(IRepoFiles files, string path, long from, int length)
    {
        var bytes = new byte[length];
        return files.ReadAt(path, from, bytes) == length ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : null;
    }
}
