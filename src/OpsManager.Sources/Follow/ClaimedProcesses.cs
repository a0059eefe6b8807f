using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>Processes that claimed the repository and were not seen to be gone; the last one claims it now, or did so last.</summary>
internal sealed class ClaimedProcesses(string repo, IProcessTable processes)
{
    private readonly Dictionary<int, (ActiveRun Run, ProcessSighting? Last)> claims = [];
    private int? claimedPid;

    /// <summary>Whether active-run.json is there.</summary>
    public bool IsClaimed { get; private set; }

    /// <summary>The loop that is claimed now; null where none is.</summary>
    public string? Loop { get; private set; }

    /// <summary>Whether a claim stands, and is of this repository and host as far as anybody knows.</summary>
    public bool IsClaimedHere =>
        IsClaimed && !(claimedPid is { } pid && claims.TryGetValue(pid, out var claim) && claim.Last is { Fate: ProcessFate.NotOurs });

    /// <summary>The loops whose process is not known to have exited, in ordinal order.</summary>
    public IEnumerable<string> Held => claims.Values
        .Where(static claim => claim.Run.LoopId is not null && IsThere(claim.Last))
        .Select(static claim => claim.Run.LoopId!)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a process of this host has claimed this loop, as the newest claim or before it: then that one decides.</summary>
    public bool Knows(string loop) =>
        claims.Values.Any(claim => claim.Run.LoopId == loop && claim.Last is not { Fate: ProcessFate.NotOurs });

    /// <summary>Whether a process that claimed this loop is there, or may be there.</summary>
    public bool Holds(string loop)
    {
        foreach (var (run, last) in claims.Values)
        {
            if (run.LoopId == loop && IsThere(last))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks at each process, and says what is new.</summary>
    public void Look(DateTimeOffset now, List<Observation> batch)
    {
        foreach (var (pid, claim) in claims)
        {
            var sighting = processes.Inspect(claim.Run);
            if (sighting == claim.Last)
            {
                continue;
            }

            batch.Add(new ProcessSeen(now, repo, sighting));
            claims[pid] = (claim.Run, sighting);
        }
    }

    /// <summary>Takes note of what active-run.json says; a torn file keeps what it said last.</summary>
    public void Note(ArtifactReading<ActiveRun> reading)
    {
        IsClaimed = reading.Condition != ArtifactCondition.Missing;
        if (!IsClaimed)
        {
            Loop = null;
            claimedPid = null;
        }
        else if (reading.Value is { } run)
        {
            Loop = run.LoopId;
            claimedPid = run.Pid;
            foreach (var old in claims.Where(claim => claim.Key != run.Pid && claim.Value.Last is not { Fate: ProcessFate.Alive })
                .Select(static claim => claim.Key).ToArray())
            {
                claims.Remove(old);
            }

            // The sighting is told again with a new claim, so that the claim knows its process.
            claims[run.Pid] = (run, null);
        }
    }

    private static bool IsThere(ProcessSighting? last) => last is not { Fate: ProcessFate.Gone or ProcessFate.NotOurs };
}
