using System.Text.Json;
using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>
/// What <c>reconcile</c> prints, keeps and answers with, as scripts read it (docs/contract.md, "Health", "Manager files").
/// </summary>
public sealed class ReconcileRecordVerbTests
{
    private static readonly string Manager = ArtifactPaths.Manager(Shell.Loop);
    private static readonly string Log = ArtifactPaths.Events(Shell.Loop);

    [Fact]
    public async Task Where_there_is_no_superloop_the_failure_is_a_health_that_is_printed_and_kept()
    {
        using var shell = Shell.Bare();

        var result = await shell.LoopAsync("reconcile", "--trace-id", "t-1");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("required artifact missing: ", result.Error, StringComparison.Ordinal);
        foreach (var health in new[] { result.Output, shell.Read($"{Manager}/health.json") })
        {
            await Schema.AssertValidAsync("manager-health", health);
            Assert.Equal("degraded t-1", JsonPath.All(health, "status", "traceId"));
            Assert.Equal(
                "local failed snapshot_unavailable snapshot_unavailable",
                JsonPath.All(
                    health, "transport.mode", "transport.ingestStatus", "transport.failureCode", "transport.lastFailureCode"));
        }

        Assert.False(File.Exists(shell.Full($"{Manager}/state.json")));
        Assert.False(File.Exists(shell.Full($"{Manager}/cursor.json")));
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_refused_and_not_made()
    {
        using var shell = Shell.Bare();

        var result = await shell.RunAsync("reconcile", "--repo", shell.Full("nowhere"), "--loop", Shell.Loop);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("name a repository", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shell.Full("nowhere")));
    }

    [Theory]
    [InlineData("missing", "snapshot_unavailable", "transport_unreachable")]
    [InlineData("no log", "snapshot_unavailable", "transport_unreachable")]
    [InlineData("broken line", "events_unavailable", "transport_unreachable")]
    [InlineData("broken sequence", "projection_failed", "projection_failed")]
    public async Task A_failure_has_one_reason_and_its_code(string what, string code, string reason)
    {
        using var shell = Shell.At("completes");
        switch (what)
        {
            case "missing":
                Directory.Delete(shell.Full(ArtifactPaths.Loop(Shell.Loop)), recursive: true);
                break;
            case "no log":
                File.Delete(shell.Full(Log));
                break;
            case "broken line":
                shell.Append(Log, "broken\n");
                break;
            default:
                shell.Write($"{Manager}/sequence-state.json", "{");
                break;
        }

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"[\"{reason}\"]", JsonPath.At(result.Output, "reasonCodes"));
        Assert.Equal($"{code} {code}", JsonPath.All(result.Output, "transport.failureCode", "failureCode"));
        Assert.Equal(reason, JsonDocument.Parse(JsonPath.At(result.Output, "reasons")).RootElement[0].GetProperty("code").GetString());
        Assert.Equal(
            $"failed {code} skipped_ingest_failed [\"{reason}\"]",
            JsonPath.All(Row(shell, "reconcile"), "status", "failureCode", "sequenceStatus", "healthReasonCodes"));
    }

    [Fact]
    public async Task A_success_has_the_way_it_was_read_in_health_state_and_telemetry()
    {
        using var shell = Shell.At("heartbeat-stale", 154901, loop: "search-index");
        string[] loop = ["--repo", shell.Root, "--loop", "search-index"];

        var result = await shell.RunAsync(["reconcile", .. loop, "--trace-id", "t-7"]);

        var manager = ArtifactPaths.Manager("search-index");
        string Kept(string file) => shell.Read($"{manager}/{file}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "local success null null",
            JsonPath.All(
                result.Output, "health.transport.mode", "health.transport.ingestStatus", "health.transport.failureCode",
                "health.transport.lastFailureCode"));
        Assert.Equal("t-7 t-7", JsonPath.All(result.Output, "trace.traceId", "trace.reconcileTraceId"));
        Assert.Equal("t-7 search-index local ok", JsonPath.All(Kept("sequence-state.json"), "traceId", "loopId", "transport", "status"));
        Assert.Equal(
            "false false false",
            JsonPath.All(
                Kept("sequence-state.json"), "transition.previousDriftActive", "transition.transitionedToDrift",
                "transition.recoveredFromDrift"));
        var heartbeat = Kept("heartbeat.json");
        Assert.Equal("runtime_heartbeat_stale t-7 local", JsonPath.All(heartbeat, "reasonCode", "traceId", "transport"));
        Assert.Contains(JsonPath.At(heartbeat, "freshnessStatus"), new[] { "degraded", "critical" });
        Assert.Equal(JsonPath.At(heartbeat, "heartbeat.timestamp"), JsonPath.At(heartbeat, "lastHeartbeatAt"));
        Assert.Equal(JsonPath.At(heartbeat, "lagSeconds"), JsonPath.At(heartbeat, "heartbeatLagSeconds"));
        var row = Last(Kept("telemetry/reconcile.jsonl"));
        Assert.Equal(
            "success 0 false 0 3 1 balanced",
            JsonPath.All(
                row, "status", "durationSeconds", "fromStart", "maxEvents", "retryAttempts", "retryBackoffSeconds", "thresholdProfile"));
        Assert.Equal(
            $"{JsonPath.At(result.Output, "health.status")} {JsonPath.At(result.Output, "health.reasonCodes")}",
            JsonPath.All(row, "healthStatus", "healthReasonCodes"));
        Assert.Equal(
            "runtime_heartbeat envelope_sequence",
            $"{JsonPath.At(Last(Kept("telemetry/heartbeat.jsonl")), "category")} "
                + JsonPath.At(Last(Kept("telemetry/sequence.jsonl")), "category"));
        Assert.Equal("success 0 t-7", JsonPath.All(Kept("telemetry/transport-health.json"), "lastResult", "failureStreak", "traceId"));
    }

    [Fact]
    public async Task A_cut_log_that_is_read_from_its_start_is_drift_in_every_part_of_the_document_and_escalated()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        shell.Write(Log, string.Join('\n', shell.Read(Log).Split('\n').Take(3)) + "\n");

        var result = await shell.LoopAsync("reconcile", "--from-start");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "true true low", JsonPath.All(result.Output, "divergence.any", "divergence.flags.cursorRegression", "transition.confidence"));
        Assert.Equal(
            "ordering_drift_detected true true [\"snapshot_sequence_regression\",\"event_sequence_regression\"]",
            JsonPath.All(result.Output, "sequence.status", "sequence.driftActive", "sequence.snapshot.regressed", "sequence.violations"));
        Assert.Equal(
            "50 true true",
            JsonPath.All(
                result.Output, "sequence.events.previousLast", "sequence.events.regressed", "sequence.transition.transitionedToDrift"));
        Assert.Equal("degraded", JsonPath.At(result.Output, "health.status"));
        Assert.Equal(
            ["divergence_detected", "health_degraded", "ordering_drift_detected"],
            shell.Read($"{Manager}/escalations.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static row => JsonPath.At(row, "category"))
                .Order(StringComparer.Ordinal));
        var cited = JsonPath.Find(result.Output, "assessment.findings")!.Value.EnumerateArray()
            .SelectMany(static finding => finding.GetProperty("evidence").EnumerateArray())
            .Select(static evidence => evidence.GetProperty("path").GetString())
            .OfType<string>();
        Assert.DoesNotContain($"{Manager}/rollout.json", cited);

        var next = await shell.LoopAsync("reconcile");
        Assert.Equal("ok true", JsonPath.All(next.Output, "sequence.status", "sequence.transition.recoveredFromDrift"));
    }

    [Fact]
    public async Task A_log_that_is_whole_is_read_from_its_start_without_drift()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");

        var result = await shell.LoopAsync("reconcile", "--from-start");

        Assert.Equal("ok false []", JsonPath.All(result.Output, "sequence.status", "divergence.any", "sequence.violations"));
    }

    [Fact]
    public async Task Files_that_the_user_names_take_the_place_of_the_usual_ones()
    {
        using var shell = Shell.At("completes");
        string[] flags =
        [
            "cursor-file", "state-file", "sequence-state-file", "sequence-telemetry-file", "heartbeat-state-file",
            "heartbeat-telemetry-file",
        ];
        string[] named = [.. flags.SelectMany(flag => new[] { $"--{flag}", shell.Full($"own/{flag}") })];

        for (var pass = 0; pass < 2; pass++)
        {
            var result = await shell.LoopAsync("reconcile", named);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Equal(pass == 0 ? "50" : "0", JsonPath.At(result.Output, "evidence.eventsIngested"));
        }

        Assert.Equal(flags.Order(), Directory.GetFiles(shell.Full("own")).Select(Path.GetFileName).Order());
        Assert.Equal(2, shell.Read("own/sequence-telemetry-file").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(
            ["reconcile.jsonl", "transport-health.json"],
            Directory.GetFiles(shell.Full($"{Manager}/telemetry")).Select(Path.GetFileName).Order());
        Assert.False(File.Exists(shell.Full($"{Manager}/state.json")));

        var status = await shell.LoopAsync(
            "status", "--state-file", shell.Full("own/state-file"), "--cursor-file", shell.Full("own/cursor-file"));
        Assert.Equal("complete 50", JsonPath.All(status.Output, "lifecycle.state", "cursor.eventLineOffset"));
    }

    [Theory]
    [InlineData("reconcile", "--retry-attempts", "0")]
    [InlineData("status", "--summary-window", "0")]
    public async Task A_number_below_one_is_refused(string verb, string option, string value)
    {
        using var shell = Shell.At("completes");

        var result = await shell.LoopAsync(verb, option, value);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("must be 1 or more", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_this_host_a_failure_is_told_at_once_however_many_attempts_a_service_would_get()
    {
        using var shell = Shell.Bare();

        // The clock stands: a wait would never end.
        Assert.Equal(1, (await shell.LoopAsync("reconcile", "--retry-attempts", "5", "--retry-backoff-seconds", "60")).ExitCode);
        Assert.Equal("5 60", JsonPath.All(Row(shell, "reconcile"), "retryAttempts", "retryBackoffSeconds"));
    }

    [Fact]
    public async Task The_help_says_what_an_attempt_is_and_how_many_there_are()
    {
        using var shell = Shell.Bare();

        var help = await shell.RunAsync("reconcile", "--help");

        Assert.Contains("How often a service is asked", help.Output, StringComparison.Ordinal);
        Assert.Contains("Default: 3.", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_come_from_the_file_that_is_named()
    {
        using var shell = Shell.At("heartbeat-stale", 154901, loop: "search-index");
        string[] reconcile = ["reconcile", "--repo", shell.Root, "--loop", "search-index", "--thresholds-file", shell.Full("t.json")];
        shell.Write("t.json", """
            {"schemaVersion":"v1","defaultProfile":"calm","profiles":{
            "calm":{"degradedIngestLagSeconds":900000,"criticalIngestLagSeconds":9000000,"degradedTransportFailureStreak":3,
            "criticalTransportFailureStreak":6},
            "odd":{"degradedIngestLagSeconds":9,"criticalIngestLagSeconds":8,"degradedTransportFailureStreak":1,
            "criticalTransportFailureStreak":1}}}
            """);

        var calm = await shell.RunAsync(reconcile);
        var none = await shell.RunAsync([.. reconcile, "--threshold-profile", "strict"]);
        var odd = await shell.RunAsync([.. reconcile, "--threshold-profile", "odd"]);
        shell.Write("t.json", """{"schemaVersion":"v2","profiles":{}}""");
        var newer = await shell.RunAsync(reconcile);

        Assert.Equal("calm 900000 300", JsonPath.All(
            calm.Output, "health.thresholds.profile", "health.thresholds.degradedIngestLagSeconds",
            "health.thresholds.criticalHeartbeatLagSeconds"));
        Assert.Equal([1, 1, 1], new[] { none.ExitCode, odd.ExitCode, newer.ExitCode });
        Assert.Contains("it has no profile \"strict\"; it has calm, odd", none.Error, StringComparison.Ordinal);
        Assert.Contains("a critical limit is below the degraded one", odd.Error, StringComparison.Ordinal);
        Assert.Contains("t.json cannot be used: it must have \"schemaVersion\": \"v1\"", newer.Error, StringComparison.Ordinal);
    }

    private static string Row(Shell shell, string name) => Last(shell.Read($"{Manager}/telemetry/{name}.jsonl"));

    private static string Last(string rows) => rows.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
}
