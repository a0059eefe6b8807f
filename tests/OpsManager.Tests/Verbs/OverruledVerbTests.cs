using System.Text.Json;
using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>That a confirmed decision was overruled later is noticed by whichever verb runs next, on real files, and told once.</summary>
public sealed class OverruledVerbTests : IDisposable
{
    private const string Run = "2026-11-22T19:19:21Z", Requested = "2026-11-22T19:19:29Z";

    private const string Who =
        """
        "timestamp":"2026-11-22T19:19:30Z","loopId":"checkout-flow","idempotencyKey":"k1","intent":"approve","requestedBy":"builder"
        """;

    private static readonly string Kept = ArtifactPaths.Manager(Shell.Loop);

    /// <summary>Builder approved, which was confirmed by approval.json.</summary>
    private readonly Shell shell = Shell.At("approval-approved", 11425);

    public OverruledVerbTests()
    {
        Directory.CreateDirectory(shell.Full($"{Kept}/telemetry"));
        var observed = ""","outcome":"observed","evidence":[{"source":"approval","fact":"approved by builder"}]""";
        shell.Append(ArtifactPaths.ControlRows(Shell.Loop), Step("started", "") + Step("finished", observed));
        shell.Append(
            ArtifactPaths.Intents(Shell.Loop), $$"""{{{Who}},"transport":"local","status":"confirmed","confirmed":true}""" + "\n");
    }

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Status_notices_it_and_writes_nothing_else()
    {
        Assert.Equal(0, (await shell.LoopAsync("reconcile")).ExitCode);
        var before = shell.Everything();
        Assert.Equal("confirmed", LastStatus(await shell.LoopAsync("status")));
        Assert.Equal(before, shell.Everything());
        Overrule("rejected", "bob");
        before = shell.Everything();

        var status = await shell.LoopAsync("status");

        Assert.Equal((0, "ambiguous"), (status.ExitCode, LastStatus(status)));
        await Schema.AssertValidAsync("status", status.Output);
        Told("bob has rejected it");
        var grown = shell.Everything().Except(before).Select(static file => Path.GetFileName(file.Split(' ')[0]));
        Assert.Equal(
            ["control-invocations.jsonl", "control.jsonl", "escalations.jsonl", "intents.jsonl"],
            grown.Where(static name => name != "manager.lock").Order(StringComparer.Ordinal));
        before = shell.Everything();
        Assert.Equal("ambiguous", LastStatus(await shell.LoopAsync("status")));
        Assert.Equal(before, shell.Everything());
    }

    [Fact]
    public async Task Reconcile_notices_it_and_its_own_health_says_so()
    {
        Overrule("rejected", null);

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal(0, result.ExitCode);
        var health = JsonDocument.Parse(result.Output).RootElement.GetProperty("health");
        Assert.Contains("\"control_ambiguous\"", health.GetProperty("reasonCodes").GetRawText(), StringComparison.Ordinal);
        Told("another decision is in force: rejected");
        await shell.LoopAsync("reconcile");
        Told("another decision is in force: rejected");
    }

    [Fact]
    public async Task Several_that_notice_it_at_once_tell_it_once()
    {
        await shell.LoopAsync("reconcile");
        Overrule("rejected", "bob");

        var verbs = Enumerable.Range(0, 6).Select(i => Task.Run(() => shell.LoopAsync(i % 2 == 0 ? "status" : "reconcile")));
        await shell.WithTimeRunningAsync(Task.WhenAll(verbs));

        Told("bob has rejected it");
    }

    [Theory]
    [InlineData("approved", "bob", Requested)] // an equal decision
    [InlineData("rejected", "bob", "2026-11-22T19:25:00Z")] // on another request
    public async Task What_does_not_overrule_it_adds_nothing(string decision, string by, string requested)
    {
        await shell.LoopAsync("reconcile");
        Overrule(decision, by, requested);
        var before = shell.Everything();

        Assert.Equal("confirmed", LastStatus(await shell.LoopAsync("status")));

        Assert.Equal(before, shell.Everything());
    }

    [Fact]
    public async Task Where_it_cannot_be_looked_at_status_says_so_and_prints_what_was_kept()
    {
        await shell.LoopAsync("reconcile");
        shell.Write(ArtifactPaths.Approval(Shell.Loop), "[]");

        var status = await shell.LoopAsync("status");

        Assert.Equal((0, "confirmed"), (status.ExitCode, LastStatus(status)));
        Assert.Contains("it is not known whether a confirmed decision was overruled", status.Error, StringComparison.Ordinal);
    }

    /// <summary>One row in each place, and the rows of before as they were.</summary>
    private void Told(string why)
    {
        var steps = Rows("telemetry/control.jsonl");
        Assert.Equal(["started", "finished", "late"], steps.Select(static row => row.GetProperty("phase").GetString()));
        Assert.Equal(("contradicted", why), (steps[2].GetProperty("outcome").GetString(), steps[2].GetProperty("why").GetString()));
        Assert.Equal(Requested, steps[2].GetProperty("aim").GetProperty("requestedAt").GetString());
        var intents = Rows("intents.jsonl");
        Assert.Equal(["confirmed", "ambiguous"], intents.Select(static row => row.GetProperty("status").GetString()));
        Assert.Equal("contradicted", intents[1].GetProperty("reasonCode").GetString());
        var outcome = Assert.Single(Rows("telemetry/control-invocations.jsonl")).GetProperty("outcome");
        Assert.Equal("contradicted", outcome.GetProperty("reasonCode").GetString());
        Assert.Single(Rows("escalations.jsonl"), static row => row.GetProperty("category").GetString() == "control_ambiguous");
    }

    private List<JsonElement> Rows(string file) =>
        [
            .. shell.Read($"{Kept}/{file}").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static row => JsonDocument.Parse(row).RootElement),
        ];

    private static string? LastStatus(Shell.Result status) =>
        JsonDocument.Parse(status.Output).RootElement.GetProperty("control").GetProperty("lastStatus").GetString();

    private void Overrule(string decision, string? by, string requested = Requested) => shell.Write(
        ArtifactPaths.Approval(Shell.Loop),
        $$"""{"status":"{{decision}}","run_id":"{{Run}}","iteration":1,"requested_at":"{{requested}}","decided_by":{{Quoted(by)}} }""");

    private static string Quoted(string? name) => name is null ? "null" : $"\"{name}\"";

    private static string Step(string phase, string more)
    {
        var aim = $$"""{"runId":"{{Run}}","iteration":1,"at":"2026-11-22T19:19:30Z","events":3,"requestedAt":"{{Requested}}"}""";
        return $$"""{{{Who}},"phase":"{{phase}}","timeoutSeconds":30,"exitCode":0,"aim":{{aim}}{{more}}}""" + "\n";
    }
}
