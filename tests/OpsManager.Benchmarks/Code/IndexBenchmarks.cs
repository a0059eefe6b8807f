using BenchmarkDotNet.Attributes;
using OpsManager.Benchmarks.Data;
using OpsManager.Core.Events;
using OpsManager.Sources.Follow;

namespace OpsManager.Benchmarks.Code;

/// <summary>A log of about 10 MB: divide by ten for a megabyte.</summary>
[MemoryDiagnoser]
public class IndexBenchmarks
{
    private readonly byte[] text = new RandomLog().Bytes(35_000);
    private readonly EventLog log = new();

    public IndexBenchmarks() => new LineScanner(log, 0).Take(text);

    [Benchmark]
    public int Index()
    {
        var made = new EventLog();
        new LineScanner(made, 0).Take(text);
        return made.Count;
    }

    [Benchmark]
    public int Tally() => EventTally.Empty.Add(log, 0, log.Count).Lines;

    [Benchmark]
    public int Density() => EventDensity.Empty.Add(log, 0, log.Count).Count;

    [Benchmark]
    public int Strip() => EventDensity.Empty.Add(log, 0, 1).Bins(100).Count;
}
