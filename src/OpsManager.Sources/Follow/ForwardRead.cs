using System.Buffers;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Follow;

/// <summary>Reads a growing file from where its lines were cut to last, through a buffer that is borrowed.</summary>
internal static class ForwardRead
{
    private const int ChunkBytes = 128 * 1024;

    /// <summary>
    /// Gives <paramref name="lines"/> what is behind its position, up to <paramref name="size"/> or as much as <paramref
    /// name="budget"/> allows.
    /// </summary>
    /// <param name="anchors">Remember what was read; null where nobody does.</param>
    /// <returns>What is left of the budget; it is overdrawn by less than a chunk.</returns>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    public static int To(IRepoFiles files, string path, LineCutter lines, LogAnchors? anchors, long size, int budget)
    {
        if (lines.Position >= size)
        {
            return budget;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, size - lines.Position));
        try
        {
            while (budget > 0 && lines.Position < size && !lines.IsEndless)
            {
                var read = files.ReadAt(path, lines.Position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, size - lines.Position)));
                if (read == 0)
                {
                    break;
                }

                anchors?.Remember(buffer.AsSpan(0, read), lines.Position);
                lines.Take(buffer.AsSpan(0, read));
                budget -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return budget;
    }
}
