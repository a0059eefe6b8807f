using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Loops whose directory is missing while the process of their run is not known to have exited. Of these the process is looked at, and
/// what the manager itself keeps of them.
/// </summary>
/// <param name="onlyLoop">The one loop that is followed; null for all.</param>
internal sealed class LostLoops(string repo, IRepoFiles files, IProcessTable processes, FollowOptions options, string? onlyLoop)
{
    /// <summary>Loops that are followed on; of more only the process is known.</summary>
    private const int MaxLost = 64;

    private readonly SortedDictionary<string, LoopFollower> lost = new(StringComparer.Ordinal);
    private readonly LostRuns runs = new(repo, processes, onlyLoop);

    /// <summary>Takes over a loop whose directory has gone; false where there are too many.</summary>
    /// <param name="isClaimed">A claim speaks for it; else its process was found by its command line.</param>
    public bool TryTake(string loop, LoopFollower follower, bool isClaimed)
    {
        if (lost.Count >= MaxLost)
        {
            return false;
        }

        lost[loop] = follower;
        if (!isClaimed)
        {
            runs.Keep(loop);
        }

        return true;
    }

    /// <summary>The directory of the loop is there again.</summary>
    public void Leave(string loop)
    {
        lost.Remove(loop);
        runs.Leave(loop);
    }

    /// <summary>Adds what is new.</summary>
    /// <param name="present">The loops whose directory is there.</param>
    /// <param name="areFilesMissing">.superloop is missing, and with it what the manager keeps.</param>
    public void Look(
        DateTimeOffset now, ClaimedProcesses claims, SortedDictionary<string, LoopFollower> present, bool areFilesMissing,
        List<Observation> batch)
    {
        if (!options.HoldsVanished)
        {
            return;
        }

        // A directory that was never seen: a process that claims the loop, or that is found by its command line, speaks for it.
        if (areFilesMissing || present.Count == 0 || (options.Sought is { } sought && !present.ContainsKey(sought)))
        {
            runs.Scan(now, present.ContainsKey);
        }

        runs.Look(now, claims.Holds, batch);
        foreach (var loop in claims.Held.Concat(runs.Held).Where(loop => !present.ContainsKey(loop)).ToArray())
        {
            if (!lost.ContainsKey(loop) && lost.Count < MaxLost && (onlyLoop is null || loop == onlyLoop) && ArtifactPaths.IsLoopId(loop))
            {
                lost.Add(loop, new LoopFollower(files, repo, loop, options));
            }
        }

        if (areFilesMissing)
        {
            return;
        }

        foreach (var follower in lost.Values)
        {
            follower.LookAtRecord(now, batch);
        }
    }
}
