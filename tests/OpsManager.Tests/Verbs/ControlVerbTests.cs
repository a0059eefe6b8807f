using System.Text.Json.Nodes;
using OpsManager.Contract;
using OpsManager.Tests.Service;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>What scripts rely on of <c>control</c>: over a real service, by a command of this host, and where nothing answers.</summary>
public sealed class ControlVerbTests : IDisposable
{
    private static readonly string Loop = LiveRepo.Loop;

    private readonly LiveRepo repo = new();
    private readonly Shell home = Shell.At("completes");
    private readonly TempRepo state = new();

    public ControlVerbTests()
    {
        home.Variables["XDG_STATE_HOME"] = state.Root;
        home.Variables["HOME"] = state.Root;
        repo.AskApproval();
        RunningService.PutCommand(repo);
    }

    public void Dispose()
    {
        state.Dispose();
        home.Dispose();
        repo.Dispose();
    }

    [Fact]
    public async Task Over_a_service_the_repository_that_is_named_holds_the_record_and_the_answer()
    {
        await using var service = await RunningService.StartAsync(repo.Root);
        using var kept = new TempRepo();

        var result = await OverAsync(
            service.Address, "--repo", kept.Root, "--intent", "approve", "--by", "ada", "--idempotency-key", "k-1");

        Assert.Equal((0, "confirmed"), (result.ExitCode, Text(result.Output, "status")));
        var row = Last(kept.Root, "intents.jsonl");
        var answer = JsonNode.Parse((string)row["commandOutput"]!)!;
        Assert.Equal((true, 0, false), ((bool)answer["ok"]!, (int)answer["exitCode"]!, (bool)answer["replayed"]!));
        Assert.Equal("confirmed", (string?)answer["result"]!["status"]);
        Assert.Equal("confirmed", (string?)Last(kept.Root, "telemetry/control.jsonl")["status"]);
        var invocation = Last(kept.Root, "telemetry/control-invocations.jsonl");
        Assert.Equal((3, 1), ((int)invocation["request"]!["retryAttempts"]!, (int)invocation["request"]!["retryBackoffSeconds"]!));
        Assert.False((bool)invocation["execution"]!["replayed"]!);
        await RunAsync(
            "reconcile", "--transport", "sprite_service", "--service-base-url", service.Address, "--repo", kept.Root, "--loop", Loop);
        var status = await home.RunAsync("status", "--repo", kept.Root, "--loop", Loop);
        Assert.Contains("\"lastIntent\":\"approve\"", status.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_again_adds_a_row_that_says_that_it_was_replayed_and_sends_nothing()
    {
        await using var service = await RunningService.StartAsync(repo.Root);
        using var kept = new TempRepo();
        string[] request = ["--repo", kept.Root, "--intent", "approve", "--by", "ada", "--idempotency-key", "k-1"];
        await OverAsync(service.Address, request);

        var again = await OverAsync(service.Address, request);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(1, RunningService.Commands(repo));
        Assert.Equal(2, Rows(kept.Root, "intents.jsonl").Length);
        var answer = JsonNode.Parse((string)Last(kept.Root, "intents.jsonl")["commandOutput"]!)!;
        Assert.True((bool)answer["replayed"]!);
        Assert.True((bool)Last(kept.Root, "telemetry/control-invocations.jsonl")["execution"]!["replayed"]!);
    }

    [Theory]
    [InlineData(401, "refused the token (401)")]
    [InlineData(null, "cannot be reached")]
    public async Task A_service_that_does_not_take_it_leaves_a_row_an_escalation_and_exit_1(int? status, string why)
    {
        await using var other = new ScriptedService((_, _) => status is { } code
            ? ScriptedService.Json(code, """{"ok":false,"error":{"code":"unauthorized","message":"no"}}""")
            : null);
        using var kept = new TempRepo();

        var result = await OverAsync(
            other.Address, "--repo", kept.Root, "--intent", "approve", "--by", "ada", "--idempotency-key", "k-1", "--retry-attempts", "1");

        Assert.Equal((1, "failed_command"), (result.ExitCode, Text(result.Output, "status")));
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ("failed_command", "service_request_failed"),
            (Text(Last(kept.Root, "intents.jsonl"), "status"), Text(Last(kept.Root, "intents.jsonl"), "reasonCode")));
        Assert.Equal("control_failed_command", Text(Last(kept.Root, "escalations.jsonl"), "category"));
        // Nothing was sent, so the key is as good as new.
        await using var service = await RunningService.StartAsync(repo.Root);
        var later = await OverAsync(
            service.Address, "--repo", kept.Root, "--intent", "approve", "--by", "ada", "--idempotency-key", "k-1");
        Assert.Equal((0, 1), (later.ExitCode, RunningService.Commands(repo)));
    }

    [Fact]
    public async Task A_confirmation_has_the_fields_of_the_scripts_and_the_evidence_beside_them()
    {
        var result = await RunAsync("control", "--repo", repo.Root, "--loop", Loop, "--intent", "approve", "--by", "ada");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var confirm = JsonNode.Parse(result.Output)!["confirm"]!.AsObject();
        Assert.Equal(
            ("approve", true, 30.0, "approved"),
            ((string?)confirm["intent"], (bool)confirm["confirmed"]!, (double)confirm["timeoutSeconds"]!,
                (string?)confirm["observedApprovalStatus"]));
        Assert.True((int)confirm["attempts"]! >= 1);
        Assert.NotEmpty(confirm["evidence"]!.AsArray());
        Assert.NotNull(confirm["observedAt"]);
        var invocation = Last(repo.Root, "telemetry/control-invocations.jsonl")["confirmation"]!;
        Assert.Equal("approval_observed", (string?)invocation["outcome"]!["reason"]);
        Assert.Equal("observed", (string?)invocation["result"]);
    }

    [Fact]
    public async Task An_intent_is_told_to_the_collector_and_written_into_the_log_file()
    {
        using var collector = new Collector();
        var log = Path.Combine(state.Root, "ops.log");
        home.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint.ToString();

        var result = await RunAsync(
            "control", "--repo", repo.Root, "--loop", Loop, "--intent", "approve", "--by", "ada", "--log-file", log);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal(
            ["control approve", "control.command", "control.verification"], collector.Spans.Select(static span => (string?)span["name"]));
        var entries = File.ReadAllLines(log).Select(static line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(
            ["program.started", "control.started", "control.executed", "control.outcome", "program.ended"],
            entries.Select(static entry => (string?)entry["event"]));
        Assert.Equal(Text(Last(repo.Root, "telemetry/control.jsonl"), "traceId"), (string?)entries[3]["traceId"]);
        Assert.NotNull(entries[3]["evidence"]);
    }

    [Fact]
    public async Task A_time_of_zero_is_one_look()
    {
        RunningService.PutCommand(repo, "silent");

        var result = await RunAsync(
            "control", "--repo", repo.Root, "--loop", Loop, "--intent", "approve", "--by", "ada", "--timeout-seconds", "0",
            "--interval-seconds", "0");

        Assert.Contains(result.ExitCode, (int[])[0, 2]);
        Assert.NotEqual("", result.Output);
    }

    [Fact]
    public async Task What_was_not_verified_is_confirmed_later_and_sent_once()
    {
        string[] intent = ["--repo", repo.Root, "--loop", Loop, "--intent", "approve", "--by", "ada"];
        var sent = await RunAsync(["control", .. intent, "--no-confirm"]);
        Assert.Equal("executed_unconfirmed", Text(sent.Output, "status"));
        Assert.Equal("executed_unconfirmed", Text(Last(repo.Root, "telemetry/control.jsonl"), "status"));

        var confirmed = await RunAsync(["confirm", .. intent]);

        Assert.Equal((0, "confirmed"), (confirmed.ExitCode, Text(confirmed.Output, "status")));
        Assert.Equal(Text(sent.Output, "idempotencyKey"), Text(confirmed.Output, "idempotencyKey"));
        Assert.Equal("confirmed", Text(Last(repo.Root, "intents.jsonl"), "status"));
        Assert.Equal(1, RunningService.Commands(repo));
    }

    [Fact]
    public async Task What_was_done_by_hand_is_confirmed_and_recorded_once()
    {
        string[] reject = ["confirm", "--repo", repo.Root, "--loop", Loop, "--intent", "reject", "--by", "ada", "--timeout-seconds", "0"];
        string[] approve = ["confirm", "--repo", repo.Root, "--loop", Loop, "--intent", "approve", "--by", "ada"];
        var early = await RunAsync([.. approve, "--timeout-seconds", "0"]);
        Assert.Equal((2, "ambiguous"), (early.ExitCode, Text(early.Output, "status")));
        repo.DecideApproval("approved", "bob");

        var confirmed = await RunAsync(approve);

        Assert.Equal((0, "confirmed"), (confirmed.ExitCode, Text(confirmed.Output, "status")));
        Assert.Contains("bob", confirmed.Error, StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
        var rows = Rows(repo.Root, "intents.jsonl").Length;
        Assert.Equal(0, (await RunAsync(approve)).ExitCode);
        Assert.Equal(rows, Rows(repo.Root, "intents.jsonl").Length);
        var other = await RunAsync(reject);
        Assert.Equal((2, "contradicted"), (other.ExitCode, Text(other.Output, "reasonCode")));
    }

    [Fact]
    public async Task The_stage_of_the_repository_that_is_named_is_obeyed_over_a_service()
    {
        await using var service = await RunningService.StartAsync(repo.Root);
        using var kept = new TempRepo();
        Directory.CreateDirectory(Path.Combine(kept.Root, ArtifactPaths.Manager(Loop)));
        await File.WriteAllTextAsync(
            Path.Combine(kept.Root, ArtifactPaths.Manager(Loop), "rollout.json"),
            """{"schemaVersion":"v1","stage":"passive","changedAt":"2026-11-29T08:00:00Z","changedBy":"ada","reason":"not yet"}""",
            TestContext.Current.CancellationToken);

        var result = await OverAsync(service.Address, "--repo", kept.Root, "--intent", "approve", "--by", "ada");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("passive", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Equal(0, RunningService.Commands(repo));
    }

    [Fact]
    public async Task A_cancel_that_was_done_by_hand_is_confirmed_by_what_is_gone()
    {
        string[] cancel = ["confirm", "--repo", repo.Root, "--loop", Loop, "--intent", "cancel", "--by", "ada", "--timeout-seconds", "0"];
        var early = await RunAsync(cancel);
        repo.Kill();
        repo.Remove("state.json");
        repo.Remove("active-run.json");

        var confirmed = await RunAsync(cancel);

        Assert.Equal((2, "ambiguous"), (early.ExitCode, Text(early.Output, "status")));
        Assert.Equal((0, "confirmed"), (confirmed.ExitCode, Text(confirmed.Output, "status")));
        Assert.Equal("(by hand)", Text(confirmed.Output, "command"));
        Assert.Equal(0, RunningService.Commands(repo));
        var rows = Rows(repo.Root, "intents.jsonl").Length;
        Assert.Equal(0, (await RunAsync(cancel)).ExitCode);
        Assert.Equal(rows, Rows(repo.Root, "intents.jsonl").Length);
    }

    [Fact]
    public async Task A_cancel_is_not_confirmed_where_the_run_had_ended_by_itself()
    {
        repo.Append("loop_stop", data: """{"reason":"max_iterations"}""");
        repo.Kill();
        repo.Remove("state.json");
        repo.Remove("active-run.json");

        var result = await RunAsync(
            "confirm", "--repo", repo.Root, "--loop", Loop, "--intent", "cancel", "--by", "ada", "--timeout-seconds", "0");

        Assert.Equal((2, "ambiguous"), (result.ExitCode, Text(result.Output, "status")));
    }

    private Task<Shell.Result> OverAsync(string address, params string[] more) =>
        RunAsync(["control", "--transport", "sprite_service", "--service-base-url", address, "--loop", Loop, .. more]);

    private async Task<Shell.Result> RunAsync(params string[] args) => await home.WithTimeRunningAsync(home.RunAsync(args));

    private static string? Text(string json, string name) => Text(JsonNode.Parse(json)!, name);

    private static string? Text(JsonNode row, string name) => (string?)row[name];

    private static JsonNode Last(string root, string file) => JsonNode.Parse(Rows(root, file)[^1])!;

    private static string[] Rows(string root, string file) => File.ReadAllLines(Path.Combine(root, ArtifactPaths.Manager(Loop), file));
}
