using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Follows one repository: a look returns everything that is new since the last one, as one batch. It has no clock and no timer;
/// live watching, replays and one-off commands all drive it.
/// </summary>
/// <param name="onlyLoop">The one loop to follow; null for all.</param>
public sealed class RepoFollower(string repo, IRepoFiles files, IProcessTable processes, FollowOptions options, string? onlyLoop = null)
{
    private const int MaxCaptured = 256;

    private readonly ArtifactFollower<RuntimeState> state = new(files, ArtifactPaths.State, RuntimeState.Parse);
    private readonly ArtifactFollower<ActiveRun> activeRun = new(files, ArtifactPaths.ActiveRun, ActiveRun.Parse);
    private readonly SortedDictionary<string, LoopFollower> loops = new(StringComparer.Ordinal);

    /// <summary>Processes that claimed the repository and were not seen to be gone; the last one claims it now, or did so last.</summary>
    private readonly Dictionary<int, (ActiveRun Run, ProcessSighting? Last)> claims = [];

    private readonly Dictionary<CapturedProcess, ProcessSighting?> captured = [];
    private readonly KeptCursorReader kept = new(files, repo);
    private readonly UnclaimedRun unclaimed = new(repo, processes, onlyLoop);

    /// <summary>What managers sent to the loops that are not followed: a cancel may hit another loop than the one it was asked for.</summary>
    private readonly Dictionary<string, RowFollower<ControlRow>> sent = new(StringComparer.Ordinal);

    private DateTimeOffset listedAt = DateTimeOffset.MinValue;
    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private string? claimedLoop;
    private int? claimedPid;
    private string? failure;
    private bool wasThere;
    private bool isClaimed;
    private bool toldObservable;

    /// <summary>True while a large log is being indexed: look again at once.</summary>
    public bool HasMore => loops.Values.Any(static loop => loop.HasMore) || sent.Values.Any(static rows => rows.HasMore);

    /// <summary>Looks at everything that is due; at all of it where <paramref name="always"/> is true.</summary>
    /// <remarks>
    /// Against the order in which the runtime writes (see <see cref="LoopFollower.Look"/>): the process first, then its claim,
    /// then the state, then the loops. A run that ends between two of these reads is then seen as ended, not as broken.
    /// </remarks>
    public IReadOnlyList<Observation> Look(DateTimeOffset now, bool always = false)
    {
        var batch = new List<Observation>();
        if (processes.IsObservable && !toldObservable)
        {
            toldObservable = true;
            batch.Add(new ProcessesObservable(now, repo));
        }

        LookAtProcesses(now, batch);
        LookAtClaim(now, batch);

        var isClaimedHere = IsClaimedHere();
        var isSearched = !isClaimedHere && unclaimed.Search(now, isFresh: false, batch);
        if ((LookAtState(now, batch) || !isSearched) && !isClaimedHere && unclaimed.Search(now, isFresh: true, batch) && unclaimed.IsAbsent)
        {
            // The run may have ended in order since its state was read.
            LookAtState(now, batch);
        }

        ListLoops(now, always, batch);

        // Whoever sent a cancel has said so before the process was stopped, of whichever loop it was asked for.
        var isAnyGone = batch.Exists(static seen => seen is ProcessSeen { Sighting.Fate: ProcessFate.Gone });
        foreach (var (id, loop) in loops)
        {
            loop.Look(now, always || isAnyGone || id == claimedLoop, batch);
        }

        foreach (var (id, rows) in sent)
        {
            if (rows.Look() is { Condition: ArtifactCondition.Present } found)
            {
                batch.Add(new ControlRowsSeen(now, repo, id, found));
            }
        }

        LookAtCaptured(now, batch);
        if (!isClaimedHere)
        {
            unclaimed.SearchAfterEvents(now, batch);
        }

        // A run that started during this look has written its claim before the events that were just read: without the claim they
        // would seem to be nobody's. A claim that has gone meanwhile is left to the next look, which reads the state behind it.
        if (!isClaimed && batch.Count > 0 && files.Probe(ArtifactPaths.ActiveRun).Condition == ArtifactCondition.Present)
        {
            LookAtClaim(now, batch);
        }

        if (batch.Count == 0 && now - toldAt < options.Tick)
        {
            return batch;
        }

        batch.Add(new Ticked(now, repo));
        toldAt = now;
        return batch;
    }

    private bool LookAtState(DateTimeOffset now, List<Observation> batch)
    {
        if (state.Look(now) is not { } reading)
        {
            return false;
        }

        unclaimed.Note(reading);
        batch.Add(new StateSeen(now, repo, reading));
        return true;
    }

    /// <summary>Whether a claim stands, and is of this repository and host as far as anybody knows.</summary>
    private bool IsClaimedHere() =>
        isClaimed && !(claimedPid is { } pid && claims.TryGetValue(pid, out var claim) && claim.Last is { Fate: ProcessFate.NotOurs });

    private void LookAtClaim(DateTimeOffset now, List<Observation> batch)
    {
        if (activeRun.Look(now) is { } run)
        {
            isClaimed = run.Condition != ArtifactCondition.Missing;
            batch.Add(new ActiveRunSeen(now, repo, run));
            NoteClaim(run);
            LookAtProcesses(now, batch);
        }
    }

    private void LookAtProcesses(DateTimeOffset now, List<Observation> batch)
    {
        foreach (var (pid, claim) in claims)
        {
            var sighting = processes.Look(claim.Run);
            if (sighting == claim.Last)
            {
                continue;
            }

            batch.Add(new ProcessSeen(now, repo, sighting));
            claims[pid] = (claim.Run, sighting);
        }
    }

    /// <summary>Looks at the processes that cancels were meant for, until they are gone: also at those of a manager that has ended.</summary>
    private void LookAtCaptured(DateTimeOffset now, List<Observation> batch)
    {
        foreach (var row in batch.OfType<ControlRowsSeen>().SelectMany(static seen => seen.Reading.Rows))
        {
            if (row is not { Intent: "cancel", Aim: { Pid: { } pid, PidStarted: { } started, PidGone: false } })
            {
                continue;
            }

            if (ControlRow.IsSuccess(row.Outcome))
            {
                captured.Remove(new(pid, started));
            }
            else if (captured.Count < MaxCaptured)
            {
                captured.TryAdd(new(pid, started), null);
            }
        }

        foreach (var (process, last) in captured)
        {
            if (last is { Fate: ProcessFate.Gone } || processes.Look(process) is var sighting && sighting == last)
            {
                continue;
            }

            batch.Add(new CapturedSeen(now, repo, process, sighting));
            captured[process] = sighting;
        }
    }

    private void NoteClaim(ArtifactReading<ActiveRun> reading)
    {
        if (reading.Condition == ArtifactCondition.Missing)
        {
            claimedLoop = null;
            claimedPid = null;
        }
        else if (reading.Value is { } run)
        {
            claimedLoop = run.LoopId;
            claimedPid = run.Pid;
            foreach (var old in claims.Where(claim => claim.Key != run.Pid && claim.Value.Last is not { Fate: ProcessFate.Alive }).Select(static claim => claim.Key).ToArray())
            {
                claims.Remove(old);
            }

            // The sighting is told again with a new claim, so that the claim knows its process.
            claims[run.Pid] = (run, null);
        }
    }

    private void ListLoops(DateTimeOffset now, bool always, List<Observation> batch)
    {
        if (!always && now - listedAt < options.ListLoops)
        {
            return;
        }

        listedAt = now;
        var isThere = files.Probe(ArtifactPaths.Root).Condition != ArtifactCondition.Missing;
        if (!isThere && wasThere)
        {
            Fail(now, $"{ArtifactPaths.Root} is gone", batch);
            return;
        }

        wasThere |= isThere;
        IReadOnlyList<string> found;
        try
        {
            found = LoopDirectories.In(files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(now, $"{ArtifactPaths.Loops} cannot be read: {error.Message}", batch);
            return;
        }

        Recover(now, batch);
        foreach (var id in found.Where(id => (onlyLoop is null || id == onlyLoop)))
        {
            if (!loops.ContainsKey(id))
            {
                loops.Add(id, new LoopFollower(files, repo, id, options));
                batch.Add(new LoopAppeared(now, repo, id));
                if (kept.Look(now, id) is { } cursor)
                {
                    batch.Add(cursor);
                }
            }
        }

        if (onlyLoop is not null && options.FollowControl)
        {
            foreach (var id in found.Where(id => id != onlyLoop && ArtifactPaths.IsLoopId(id) && !sent.ContainsKey(id)))
            {
                var path = ArtifactPaths.ControlRows(id);
                sent.Add(id, new RowFollower<ControlRow>(files, path, ControlRow.Parse, LoopModel.MaxControlRows, options.SliceBytes));
            }
        }

        foreach (var id in loops.Keys.Except(found).ToArray())
        {
            loops.Remove(id);
            batch.Add(new LoopVanished(now, repo, id));
        }
    }

    private void Fail(DateTimeOffset now, string fault, List<Observation> batch)
    {
        if (failure != fault)
        {
            failure = fault;
            batch.Add(new SourceFailed(now, repo, fault));
        }
    }

    private void Recover(DateTimeOffset now, List<Observation> batch)
    {
        if (failure is not null)
        {
            failure = null;
            batch.Add(new SourceRecovered(now, repo));
        }
    }
}
