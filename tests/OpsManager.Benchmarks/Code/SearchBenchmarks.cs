using BenchmarkDotNet.Attributes;
using OpsManager.Benchmarks.Data;
using OpsManager.Core.Events;
using OpsManager.Sources.Local;

namespace OpsManager.Benchmarks.Code;

/// <summary>A filter over 100,000 lines (29 MB): one that the index answers, and some for which the file is read.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private WatchedLog watched = null!;

    [Params("role:planner status:error", "nothing-has-this", "done", "!status:ok reviewer")]
    public string Filter { get; set; } = "";

    [GlobalSetup]
    public void Setup() => watched = new WatchedLog(100_000);

    [Benchmark]
    public int Search()
    {
        var search = new LineSearch(watched.Sources);
        var filter = EventFilter.TryParse(Filter, out var parsed, out var fault) ? parsed : throw new InvalidOperationException(fault);
        var found = new MatchList();
        for (var step = new SearchStep(0, false, null); !step.IsDone;)
        {
            step = search.Search(watched.Loop, filter, found, step.Next, int.MaxValue);
        }

        return found.Count;
    }

    [GlobalCleanup]
    public void Cleanup() => watched.Dispose();
}
