using System.Diagnostics;
using System.Globalization;
using OpsManager.Benchmarks.Screen;
using OpsManager.Sources.Nats;

namespace OpsManager.Benchmarks.Fleet;

/// <summary>The screen over a fleet on a NATS server that is running: how long it takes to show all, and what it costs.</summary>
internal static class FleetMeasures
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20);

    /// <param name="server">Address of a server with JetStream and without users. Its stream SUPERLOOP must not be there.</param>
    /// <param name="perSecond">Messages a second while everything moves.</param>
    public static async Task RunAsync(string binary, string server, int sprites, int loops, int perSecond, TextWriter output)
    {
        var cancel = CancellationToken.None;
        var settings = new NatsSettings { Servers = [server] };
        var generator = new FleetGenerator(binary, settings, sprites, loops);
        await using (generator.ConfigureAwait(false))
        {
            var start = Stopwatch.GetTimestamp();
            var messages = await generator.PreloadAsync(cancel).ConfigureAwait(false);
            await SayAsync(output, $"{sprites} sprites, {loops} loops each, {messages} messages: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s to publish")
                .ConfigureAwait(false);

            var home = Directory.CreateTempSubdirectory("ops-fleet-");
            try
            {
                Directory.CreateDirectory(Path.Combine(home.FullName, "ops-manager"));
                await File.WriteAllTextAsync(
                    Path.Combine(home.FullName, "ops-manager", "config.yaml"), $"nats: {{ servers: ['{server}'] }}\n", cancel)
                    .ConfigureAwait(false);
                using var program = new PtyProgram(
                    $"XDG_CONFIG_HOME='{home.FullName}' XDG_STATE_HOME='{home.FullName}' '{binary}' --fleet --fresh");
                // The title of the list counts all runs when all are known; the loop of the seed is one more.
                var count = ((sprites * loops) + 1).ToString("N0", CultureInfo.InvariantCulture);
                var full = program.WaitFor(count, Patience);
                await SayAsync(output, $"all {count} runs listed after {Stopwatch.GetElapsedTime(program.StartedAt, full).TotalSeconds:0.00} s; {program.Resident.Now:0} MiB")
                    .ConfigureAwait(false);
                await RestAsync(output, "all moving", program, () => generator.MoveAsync(perSecond, Each, cancel)).ConfigureAwait(false);
                await RestAsync(output, "nothing moving", program, async () =>
                {
                    await Task.Delay(Each, TimeProvider.System, cancel).ConfigureAwait(false);
                    return 0;
                }).ConfigureAwait(false);
            }
            finally
            {
                home.Delete(recursive: true);
            }
        }
    }

    private static async Task RestAsync(TextWriter output, string name, PtyProgram program, Func<Task<int>> work)
    {
        var (cpu, sent, start) = (program.Processor, program.Bytes, Stopwatch.GetTimestamp());
        var messages = await work().ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        await SayAsync(
            output,
            $"{name}: {messages / took.TotalSeconds:0} messages/s, {(program.Processor - cpu).TotalSeconds:0.00} s CPU of {took.TotalSeconds:0.0} s, {(program.Bytes - sent) / took.TotalSeconds:0} bytes/s, {program.Resident.Now:0} MiB, peak {program.Resident.Peak:0} MiB")
            .ConfigureAwait(false);
    }

    private static Task SayAsync(TextWriter output, FormattableString text) =>
        output.WriteLineAsync($"fleet    {text.ToString(CultureInfo.InvariantCulture)}");
}
