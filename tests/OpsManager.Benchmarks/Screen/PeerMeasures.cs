using System.Diagnostics;
using System.Globalization;
using OpsManager.Benchmarks.Data;

namespace OpsManager.Benchmarks.Screen;

/// <summary>
/// Measures programs that others know beside ours, in turn on the same machine, so that the ratio says something whatever else runs there.
/// A program that is not installed is named as missing.
/// </summary>
public sealed class PeerMeasures(string binary)
{
    private const int Starts = 21;
    private const int Scans = 7;
    private const int Lines = 1_000_000;
    private const int Appends = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Peers = ["htop", "lnav", "wc", "grep", "jq", "tail"];

    private readonly HashSet<string> installed = [.. Peers.Where(IsInstalled)];

    public void Run()
    {
        foreach (var missing in Peers.Where(peer => !installed.Contains(peer)))
        {
            Say("missing", $"{missing} is not installed: not measured");
        }

        Start();
        Scan();
        Append();
        Idle();
        Say("load", $"{File.ReadAllText("/proc/loadavg").Trim()} at the end, on {Environment.ProcessorCount} cores");
    }

    /// <summary>Until the first byte is on the terminal, one start of each in turn.</summary>
    private void Start()
    {
        using var repo = new BenchRepo(loops: 4, lines: 200);
        var commands = new List<(string Name, string Command)> { ("ops-manager", $"'{binary}' --repo '{repo.Path}' --fresh") };
        AddIf(commands, "htop", "htop");
        AddIf(commands, "lnav", $"lnav '{repo.Events(0)}'");
        var figures = commands.ToDictionary(static one => one.Name, static _ => new Figures());
        for (var run = 0; run < Starts; run++)
        {
            foreach (var (name, command) in commands)
            {
                using var program = new PtyProgram(command);
                if (program.WaitBeyond(0, Patience) is { } at)
                {
                    figures[name].Add(Stopwatch.GetElapsedTime(program.StartedAt, at).TotalMilliseconds);
                }
            }
        }

        Told("first byte", figures);
    }

    /// <summary>A log of a million events: ours until all of it is indexed, at first and again; the others until they end.</summary>
    private void Scan()
    {
        using var repo = new BenchRepo(loops: 1, lines: Lines);
        var state = Directory.CreateTempSubdirectory("ops-state-");
        var log = repo.Events(0);
        var commands = new List<(string Name, string Command)>();
        AddIf(commands, "wc", $"wc -l '{log}'");
        AddIf(commands, "grep", $"grep -c role_end '{log}'");
        AddIf(commands, "jq", $"jq -r .event '{log}'");
        var figures = new Dictionary<string, Figures> { ["ops-manager, first time"] = new(), ["ops-manager, seen before"] = new() };
        commands.ForEach(one => figures.Add(one.Name, new Figures()));
        for (var run = 0; run < Scans; run++)
        {
            figures["ops-manager, first time"].Add(Indexed(repo, null));
            var again = Indexed(repo, state.FullName);
            if (run > 0)
            {
                figures["ops-manager, seen before"].Add(again);
            }

            // jq is a hundred times slower than the rest: once is enough.
            foreach (var (name, command) in commands.Where(one => one.Name != "jq" || run == 0))
            {
                figures[name].Add(Ended(command));
            }
        }

        state.Delete(recursive: true);
        Told("1,000,000 events", figures);
    }

    /// <summary>From an appended line to its text on the terminal.</summary>
    private void Append()
    {
        using var repo = new BenchRepo(loops: 1, lines: 200);
        var ours = Appended(repo, $"'{binary}' --repo '{repo.Path}' --fresh", BenchRepo.Name(0));
        var figures = new Dictionary<string, Figures> { ["ops-manager"] = ours };
        if (installed.Contains("tail"))
        {
            figures.Add("tail -F", Appended(repo, $"tail -F '{repo.Events(0)}'"));
        }

        if (installed.Contains("lnav"))
        {
            figures.Add("lnav", Appended(repo, $"lnav '{repo.Events(0)}'"));
        }

        Told("appended line", figures);
    }

    /// <summary>Processor in twenty seconds in which nothing happens, as a share of a core.</summary>
    private void Idle()
    {
        using var repo = new BenchRepo(loops: 1, lines: 200);
        Rest("ops-manager", $"'{binary}' --repo '{repo.Path}' --fresh");
        if (installed.Contains("htop"))
        {
            Rest("htop", "htop");
        }
    }

    private static void Rest(string name, string command)
    {
        using var program = new PtyProgram(command);
        Thread.Sleep(35_000);
        var (cpu, start) = (program.Processor, Stopwatch.GetTimestamp());
        Thread.Sleep(20_000);
        Say("idle", $"{name}: {100 * (program.Processor - cpu) / Stopwatch.GetElapsedTime(start):0.00} % CPU");
    }

    private double Indexed(BenchRepo repo, string? state)
    {
        using var program = new PtyProgram($"'{binary}' --repo '{repo.Path}' --fresh", state: state);
        var took = Stopwatch.GetElapsedTime(program.StartedAt, program.WaitFor("1,000,000", Patience)).TotalMilliseconds;
        // The index is written meanwhile.
        Thread.Sleep(state is null ? 0 : 1500);
        return took;
    }

    private static double Ended(string command)
    {
        var start = Stopwatch.GetTimestamp();
        // Into a pipe: some programs see that nobody reads, and stop at the first match.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"{command} | cat > /dev/null"]))!;
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <param name="ready">On the screen when it is; null where it may have come before anybody looks, or in pieces.</param>
    private static Figures Appended(BenchRepo repo, string command, string? ready = null)
    {
        using var program = new PtyProgram(command);
        if (ready is not null)
        {
            program.WaitFor(ready, Patience);
        }

        Thread.Sleep(2000);
        var log = new RandomLog(99);
        var figures = new Figures();
        for (var line = 0; line < Appends; line++)
        {
            Thread.Sleep(250 + (line * 37 % 300));
            var mark = new string((char)('A' + (line % 26)), 6);
            var bytes = System.Text.Encoding.UTF8.GetBytes(
                log.Next().Replace("\"event\":\"", $"\"event\":\"{mark}", StringComparison.Ordinal));
            program.Forget();
            var at = Stopwatch.GetTimestamp();
            repo.Append(0, bytes);
            figures.Add(Stopwatch.GetElapsedTime(at, program.WaitFor(mark, Patience)).TotalMilliseconds);
        }

        return figures;
    }

    private void AddIf(List<(string, string)> commands, string name, string command)
    {
        if (installed.Contains(name))
        {
            commands.Add((name, command));
        }
    }

    private static bool IsInstalled(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Medians, and how many times the first one each takes.</summary>
    private static void Told(string what, IReadOnlyDictionary<string, Figures> figures)
    {
        var ours = figures.First().Value.Median;
        foreach (var (name, figure) in figures)
        {
            Say(what, $"{name}: {figure.Median:0.0} ms median, {figure.At(0.95):0.0} ms p95, {figure.Median / ours:0.00} times ours");
        }
    }

    private static void Say(string name, FormattableString text) =>
        Console.WriteLine($"{name,-17} {text.ToString(CultureInfo.InvariantCulture)}");
}
