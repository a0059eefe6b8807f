using BenchmarkDotNet.Attributes;
using OpsManager.Benchmarks.Data;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Benchmarks.Code;

/// <summary>The fold of what one look finds: ten new lines, and the tick of a second in which nothing is new.</summary>
[MemoryDiagnoser]
public class FoldBenchmarks
{
    private WatchedLog watched = null!;
    private EventLog? log;

    [GlobalSetup]
    public void Setup()
    {
        watched = new WatchedLog(2000);
        log = new EventLog();
        new Sources.Follow.LineScanner(log, 0).Take(new RandomLog().Bytes(2010));
    }

    [Benchmark]
    public FleetModel Batch()
    {
        var loop = watched.Loop;
        var seen = new EventsSeen(WatchedLog.Now, loop.Repo, loop.Id, log!, 2010, loop.EventsStamp!.Value);
        return watched.Fold.Reduce(watched.Fleet, [seen, new Ticked(WatchedLog.Now, loop.Repo)]);
    }

    [Benchmark]
    public FleetModel Tick() => watched.Fold.Reduce(watched.Fleet, [new Ticked(WatchedLog.Now, watched.Loop.Repo)]);

    [GlobalCleanup]
    public void Cleanup() => watched.Dispose();
}
