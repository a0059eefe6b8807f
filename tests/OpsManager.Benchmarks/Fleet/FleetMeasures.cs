using System.Diagnostics;
using System.Globalization;
using OpsManager.Benchmarks.Screen;
using OpsManager.Sources.Nats;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>The screen over a fleet on a NATS server that is running: how long it takes to show all, and what it costs.</summary>
internal static class FleetMeasures
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20);

    /// <summary>Keys that are pressed one after the other, again and again; each is waited for.</summary>
    private static readonly (string Name, string[] Keys)[] Keys =
    [
        ("move", ["\e[B", "\e[B", "\e[A"]), ("page", ["\e[6~", "\e[6~", "\e[5~"]), ("sort", ["s"]),
        ("fold", ["\e[A", " ", " "]), ("filter", ["/", "0", "1", "\e"]),
    ];

    /// <param name="servers">
    /// Addresses of a server, or of those of a cluster, with JetStream and without users. The stream SUPERLOOP must not be there.
    /// </param>
    public static async Task RunAsync(string binary, string[] servers, FleetSize size, TextWriter output)
    {
        var cancel = CancellationToken.None;
        var settings = new NatsSettings { Servers = servers };
        var generator = new FleetGenerator(binary, settings, size);
        await using (generator.ConfigureAwait(false))
        {
            var start = Stopwatch.GetTimestamp();
            var messages = await generator.PreloadAsync(cancel).ConfigureAwait(false);
            var published = Stopwatch.GetElapsedTime(start).TotalSeconds;
            await SayAsync(output, $"{size.Sprites} sprites, {size.Loops} loops each: {messages} messages, {published:0.0} s to publish")
                .ConfigureAwait(false);

            var homes = new[] { Home(servers), Home(servers) };
            try
            {
                // The sprite of the seed is one more.
                var all = string.Create(CultureInfo.InvariantCulture, $"{size.Sprites + 1} sprites");
                using (var program = new PtyProgram(Command(binary, homes[0])))
                {
                    await ListedAsync(output, "first start", program, all).ConfigureAwait(false);
                    await Task.Delay(Each / 4, TimeProvider.System, cancel).ConfigureAwait(false);
                    await RestAsync(output, "all moving", program, () => generator.MoveAsync(Each, cancel)).ConfigureAwait(false);
                    await Task.Delay(Each / 4, TimeProvider.System, cancel).ConfigureAwait(false);
                    await RestAsync(output, "nothing moving", program, async () =>
                    {
                        await Task.Delay(Each, TimeProvider.System, cancel).ConfigureAwait(false);
                        return 0;
                    }).ConfigureAwait(false);
                    foreach (var (name, keys) in Keys)
                    {
                        await PressedAsync(output, name, program, keys).ConfigureAwait(false);
                    }

                    using var other = new PtyProgram(Command(binary, homes[1]));
                    await ListedAsync(output, "another screen", other, all).ConfigureAwait(false);
                    await Task.Delay(Each / 4, TimeProvider.System, cancel).ConfigureAwait(false);
                    await RestAsync(output, "all moving, two screens", program, () => generator.MoveAsync(Each, cancel))
                        .ConfigureAwait(false);
                    await QuitAsync(program).ConfigureAwait(false);
                }

                using var again = new PtyProgram(Command(binary, homes[0]));
                await ListedAsync(output, "second start", again, all).ConfigureAwait(false);
            }
            finally
            {
                foreach (var home in homes)
                {
                    home.Delete(recursive: true);
                }
            }
        }
    }

    private static string Command(string binary, DirectoryInfo home) =>
        $"env XDG_CONFIG_HOME='{home.FullName}' XDG_STATE_HOME='{home.FullName}' '{binary}' --fleet --fresh";

    /// <summary>A folder of settings and state that names the servers.</summary>
    private static DirectoryInfo Home(string[] servers)
    {
        var home = Directory.CreateTempSubdirectory("ops-fleet-");
        var settings = Directory.CreateDirectory(Path.Combine(home.FullName, "ops-manager"));
        File.WriteAllText(
            Path.Combine(settings.FullName, "config.yaml"),
            $"nats: {{ servers: [{string.Join(", ", servers.Select(static server => $"'{server}'"))}] }}\n");
        return home;
    }

    /// <summary>A session that ends in order leaves the next one what it knows.</summary>
    private static async Task QuitAsync(PtyProgram program)
    {
        program.Type("q");
        await Task.Delay(Each / 4, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Only what has changed is sent, so the screen is asked for as a whole until its header counts all sprites, and none as not read.
    /// </summary>
    private static async Task ListedAsync(TextWriter output, string name, PtyProgram program, string wanted)
    {
        while (true)
        {
            program.Forget();
            program.Type("\f");
            if (program.Has(
                text => text.Contains(wanted, StringComparison.Ordinal) && !text.Contains("not read yet", StringComparison.Ordinal),
                TimeSpan.FromMilliseconds(100)) is { } at)
            {
                var took = Stopwatch.GetElapsedTime(program.StartedAt, at).TotalSeconds;
                await SayAsync(
                    output,
                    $"""
                    {name}: {wanted} after {took:0.00} s; {program.Resident.Now:0} MiB, {program.ProcessorOfAll.TotalSeconds:0.0} s CPU
                    """)
                    .ConfigureAwait(false);
                return;
            }

            if (Stopwatch.GetElapsedTime(program.StartedAt) > Patience)
            {
                throw new TimeoutException($"\"{wanted}\" did not come");
            }
        }
    }

    private static async Task PressedAsync(TextWriter output, string name, PtyProgram program, string[] keys)
    {
        Figures times = new();
        for (var press = 0; press < 60; press++)
        {
            // Not in step with the clock, whose second would be taken for the answer.
            await Task.Delay(TimeSpan.FromMilliseconds(70 + (press * 7 % 40)), TimeProvider.System, CancellationToken.None)
                .ConfigureAwait(false);
            var before = program.Bytes;
            var at = Stopwatch.GetTimestamp();
            program.Type(keys[press % keys.Length]);
            if (program.WaitBeyond(before, TimeSpan.FromSeconds(2)) is { } answered)
            {
                times.Add(Stopwatch.GetElapsedTime(at, answered).TotalMilliseconds);
            }
        }

        await SayAsync(output, $"key {name}: {times.Median:0.0} ms median, {times.At(0.95):0.0} ms p95").ConfigureAwait(false);
    }

    private static async Task RestAsync(TextWriter output, string name, PtyProgram program, Func<Task<int>> work)
    {
        var (cpu, sent, start) = (program.ProcessorOfAll, program.Bytes, Stopwatch.GetTimestamp());
        var messages = await work().ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        var (used, written) = (program.ProcessorOfAll - cpu, program.Bytes - sent);
        await SayAsync(
            output,
            $"{name}: {messages / took.TotalSeconds:0} messages/s, {used.TotalSeconds:0.00} s CPU of {took.TotalSeconds:0.0} s")
            .ConfigureAwait(false);
        await SayAsync(
            output,
            $"{name}: {written / took.TotalSeconds:0} bytes/s, {program.Resident.Now:0} MiB, peak {program.Resident.Peak:0} MiB")
            .ConfigureAwait(false);
    }

    private static Task SayAsync(TextWriter output, FormattableString text) =>
        output.WriteLineAsync($"fleet    {text.ToString(CultureInfo.InvariantCulture)}");
}
