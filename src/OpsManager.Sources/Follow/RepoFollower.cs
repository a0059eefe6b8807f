using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Follow;

/// <summary>
/// Follows one repository: a look returns everything that is new since the last one, as one batch. It has no clock and no timer;
/// live watching, replays and one-off commands all drive it.
/// </summary>
/// <param name="onlyLoop">The one loop to follow; null for all.</param>
internal sealed class RepoFollower(string repo, IRepoFiles files, IProcessTable processes, FollowOptions options, string? onlyLoop = null)
{
    private readonly ArtifactFollower<RuntimeState> state = new(files, ArtifactPaths.State, RuntimeState.Parse);
    private readonly ArtifactFollower<ActiveRun> activeRun = new(files, ArtifactPaths.ActiveRun, ActiveRun.Parse);
    private readonly SortedDictionary<string, LoopFollower> loops = new(StringComparer.Ordinal);
    private readonly ClaimedProcesses claims = new(repo, processes);
    private readonly CapturedProcesses captured = new(repo, processes);
    private readonly LostLoops lost = new(repo, files, processes, options, onlyLoop);
    private readonly KeptCursorReader kept = new(files, repo);
    private readonly UnclaimedRun unclaimed = new(repo, processes, onlyLoop);
    private readonly WholePolls whole = new(options.WholePoll);

    /// <summary>
    /// What managers sent to the loops that are not followed: a cancel may hit another loop than the one it was asked for.
    /// </summary>
    private readonly Dictionary<string, RowFollower<ControlRow>> sent = new(StringComparer.Ordinal);

    private const string RootMissing = $"{ArtifactPaths.Root} is missing: it was moved or deleted, or its disk is not mounted";

    private DateTimeOffset listedAt = DateTimeOffset.MinValue;
    private DateTimeOffset toldAt = DateTimeOffset.MinValue;
    private string? failure;
    private bool wasThere;
    private bool toldObservable;

    /// <summary>True while a large log is being indexed: look again at once.</summary>
    public bool HasMore =>
        failure != RootMissing && (loops.Values.Any(static loop => loop.HasMore) || sent.Values.Any(static rows => rows.HasMore));

    /// <summary>Looks at everything that is due; at all of it where <paramref name="always"/> is true.</summary>
    /// <param name="changed">Loops that are said to have changed: these are due, and the claimed one is not for itself.</param>
    /// <remarks>
    /// Against the order in which the runtime writes (see <see cref="LoopFollower.Look"/>): the process first, then its claim,
    /// then the state, then the loops. A run that ends between two of these reads is then seen as ended, not as broken.
    /// </remarks>
    public IReadOnlyList<Observation> Look(DateTimeOffset now, bool always = false, IReadOnlySet<string>? changed = null)
    {
        var batch = new List<Observation>();
        if (processes.IsObservable && !toldObservable)
        {
            toldObservable = true;
            batch.Add(new ProcessesObservable(now, repo));
        }

        claims.Look(now, batch);
        if (IsRootMissing(now, batch))
        {
            return LookWithoutFiles(now, batch);
        }

        if (!always && changed is null && failure is null && !HasMore && !whole.IsDue(now))
        {
            // What managers keep beside a copy is written by each of them, and none tells the others.
            foreach (var loop in loops.Values)
            {
                loop.LookAtRecord(now, batch);
            }

            captured.Look(now, batch);
            return Ticking(now, batch);
        }

        whole.Note(now, isWhole: changed is null);
        LookAtClaim(now, batch);

        var isClaimedHere = claims.IsClaimedHere;
        var isSearched = !isClaimedHere && unclaimed.Search(now, isFresh: false, batch);
        if ((LookAtState(now, batch) || !isSearched)
            && !isClaimedHere
            && unclaimed.Search(now, isFresh: true, batch)
            && unclaimed.IsAbsent)
        {
            // The run may have ended in order since its state was read.
            LookAtState(now, batch);
        }

        ListLoops(now, always || changed?.Any(IsUnlisted) == true, batch);

        // Whoever sent a cancel has said so before the process was stopped, of whichever loop it was asked for.
        var isAnyGone = batch.Exists(static seen => seen is ProcessSeen { Sighting.Fate: ProcessFate.Gone });
        foreach (var (id, loop) in loops.ToArray())
        {
            var isEach = always || isAnyGone || (changed is null ? id == claims.Loop : changed.Contains(id));
            // Where changes are told, the others are looked at by the polls.
            if (changed is not null && options.WholePoll is not null ? !isEach : !loop.IsDue(now, isEach))
            {
                continue;
            }

            // What is not there says nothing: the files of a directory that is missing stay as they were read last.
            if (files.Probe(ArtifactPaths.Loop(id)).Condition == ArtifactCondition.Missing)
            {
                if (IsRootMissing(now, batch))
                {
                    break;
                }

                Vanish(now, id, batch);
                continue;
            }

            loop.Look(now, isEach, batch, isCopied: !always && changed?.Contains(id) == true);
        }

        lost.Look(now, claims, loops, areFilesMissing: failure == RootMissing, batch);

        foreach (var (id, rows) in sent)
        {
            if (rows.Look() is { Condition: ArtifactCondition.Present } found)
            {
                batch.Add(new ControlRowsSeen(now, repo, id, found));
            }
        }

        captured.Look(now, batch);
        if (!isClaimedHere)
        {
            unclaimed.SearchAfterEvents(now, batch);
        }

        // A run that started during this look has written its claim before the events that were just read: without the claim they
        // would seem to be nobody's. A claim that has gone meanwhile is left to the next look, which reads the state behind it.
        if (!claims.IsClaimed && batch.Count > 0 && files.Probe(ArtifactPaths.ActiveRun).Condition == ArtifactCondition.Present)
        {
            LookAtClaim(now, batch);
        }

        return Ticking(now, batch);
    }

    /// <summary>.superloop is missing: only the processes, and the time, tell anything.</summary>
    private List<Observation> LookWithoutFiles(DateTimeOffset now, List<Observation> batch)
    {
        foreach (var id in loops.Keys.Where(IsHeld).ToArray())
        {
            Vanish(now, id, batch);
        }

        lost.Look(now, claims, loops, areFilesMissing: true, batch);
        captured.Look(now, batch);
        return Ticking(now, batch);
    }

    private List<Observation> Ticking(DateTimeOffset now, List<Observation> batch)
    {
        if (batch.Count > 0 || now - toldAt >= options.Tick)
        {
            batch.Add(new Ticked(now, repo));
            toldAt = now;
        }

        return batch;
    }

    /// <summary>Whether .superloop, which was there, is missing now; that is reported once, and so is that it is there again.</summary>
    private bool IsRootMissing(DateTimeOffset now, List<Observation> batch)
    {
        var isThere = files.Probe(ArtifactPaths.Root).Condition != ArtifactCondition.Missing;
        wasThere |= isThere;
        if (isThere || !wasThere)
        {
            listedAt = isThere && failure == RootMissing ? DateTimeOffset.MinValue : listedAt;
            return false;
        }

        if (failure != RootMissing)
        {
            failure = RootMissing;
            batch.Add(new SourceFailed(now, repo, RootMissing) { IsMissing = true });
        }

        return true;
    }

    /// <summary>Whether a process of this loop's run is there, or may be there.</summary>
    private bool IsHeld(string loop) => options.HoldsVanished && (claims.Knows(loop) ? claims.Holds(loop) : unclaimed.Holds(loop));

    /// <summary>
    /// The directory of a loop is missing: the loop is left, or while its process may be there, followed on by what is left of
    /// it.
    /// </summary>
    private void Vanish(DateTimeOffset now, string id, List<Observation> batch)
    {
        loops.Remove(id, out var follower);
        var isHeld = IsHeld(id) && lost.TryTake(id, follower!, claims.Holds(id));
        batch.Add(new LoopVanished(now, repo, id) { IsHeld = isHeld });
    }

    private bool LookAtState(DateTimeOffset now, List<Observation> batch)
    {
        if (state.Look(now) is not { } reading || (reading.Condition == ArtifactCondition.Missing && IsRootMissing(now, batch)))
        {
            return false;
        }

        unclaimed.Note(reading);
        batch.Add(new StateSeen(now, repo, reading));
        return true;
    }

    private void LookAtClaim(DateTimeOffset now, List<Observation> batch)
    {
        if (activeRun.Look(now) is { } run && !(run.Condition == ArtifactCondition.Missing && IsRootMissing(now, batch)))
        {
            batch.Add(new ActiveRunSeen(now, repo, run));
            claims.Note(run);
            claims.Look(now, batch);
        }
    }

    /// <summary>A loop that is at work may have made its directory just now: without that it would seem to have lost it.</summary>
    private bool IsUnlisted(string? loop) => loop is not null && !loops.ContainsKey(loop);

    private void ListLoops(DateTimeOffset now, bool always, List<Observation> batch)
    {
        if (!always && now - listedAt < options.ListLoops && !IsUnlisted(claims.Loop) && !IsUnlisted(unclaimed.Active))
        {
            return;
        }

        listedAt = now;
        if (IsRootMissing(now, batch))
        {
            return;
        }

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
                lost.Leave(id);
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
            Vanish(now, id, batch);
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
