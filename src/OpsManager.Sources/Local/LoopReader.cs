using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Local;

/// <summary>Reads one loop once, for the verbs: waits out torn files, and fails closed on everything else (docs/contract.md, "Fail closed").</summary>
public sealed class LoopReader(IFileSystem fileSystem, TimeProvider time, FoldOptions fold)
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMilliseconds(50);

    /// <exception cref="ContractException">A required artifact is missing, invalid or unreadable; the message names it.</exception>
    public async Task<LoopReading> ReadAsync(string repo, string loop, CancellationToken cancel = default)
    {
        var files = DiskFiles.Open(fileSystem, repo);
        var follower = new RepoFollower(repo, files, ProcTable.Open(fileSystem), FollowOptions.Default with { TailFirstBytes = long.MaxValue, FollowRows = false }, ArtifactPaths.CheckedLoopId(loop));
        var reducer = new Reducer(fold);
        var fleet = reducer.Reduce(FleetModel.Empty, [new RepoOpened(time.GetUtcNow(), repo)]);
        while (true)
        {
            fleet = reducer.Reduce(fleet, follower.Look(time.GetUtcNow(), always: true));
            if (follower.HasMore)
            {
                continue;
            }

            var model = fleet.Repos[repo];
            if (!model.Loops.TryGetValue(loop, out var found) || !found.Exists)
            {
                throw Missing(files.Full(ArtifactPaths.Loop(loop)), Others(files));
            }

            if (IsBeingWritten(model, found, fold.Limits.TornFor))
            {
                await Task.Delay(ReadAgain, time, cancel).ConfigureAwait(false);
                continue;
            }

            Check(model, found, files);
            return new LoopReading(model, found, files, model.Now);
        }
    }

    private static bool IsBeingWritten(RepoModel repo, LoopModel loop, TimeSpan limit)
    {
        bool Torn<T>(Artifact<T> artifact)
            where T : class => artifact.Condition == ArtifactCondition.Torn && !artifact.StayedTorn(repo.Now, limit);
        return Torn(repo.State) || Torn(repo.ActiveRun) || Torn(loop.Approval) || Torn(loop.Summary) || Torn(loop.Heartbeat);
    }

    private static void Check(RepoModel repo, LoopModel loop, DiskFiles files)
    {
        if (repo.Failure is { } failure)
        {
            throw new ContractException(FailureCodes.SnapshotUnavailable, $"{files.Root}: {failure.Fault}");
        }

        var events = files.Full(ArtifactPaths.Events(loop.Id));
        switch (loop.EventsCondition)
        {
            case ArtifactCondition.Missing:
                throw Missing(events, "run the loop once, or name another with --loop");
            case not ArtifactCondition.Present:
                throw new ContractException(FailureCodes.EventsUnavailable, $"{events} cannot be read: {loop.EventsFault}");
        }

        CheckArtifact(repo.State, files.Full(ArtifactPaths.State));
        CheckArtifact(repo.ActiveRun, files.Full(ArtifactPaths.ActiveRun));
        CheckArtifact(loop.Approval, files.Full(ArtifactPaths.Approval(loop.Id)));
        CheckArtifact(loop.Summary, files.Full(ArtifactPaths.Summary(loop.Id)));
        CheckArtifact(loop.Heartbeat, files.Full(ArtifactPaths.Heartbeat(loop.Id)));
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

    private static string Others(DiskFiles files)
    {
        var loops = files.Directories(ArtifactPaths.Loops);
        return loops.Count == 0 ? "there is no loop in this repository" : $"loops here: {string.Join(", ", loops.Take(20))}";
    }

    private static ContractException Missing(string path, string hint) => new(FailureCodes.EventsUnavailable, $"required artifact missing: {path} ({hint})");
}
