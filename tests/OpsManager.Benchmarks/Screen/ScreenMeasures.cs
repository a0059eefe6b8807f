using System.Diagnostics;
using System.Globalization;
using System.Text;
using OpsManager.Benchmarks.Data;

namespace OpsManager.Benchmarks.Screen;

/// <summary>Measures the built program from outside, over a pseudo terminal of 160x45. Each measure prints its own line.</summary>
public sealed class ScreenMeasures(string binary)
{
    private const string Down = "\e[B";
    private const string Up = "\e[A";
    private const string PageUp = "\e[5~";
    private const string PageDown = "\e[6~";
    private const int MillionLines = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A loop that has not changed for 30 seconds is looked at less often.</summary>
    private static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(33);

    private Dictionary<string, Action> All => new(StringComparer.Ordinal)
    {
        ["start"] = Start,
        ["keys"] = Keys,
        ["append"] = Append,
        ["idle"] = Idle,
        ["flood"] = Flood,
        ["log"] = Log,
        ["million"] = Million,
        ["seen"] = Seen,
        ["many"] = Many,
    };

    /// <summary>Runs the measures that are named, or all.</summary>
    public void Run(IReadOnlyCollection<string> names)
    {
        foreach (var (name, measure) in All)
        {
            if (names.Count == 0 || names.Contains(name))
            {
                measure();
            }
        }
    }

    private PtyProgram Open(BenchRepo repo) => new($"'{binary}' --repo '{repo.Path}' --fresh");

    private void Start()
    {
        using var repo = new BenchRepo(loops: 4, lines: 200);
        Figures first = new(), full = new();
        for (var run = 0; run < 21; run++)
        {
            using var program = Open(repo);
            first.Add(Since(program.StartedAt, program.WaitBeyond(0, Patience)!.Value));
            full.Add(Since(program.StartedAt, program.WaitFor(BenchRepo.Name(3), Patience)));
        }

        Say("start", $"first byte {first.Median:0.0} ms, first full frame {full.Median:0.0} ms median, {full.At(0.95):0.0} ms p95 of 21");
    }

    private void Keys()
    {
        using var repo = new BenchRepo(loops: 60, lines: 2000);
        using var program = Opened(repo, BenchRepo.Name(1));
        Pressed(program, "run list", Down, Up);
        program.Type("2");
        Thread.Sleep(300);
        Pressed(program, "timeline", Up, Down);
        // Folded, the whole run is one page.
        program.Type("F");
        Thread.Sleep(300);
        Pressed(program, "timeline, pages", PageUp, PageDown);
    }

    private static void Pressed(PtyProgram program, string where, string forth, string back)
    {
        Figures times = new(), sent = new();
        for (var press = 0; press < 80; press++)
        {
            // Not in step with the clock, whose second would be taken for the answer.
            Thread.Sleep(70 + (press * 7 % 40));
            var before = program.Bytes;
            var at = Stopwatch.GetTimestamp();
            program.Type(press / 20 % 2 == 0 ? forth : back);
            if (program.WaitBeyond(before, TimeSpan.FromSeconds(1)) is { } answered)
            {
                times.Add(Since(at, answered));
                Thread.Sleep(10);
                sent.Add(program.Bytes - before);
            }
        }

        Say("key", $"{where}: {times.Median:0.00} ms median, {times.At(0.95):0.00} ms p95, {sent.Median:0} bytes");
    }

    private void Append()
    {
        using var repo = new BenchRepo(loops: 4, lines: 200);
        using var program = Opened(repo, BenchRepo.Name(0));
        var log = new RandomLog(99);
        Figures times = new(), sent = new();
        for (var line = 0; line < 60; line++)
        {
            Thread.Sleep(250 + (line * 37 % 300));
            // Capitals tell the line from the clock, whose tick may come first; all of them change, so all of them are sent.
            var mark = new string((char)('A' + (line % 26)), 6);
            var bytes = Encoding.UTF8.GetBytes(log.Next().Replace("\"event\":\"", $"\"event\":\"{mark}", StringComparison.Ordinal));
            program.Forget();
            var before = program.Bytes;
            var at = Stopwatch.GetTimestamp();
            repo.Append(0, bytes);
            times.Add(Since(at, program.WaitFor(mark, Patience)));
            Thread.Sleep(20);
            sent.Add(program.Bytes - before);
        }

        Say(
            "append",
            $"one line: {times.Median:0.0} ms median, {times.At(0.95):0.0} ms p95; {sent.Median:0} bytes for a timeline that scrolls");
    }

    private void Idle()
    {
        using var repo = new BenchRepo(loops: 1, lines: 200);
        using var program = Opened(repo, BenchRepo.Name(0));
        Thread.Sleep(3000);
        Rest("idle, moved lately", program, TimeSpan.FromSeconds(20));
        Thread.Sleep(12_000);
        Rest("idle, finished", program, TimeSpan.FromSeconds(20));
    }

    private void Flood()
    {
        using var repo = new BenchRepo(loops: 1, lines: 200);
        using var program = Opened(repo, BenchRepo.Name(0));
        Thread.Sleep(1000);
        var log = new RandomLog(7);
        var pieces = Enumerable.Range(0, 1000).Select(_ => log.Bytes(10)).ToArray();
        var (cpu, sent, start) = (program.Processor, program.Bytes, Stopwatch.GetTimestamp());
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            repo.Append(0, pieces[piece]);
            var ahead = TimeSpan.FromMilliseconds((piece + 1) * 10) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }

        var took = Stopwatch.GetElapsedTime(start);
        Say(
            "flood",
            $"""
            {10_000 / took.TotalSeconds:0} lines/s: {Share(program.Processor - cpu, took):0.00} % CPU, {(program.Bytes - sent) / took.TotalSeconds:0} bytes/s
            """);
    }

    /// <summary>A log that is followed and grows by 3,000 lines a second, and keys meanwhile.</summary>
    private void Log()
    {
        using var repo = new BenchRepo(loops: 1, lines: 200);
        var folder = Path.Combine(Path.GetDirectoryName(repo.Events(0))!, "logs", "iter-1");
        Directory.CreateDirectory(folder);
        using var log = new FileStream(Path.Combine(folder, "implementer.log"), FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        log.Write("the first line\n"u8);
        using var program = Opened(repo, BenchRepo.Name(0));
        program.Type("l");
        program.WaitFor("the first line", Patience);
        Thread.Sleep(1000);
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
            "\e[32mtest\e[0m src/checkout/gateway.test.ts \e[1;34mretries once\e[0m after a timeout of the gateway (12 ms)\n", 30)));
        var (cpu, start) = (program.Processor, Stopwatch.GetTimestamp());
        Figures keys = new();
        for (var count = 1; count <= 1500; count++)
        {
            log.Write(piece);
            if (count % 50 == 0 && count > 750)
            {
                // The second half has keys in it: line numbers on and off.
                program.Forget();
                var at = Stopwatch.GetTimestamp();
                program.Type("#");
                keys.Add(Since(at, program.WaitBeyond(program.Bytes, Patience)!.Value));
            }

            if (count == 750)
            {
                var half = Stopwatch.GetElapsedTime(start);
                Say(
                    "log",
                    $"""
                    {750 * 30 / half.TotalSeconds:0} lines/s followed: {Share(program.Processor - cpu, half):0.00} % CPU
                    """);
            }

            var ahead = TimeSpan.FromMilliseconds(count * 10) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }

        Say("log", $"a key meanwhile: {keys.Median:0.0} ms median, {keys.At(0.95):0.0} ms p95");
    }

    private void Million()
    {
        using var repo = new BenchRepo(loops: 1, lines: MillionLines);
        var size = new FileInfo(repo.Events(0)).Length / 1e6;
        using (File.OpenRead(repo.Events(0)))
        {
            Figures first = new(), all = new(), now = new(), peak = new();
            for (var run = 0; run < 7; run++)
            {
                using var program = Open(repo);
                first.Add(Since(program.StartedAt, program.WaitFor("iteration ", Patience)));
                all.Add(Since(program.StartedAt, program.WaitFor("1,000,000", Patience)));
                Thread.Sleep(500);
                now.Add(program.Resident.Now);
                peak.Add(program.Resident.Peak);
            }

            Say("million", $"{size:0} MB: first rows {first.Median:0} ms, whole index {all.Median:0} ms from the start");
            Say("million", $"{now.Median:0} MiB resident, {peak.Median:0} MiB at most");
        }

        using var held = Opened(repo, "1,000,000");
        held.Type("2g");
        Thread.Sleep(500);
        var (cpu, sent) = (held.Processor, held.Bytes);
        const int Presses = 150;
        for (var press = 0; press < Presses; press++)
        {
            held.Type(PageDown);
            Thread.Sleep(33);
        }

        var (processor, each) = ((held.Processor - cpu).TotalMilliseconds / Presses, (held.Bytes - sent) / (double)Presses);
        Say("million", $"PageDown held: {processor:0.00} ms CPU and {each:0} bytes a key");
    }

    /// <summary>The same log when it was seen before.</summary>
    private void Seen()
    {
        using var repo = new BenchRepo(loops: 1, lines: MillionLines);
        var state = Directory.CreateTempSubdirectory("ops-state-");
        PtyProgram Again() => new($"'{binary}' --repo '{repo.Path}' --fresh", state: state.FullName);
        using (var program = Again())
        {
            program.WaitFor("1,000,000", Patience);
            Thread.Sleep(2000);
        }

        var kept = state.EnumerateFiles("*.idx", SearchOption.AllDirectories).Sum(static file => file.Length) / 1e6;
        Figures first = new(), all = new(), now = new();
        for (var run = 0; run < 15; run++)
        {
            using var program = Again();
            first.Add(Since(program.StartedAt, program.WaitFor("iteration ", Patience)));
            all.Add(Since(program.StartedAt, program.WaitFor("1,000,000", Patience)));
            Thread.Sleep(500);
            now.Add(program.Resident.Now);
        }

        state.Delete(recursive: true);
        Say("seen", $"first rows {first.Median:0} ms, all of it {all.Median:0} ms from the start");
        Say("seen", $"index {kept:0.0} MB, {now.Median:0} MiB resident");
    }

    private void Many()
    {
        using var repo = new BenchRepo(loops: 200, lines: 50);
        using var program = Opened(repo, BenchRepo.Name(0));
        Thread.Sleep(3000);
        Rest("200 runs, moved lately", program, TimeSpan.FromSeconds(20));
        Thread.Sleep(UntilQuiet - TimeSpan.FromSeconds(23));
        Rest("200 runs, quiet", program, TimeSpan.FromSeconds(20));
    }

    private PtyProgram Opened(BenchRepo repo, string ready)
    {
        var program = Open(repo);
        program.WaitFor(ready, Patience);
        Thread.Sleep(300);
        return program;
    }

    private static void Rest(string name, PtyProgram program, TimeSpan time)
    {
        var (cpu, sent, start) = (program.Processor, program.Bytes, Stopwatch.GetTimestamp());
        Thread.Sleep(time);
        var took = Stopwatch.GetElapsedTime(start);
        Say(
            "rest",
            $"{name}: {(program.Bytes - sent) / took.TotalSeconds:0.0} bytes/s, {Share(program.Processor - cpu, took):0.000} % CPU");
    }

    private static double Since(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static double Share(TimeSpan processor, TimeSpan time) => 100 * processor / time;

    private static void Say(string name, FormattableString text) =>
        Console.WriteLine($"{name,-8} {text.ToString(CultureInfo.InvariantCulture)}");
}
