using System.Diagnostics;
using System.Text;
using OpsManager.Benchmarks.Data;
using OpsManager.Benchmarks.Screen;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;

namespace OpsManager.Benchmarks.Recordings;

/// <summary>How long a long recording takes to be read, and then how long any moment of it takes to be shown.</summary>
internal static class ReplayMeasures
{
    private const int Jumps = 2000;

    public static void Run(int events, TextWriter output)
    {
        var tape = Tape(events);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var recording = new Recording(tape, "/srv/app", new ReplayOptions());
        recording.ReadOn(int.MaxValue);
        var read = Stopwatch.GetElapsedTime(started);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(
            $"{events:N0} events, {recording.Last + 1:N0} looks: read in {read.TotalSeconds:0.0} s, "
            + $"{memory / 1048576.0:0} MiB beside the tape");

        var random = new Random(1);
        var jumps = new Figures();
        for (var jump = 0; jump < Jumps; jump++)
        {
            var at = recording.Length * random.NextDouble();
            started = Stopwatch.GetTimestamp();
            var look = recording.LookAt(at);
            _ = recording.ModelAt(look, at);
            _ = recording.FilesAt(look);
            jumps.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        output.WriteLine($"{Jumps} jumps: median {jumps.Median:0.00} ms, 99 % {jumps.At(0.99):0.00} ms, longest {jumps.At(1):0.00} ms");
    }

    /// <summary>One loop, whose log grows by an event every half a second, and whose heartbeat is written every minute.</summary>
    public static Tape Tape(int events)
    {
        var text = new MemoryStream();
        new RandomLog().Write(text, events);
        var lines = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var steps = lines.Select(static (line, i) => (TapeStep)new TapeAppend(
            TimeSpan.FromSeconds(i / 2.0), i + 2, ".superloop/loops/long/events.jsonl", Encoding.UTF8.GetBytes(line + "\n")));
        return new Tape("long", "a long run", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), [.. steps]);
    }
}
