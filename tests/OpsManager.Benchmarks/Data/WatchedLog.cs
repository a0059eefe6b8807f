using System.IO.Abstractions;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;

namespace OpsManager.Benchmarks.Data;

/// <summary>A generated log on disk, and the model that follows from it.</summary>
public sealed class WatchedLog : IDisposable
{
    private readonly BenchRepo repo;

    public WatchedLog(int lines)
    {
        repo = new BenchRepo(1, lines);
        var source = LocalSource.Open(new FileSystem(), repo.Path, FollowOptions.Default);
        Sources = [source];
        var follower = new RepoFollower(repo.Path, source.Files, new NoProcessTable(), FollowOptions.Default);
        Fleet = Fold.Reduce(FleetModel.Empty, [new RepoOpened(Now, repo.Path)]);
        do
        {
            Fleet = Fold.Reduce(Fleet, follower.Look(Now, always: true));
        }
        while (follower.HasMore);
    }

    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public Reducer Fold { get; } = new(FoldOptions.Default);

    public IReadOnlyList<ISource> Sources { get; }

    public FleetModel Fleet { get; }

    public LoopModel Loop => Fleet.Loop(repo.Path, BenchRepo.Name(0))!;

    public void Dispose() => repo.Dispose();
}
