using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>
/// Finds the rows of a log for which a filter holds, in slices, so that whoever asks can show what was found and do something else
/// between. A filter that the index answers never touches the file; for any other the file is read in large pieces, in order. One
/// thread at a time.
/// </summary>
public sealed class LineSearch(IReadOnlyList<ISource> sources)
{
    /// <summary>Bytes that one slice reads by default.</summary>
    public const long SliceBytes = 16 * 1024 * 1024;

    private const int ChunkBytes = 1024 * 1024;

    private readonly byte[] chunk = new byte[ChunkBytes];
    private (EventFilter Filter, EventLog Log)? known;
    private IndexMatcher? matcher;
    private (RawNeedle Raw, WordsNeedle Words)[] needles = [];

    /// <summary>
    /// Looks at rows from <paramref name="from"/> on, at most <paramref name="maxRows"/> and so many as can be had for about
    /// <paramref name="maxBytes"/> of reading, and adds those for which the filter holds. Goes on with the step's <c>Next</c>.
    /// </summary>
    public SearchStep Search(LoopModel loop, EventFilter filter, MatchList into, int from, int maxRows, long maxBytes = SliceBytes)
    {
        if (loop.Log is not { } log)
        {
            return new SearchStep(from, true, null);
        }

        var end = Math.Min(loop.Tally.Lines, log.Count);
        var to = (int)Math.Min(end, (long)from + Math.Max(1, maxRows));
        var index = MatcherOf(filter, log);
        if (filter.TextTerms.IsEmpty)
        {
            for (var row = from; row < to; row++)
            {
                if (index.Holds(log[row]))
                {
                    into.Add(row);
                }
            }

            return new SearchStep(Math.Max(from, to), to >= end, null);
        }

        if (sources.FirstOrDefault(source => source.Repo == loop.Repo)?.Files is not { } files)
        {
            return new SearchStep(from, true, "this repository is not watched");
        }

        var lines = new LogChunk(files, ArtifactPaths.Events(loop.Id), chunk, end == 0 ? 0 : log[end - 1].Offset + log[end - 1].Length);
        var at = from;
        try
        {
            for (; at < to && lines.BytesRead < maxBytes; at++)
            {
                if (index.Holds(log[at]) && Holds(filter, log, at, lines))
                {
                    into.Add(at);
                }
            }

            return new SearchStep(at, at >= end, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SearchStep(at, false, error.Message);
        }
    }

    private bool Holds(EventFilter filter, EventLog log, int row, LogChunk lines)
    {
        ref readonly var index = ref log[row];

        // Of a line that is too long to be shown, only the index speaks.
        var read = index.IsEvent && index.Length > EventLines.MaxShownBytes
            ? default
            : lines.Read(index.Offset, Math.Min(index.Length, EventLines.MaxShownBytes));
        if (index.IsEvent && read.Length < index.Length)
        {
            return filter.HoldsForText(EventLines.From(log, row, read).Shown);
        }

        var isSure = true;
        foreach (var (raw, words) in needles)
        {
            if (raw.MayHold(read.Span) || (index.IsEvent && words.MayHold(read.Span)))
            {
                isSure = false;
            }
            else if (!raw.IsInverted)
            {
                return false;
            }
        }

        return isSure || filter.HoldsForText(EventLines.From(log, row, read).Shown);
    }

    private IndexMatcher MatcherOf(EventFilter filter, EventLog log)
    {
        if (matcher is null
            || known is not var (knownFilter, knownLog)
            || !ReferenceEquals(knownFilter, filter)
            || !ReferenceEquals(knownLog, log))
        {
            known = (filter, log);
            matcher = new IndexMatcher(filter, log.Words);
            needles = [.. filter.TextTerms.Select(static term => (new RawNeedle(term), new WordsNeedle(term)))];
        }

        return matcher;
    }

    /// <summary>A piece of the log, which moves on with the lines that are asked for.</summary>
    private sealed class LogChunk(IRepoFiles files, string path, byte[] buffer, long end)
    {
        private long start;
        private int length;

        public long BytesRead { get; private set; }

        /// <summary>Bytes of the file; fewer than asked where it is shorter now.</summary>
        public ReadOnlyMemory<byte> Read(long offset, int count)
        {
            if (offset < start || offset + count > start + length)
            {
                length = 0;
                length = files.ReadAt(path, offset, buffer.AsSpan(0, (int)Math.Clamp(end - offset, count, buffer.Length)));
                start = offset;
                BytesRead += length;
            }

            return buffer.AsMemory((int)(offset - start), (int)Math.Min(count, start + length - offset));
        }
    }
}

/// <summary>How far a search has come.</summary>
/// <param name="Next">The first row that was not looked at.</param>
/// <param name="IsDone">Every row was looked at that the log had.</param>
/// <param name="Fault">Why the file could not be read; the search can be gone on with when it can.</param>
public readonly record struct SearchStep(int Next, bool IsDone, string? Fault);
