using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OpsManager.Benchmarks.Data;
using OpsManager.Benchmarks.Fleet;
using OpsManager.Benchmarks.Recordings;
using OpsManager.Benchmarks.Screen;

// screen BIN [MEASURE…]: the built program over a pty. peers BIN: programs that others know beside it.
// log FILE LINES: a generated log. replay EVENTS: jumps in a long recording.
// poll BIN MEGABYTES: verbs that find nothing new in a log of that size. compare EVENTS: a comparison of long recordings, and a report.
// fleet BIN SERVER [SPRITES LOOPS RATE]: the screen over a fleet on a NATS server that is running.
// list [SPRITES LOOPS]: the screen over a fleet that is in memory.
// copies [SPRITES LOOPS]: copies of sprites that do not move, their memory and what watching them costs.
// Anything else: benchmarks of code.
switch (args)
{
    case ["screen", var binary, .. var names]:
        new ScreenMeasures(Path.GetFullPath(binary)).Run(names);
        break;
    case ["peers", var binary]:
        new PeerMeasures(Path.GetFullPath(binary)).Run();
        break;
    case ["log", var path, var lines]:
        using (var file = File.Create(path))
        {
            new RandomLog().Write(file, int.Parse(lines, System.Globalization.CultureInfo.InvariantCulture));
        }

        break;
    case ["replay", var events]:
        ReplayMeasures.Run(int.Parse(events, System.Globalization.CultureInfo.InvariantCulture), Console.Out);
        break;
    case ["poll", var binary, var megabytes]:
        await PollMeasures
            .RunAsync(Path.GetFullPath(binary), int.Parse(megabytes, System.Globalization.CultureInfo.InvariantCulture), Console.Out)
            .ConfigureAwait(false);
        break;
    case ["fleet", var binary, var server, .. var sizes]:
        int[] numbers = [.. sizes.Select(static size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
        var size = new FleetSize(
            Sprites: numbers is [var sprites, ..] ? sprites : 2000, Loops: numbers is [_, var loops, ..] ? loops : 5,
            PerSecond: numbers is [_, _, var rate, ..] ? rate : 1000, Replicas: numbers is [_, _, _, var replicas] ? replicas : 1);
        await FleetMeasures.RunAsync(Path.GetFullPath(binary), server.Split(','), size, Console.Out).ConfigureAwait(false);
        break;
    case ["list", .. var shown]:
        int[] listed = [.. shown.Select(static size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
        ListMeasures.Run(listed is [var many, ..] ? many : 2000, listed is [_, var each] ? each : 5, Console.Out);
        break;
    case ["copies", .. var copied]:
        int[] watched = [.. copied.Select(static size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
        CopyMeasures.Run(watched is [var sources, ..] ? sources : 200, watched is [_, var those] ? those : 5, Console.Out);
        break;
    case ["compare", var events]:
        CompareMeasures.Run(int.Parse(events, System.Globalization.CultureInfo.InvariantCulture), Console.Out);
        break;
    default:
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkSwitcher
            .FromAssembly(typeof(ScreenMeasures).Assembly)
            .Run(args, DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "ops-manager-benchmarks")));
        break;
}
