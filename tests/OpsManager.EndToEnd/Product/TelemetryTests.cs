using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>What the screen and <c>watch</c> tell a collector, and write into a log file, of the same run.</summary>
[SupportedOSPlatform("linux")]
public sealed class TelemetryTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly Collector collector = new();
    private readonly string log = Path.Combine(Directory.CreateTempSubdirectory("ops-manager-log-").FullName, "ops.log");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        collector.Dispose();
        repo.Dispose();
        Directory.Delete(Path.GetDirectoryName(log)!, recursive: true);
    }

    [Fact]
    public async Task Watch_tells_the_collector_and_the_log_file_of_a_transition_and_an_alert()
    {
        using var watch = new RunningProgram(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint.ToString() },
            "watch", "--lines", "--repo", repo.Root, "--log-file", log);
        await watch.LineAsync("lifecycle  running");
        repo.Kill();
        await watch.LineAsync("finding  process_gone");

        Assert.True(Eventually.Is(() => collector.Metric("ops_manager.alerts.raised") is not null, Patience));
        await watch.SignalAsync("INT");
        await watch.HasEndedAsync();

        Assert.Equal(["program.started", "loop.transition", "alert.raised", "program.ended"], Events(
            "program.started", "loop.transition", "alert.raised", "program.ended"));
        Assert.Contains(Lines(), line => (string?)line["alert"] == "process_gone" && (string?)line["repository"] == repo.Root);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
    }

    [Fact]
    public async Task The_screen_tells_the_collector_and_the_log_file_and_prints_the_phases_of_its_start()
    {
        await using var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root} --fresh --log-file {log} --profile-start; echo left $?; exec sh", 100, 40, Cancel,
            new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint.ToString() });
        async Task Shows(string part) => await screen.WaitForAsync(
            text => text.Contains(part, StringComparison.Ordinal), Patience, Cancel);
        await Shows("running");
        repo.AskApproval();
        await Shows("1 waiting");

        Assert.True(Eventually.Is(() => collector.Metric("ops_manager.loop.transitions") is not null, Patience));
        await screen.PressAsync(Cancel, "q");
        await Shows("left 0");

        foreach (var phase in (string[])["runtime ready", "settings read", "terminal taken", "first byte", "first full frame"])
        {
            await Shows($"ms  {phase}");
        }

        Assert.Contains(Lines(), static line =>
            (string?)line["event"] == "loop.transition" && (string?)line["to"] == "awaiting_approval");
        Assert.Equal("program.ended", (string?)Lines()[^1]["event"]);
    }

    private JsonNode[] Lines() => [.. File.ReadAllLines(log).Select(static line => JsonNode.Parse(line)!)];

    /// <summary>The first of each of these, in the order of the file.</summary>
    private string[] Events(params string[] wanted) =>
        [.. Lines().Select(static line => (string)line["event"]!).Where(wanted.Contains).Distinct()];
}
