using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Local;

/// <summary>
/// Looks at one loop, once or again and again: what has changed is read, the rest is remembered. Waits out torn files, and fails
/// closed on everything else (docs/contract.md, "Fail closed"). One look at a time.
/// </summary>
public sealed class LoopProbe
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The whole log, of the manager's rows only what was sent, and the time of each look counts: what is said must hold when it is said.
    /// </summary>
    private static readonly FollowOptions Follow =
        FollowOptions.Default with { TailFirstBytes = long.MaxValue, FollowRows = false, FollowControl = true, Tick = TimeSpan.Zero };

    /// <summary>A loop without its directory has a run all the same where its process is found.</summary>
    private FollowOptions Options => Follow with { Sought = loop, Known = known };

    private readonly TimeProvider time;
    private readonly SteadyTime steady;
    private readonly FoldOptions fold;
    private readonly Reducer reducer;
    private readonly IProcessTable processes;
    private readonly GuardedFiles files;
    private readonly string repo;
    private readonly string loop;
    private readonly KnownLog? known;
    private RepoFollower? follower;
    private FleetModel fleet = FleetModel.Empty;

    /// <param name="files">Of the loop's repository.</param>
    /// <param name="processes">Those that the loop's processes are among; null for this host's.</param>
    /// <param name="known">What is known of its log; null to read all of it.</param>
    /// <exception cref="ContractException">It is no loop id.</exception>
    public LoopProbe(
        IFileSystem fileSystem, TimeProvider time, FoldOptions fold, GuardedFiles files, string loop, IProcessTable? processes = null,
        KnownLog? known = null)
    {
        (
            this.time, steady, this.fold, this.files, repo,
            this.loop) = (time, SteadyTime.For(time), fold, files, files.Root, ArtifactPaths.CheckedLoopId(loop));
        this.known = known;
        reducer = new Reducer(fold);
        this.processes = processes ?? ProcTable.Open(fileSystem, repo);
    }

    /// <summary>Looks so far that found something other than the time.</summary>
    public long Changes { get; private set; }

    /// <summary>The loop as it is now.</summary>
    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable; the message names it.</exception>
    public async Task<LoopReading> TakeAsync(CancellationToken cancel = default)
    {
        while (true)
        {
            Probe();
            var model = fleet.Repos[repo];
            if (!model.Loops.TryGetValue(loop, out var found) || (!found.Exists && !IsBeingWritten(model, found, fold.Limits.TornFor)))
            {
                throw found is { IsHeld: true }
                    ? new LoopVanishedException(found, files, isStarting: !model.HasLost(found))
                    : Missing(files.Full(ArtifactPaths.Loop(loop)), Others());
            }

            if (!IsBeingWritten(model, found, fold.Limits.TornFor))
            {
                Check(model, found);
                return new LoopReading(model, found, files, time.GetUtcNow());
            }

            await Task.Delay(ReadAgain, time, cancel).ConfigureAwait(false);
        }
    }

    private void Probe()
    {
        if (follower is null)
        {
            follower = new RepoFollower(repo, files, processes, Options, loop);
            fleet = reducer.Reduce(FleetModel.Empty, [new RepoOpened(steady.GetUtcNow(), repo)]);
        }

        try
        {
            do
            {
                var seen = follower.Look(steady.GetUtcNow(), always: true);
                Changes += seen.Any(static news => news is not Ticked) ? 1 : 0;
                fleet = reducer.Reduce(
                    fleet,
                    ReferenceEquals(fleet.Clock, steady.Shifts) ? seen : [new ClockShifted(steady.GetUtcNow(), steady.Shifts), .. seen]);
            }
            while (follower.HasMore);
        }
        catch
        {
            // Half of a look is no picture: the next one starts from nothing.
            follower = null;
            throw;
        }
    }

    private static bool IsBeingWritten(RepoModel repo, LoopModel loop, TimeSpan limit)
    {
        bool Torn<T>(Artifact<T> artifact)
            where T : class => artifact.Condition == ArtifactCondition.Torn && !artifact.StayedTorn(repo.Now, limit);
        return Torn(repo.State) || Torn(repo.ActiveRun) || Torn(loop.Approval) || Torn(loop.Summary) || Torn(loop.Heartbeat);
    }

    private void Check(RepoModel model, LoopModel found)
    {
        if (model.Failure is { } failure)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"{files.Root}: {failure.Fault}");
        }

        var events = files.Full(ArtifactPaths.Events(loop));
        switch (found.EventsCondition)
        {
            case ArtifactCondition.Missing:
                throw Missing(events, "run the loop once, or name another with --loop");
            case not ArtifactCondition.Present:
                throw new ContractException(FailureCodes.SnapshotUnavailable, $"{events} cannot be read: {found.EventsFault}");
        }

        CheckArtifact(model.State, files.Full(ArtifactPaths.State));
        CheckArtifact(model.ActiveRun, files.Full(ArtifactPaths.ActiveRun));
        CheckArtifact(found.Approval, files.Full(ArtifactPaths.Approval(loop)));
        CheckArtifact(found.Summary, files.Full(ArtifactPaths.Summary(loop)));
        CheckArtifact(found.Heartbeat, files.Full(ArtifactPaths.Heartbeat(loop)));
    }

    private static void CheckArtifact<T>(Artifact<T> artifact, string path)
        where T : class
    {
        var fault = artifact.Condition switch
        {
            ArtifactCondition.Torn => $"invalid JSON in {path}: {artifact.Fault}; it has stayed so, so nobody is writing it",
            ArtifactCondition.Invalid => $"invalid JSON in {path}: {artifact.Fault}",
            ArtifactCondition.Unreadable => $"{path} cannot be read: {artifact.Fault}",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, fault);
        }
    }

    private string Others()
    {
        var loops = LoopDirectories.In(files);
        return loops.Count == 0 ? "there is no loop in this repository" : $"loops here: {string.Join(", ", loops.Take(20))}";
    }

    private static ContractException Missing(string path, string hint) =>
        new(FailureCodes.SnapshotUnavailable, $"required artifact missing: {path} ({hint})");
}
