using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Searches for runs whose files are missing and that nothing names: no loop has a directory, or the one that was asked for has none.
/// The process table is read whole at first, and then ever more seldom; a process that was found is only looked at again.
/// </summary>
/// <param name="onlyLoop">The one loop that is followed; null for all.</param>
internal sealed class LostRuns(string repo, IProcessTable processes, string? onlyLoop)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<string, RunSearch?> known = new(StringComparer.Ordinal);
    private DateTimeOffset? scannedAt;
    private TimeSpan pause = ShortestPause;

    /// <summary>The loops of which a process is there, or may be there, in ordinal order.</summary>
    public IEnumerable<string> Held =>
        known.Where(static run => run.Value is { Fate: not ProcessFate.Gone }).Select(static run => run.Key);

    /// <summary>A run that was found by its command line while its files were there: it is looked at on.</summary>
    public void Keep(string loop) => known.TryAdd(loop, null);

    /// <summary>The directory of the loop is there again.</summary>
    public void Leave(string loop) => known.Remove(loop);

    /// <summary>Looks for runs of any loop, where it is time to.</summary>
    /// <param name="hasDirectory">Tells of a loop whether its directory is there: then others look after it.</param>
    public void Scan(DateTimeOffset now, Func<string, bool> hasDirectory)
    {
        if (!processes.IsObservable || (!processes.IsRecorded && scannedAt is { } before && (now - before).Duration() < pause))
        {
            return;
        }

        pause = scannedAt is null ? ShortestPause : pause * 2 < MaxPause ? pause * 2 : MaxPause;
        scannedAt = now;
        foreach (var loop in processes.RunningLoops())
        {
            if (!hasDirectory(loop) && (onlyLoop is null || loop == onlyLoop))
            {
                Keep(loop);
            }
        }
    }

    /// <summary>Looks at those that were found, and says what is new.</summary>
    /// <param name="isClaimed">Tells of a loop whether a claim speaks for it.</param>
    public void Look(DateTimeOffset now, Func<string, bool> isClaimed, List<Observation> batch)
    {
        foreach (var (loop, before) in known.ToArray())
        {
            if (isClaimed(loop))
            {
                continue;
            }

            var said = processes.Search(loop, now, isFresh: false);
            if (said != before)
            {
                known[loop] = said;
                batch.Add(new RunSearched(now, repo, loop, said));
            }

            if (said.Fate == ProcessFate.Gone)
            {
                known.Remove(loop);
            }
        }
    }
}
