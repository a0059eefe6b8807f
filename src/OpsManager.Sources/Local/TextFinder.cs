using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Looks for a text in the bytes of a file, in large pieces, so that whoever asks can do something else between.</summary>
internal sealed class TextFinder(IRepoFiles files, string path, string text)
{
    private const int ChunkBytes = 1024 * 1024;

    /// <summary>
    /// Bytes that are read again with the next piece: what stands over the edge is found there, with all that colours it.
    /// </summary>
    private const int ColourBytes = 1024;

    private readonly ByteNeedle needle = new(text);
    private readonly PlainBytes plain = new();

    private int Overlap => needle.Length - 1 + ColourBytes;

    /// <inheritdoc cref="ITextLines.Find"/>
    public FindStep Find(long from, bool isBackward, long maxBytes)
    {
        try
        {
            var probe = files.Probe(path);
            return probe.Condition != ArtifactCondition.Present ? new(null, from, false, probe.Fault ?? "the file does not exist")
                : needle.Length == 0 ? new(null, from, true)
                : isBackward ? Before(Math.Min(from, probe.Stamp.Size), maxBytes, probe.Stamp.Size)
                : After(Math.Max(0, from), maxBytes, probe.Stamp.Size);
        }
        catch (NotFetchedYetException)
        {
            return new FindStep(null, from, false) { IsWaiting = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, from, false, error.Message);
        }
    }

    private FindStep After(long from, long maxBytes, long size)
    {
        var chunk = new byte[(int)Math.Clamp(size - from, needle.Length, ChunkBytes)];
        for (var at = from; at < size;)
        {
            var read = files.ReadAt(path, at, chunk);
            if (needle.IndexIn(plain.In(chunk.AsSpan(0, read))) is >= 0 and var found)
            {
                var place = at + plain.Original(found);
                return new(LineOf(place, size), place, false);
            }

            if (read < chunk.Length || at + read >= size)
            {
                break;
            }

            at += read - Overlap;
            if (at - from >= maxBytes)
            {
                return new(null, at, false);
            }
        }

        return new(null, size, true);
    }

    private FindStep Before(long from, long maxBytes, long size)
    {
        var chunk = new byte[(int)Math.Clamp(from, needle.Length, ChunkBytes)];
        for (var end = from; end > 0;)
        {
            var at = Math.Max(0, end - chunk.Length);
            var read = files.ReadAt(path, at, chunk.AsSpan(0, (int)(end - at)));
            if (needle.LastIndexIn(plain.In(chunk.AsSpan(0, read))) is >= 0 and var found)
            {
                var place = at + plain.Original(found);
                return new(LineOf(place, size), place, false);
            }

            if (at == 0)
            {
                break;
            }

            end = at + Overlap;
            if (from - end >= maxBytes)
            {
                return new(null, end, false);
            }
        }

        return new(null, 0, true);
    }

    private long LineOf(long offset, long size)
    {
        var blocks = new TextBlocks(files, path);
        blocks.Reset(size);
        return blocks.StartBefore(offset + 1);
    }
}
