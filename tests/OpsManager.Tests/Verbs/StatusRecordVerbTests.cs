using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>What <c>status</c> prints, as scripts read it (docs/contract.md, "Command line").</summary>
public sealed class StatusRecordVerbTests
{
    private static readonly string Manager = ArtifactPaths.Manager(Shell.Loop);

    [Fact]
    public async Task After_a_first_reconcile_that_failed_it_answers_from_the_health_that_was_kept()
    {
        using var shell = Shell.Bare();
        var before = await shell.LoopAsync("status");
        await shell.LoopAsync("reconcile", "--trace-id", "t-1");

        var status = await shell.LoopAsync("status");

        Assert.Equal((1, ""), (before.ExitCode, before.Output));
        Assert.Contains("run \"ops-manager reconcile", before.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (status.ExitCode, status.Error));
        await Schema.AssertValidAsync("status", status.Output);
        Assert.Equal("unknown null null null", JsonPath.All(
            status.Output, "lifecycle.state", "lifecycle.confidence", "lifecycle.runId", "lifecycle.iteration"));
        Assert.Equal("degraded snapshot_unavailable 0", JsonPath.All(
            status.Output, "health.status", "health.transport.failureCode", "cursor.eventLineOffset"));
        Assert.Equal("failed local snapshot_unavailable 0 t-1", JsonPath.All(
            status.Output, "reconcile.lastStatus", "reconcile.lastTransport", "reconcile.lastFailureCode",
            "reconcile.lastDurationSeconds", "reconcile.lastTraceId"));
    }

    [Fact]
    public async Task Control_and_its_audit_have_the_names_that_scripts_look_for()
    {
        using var shell = Shell.At("completes");
        Row(shell, "intents.jsonl", "\"requestedBy\":\"ada\",\"status\":\"confirmed\"");
        Row(shell, "telemetry/control-invocations.jsonl", """
            "schemaVersion":"v1","execution":{"status":"succeeded","replayed":false},"confirmation":{"status":"confirmed"},
            """.Trim() + "\"outcome\":{\"status\":\"confirmed\"}");
        await shell.LoopAsync("reconcile", "--trace-id", "t-2");

        var status = (await shell.LoopAsync("status")).Output;

        await Schema.AssertValidAsync("status", status);
        Assert.Equal("approve confirmed ada 2026-11-22T19:00:00Z t-2", JsonPath.All(
            status, "control.lastIntent", "control.lastStatus", "control.lastRequestedBy", "control.lastTimestamp",
            "control.lastTraceId"));
        Assert.Equal("succeeded confirmed confirmed false", JsonPath.All(
            status, "visibility.invocationAudit.executionStatus", "visibility.invocationAudit.confirmationStatus",
            "visibility.invocationAudit.outcomeStatus", "visibility.invocationAudit.replayed"));
        Assert.Equal("t-2 t-2 t-2 t-2 t-2", JsonPath.All(
            status, "visibility.trace.snapshotTraceId", "visibility.trace.eventsTraceId", "visibility.trace.controlTraceId",
            "visibility.trace.sequenceTraceId", "visibility.trace.heartbeatTraceId"));
        Assert.Equal("t-2 t-2 t-2 t-2", JsonPath.All(
            status, "visibility.trace.sharedTraceId", "visibility.trace.reconcileTraceId",
            "visibility.trace.controlInvocationTraceId", "visibility.sequence.traceId"));
        Assert.Equal("50 50", JsonPath.All(status, "visibility.sequence.snapshotCurrent", "visibility.sequence.eventsLast"));
    }

    [Fact]
    public async Task Health_has_its_reasons_metrics_and_evidence()
    {
        using var shell = Shell.At("heartbeat-stale", 154901, loop: "search-index");
        string[] loop = ["--repo", shell.Root, "--loop", "search-index"];
        await shell.RunAsync(["reconcile", .. loop]);

        var status = (await shell.RunAsync(["status", .. loop])).Output;

        var reason = JsonPath.Find(status, "health.reasons")!.Value.EnumerateArray()
            .Single(static one => one.GetProperty("code").GetString() == "runtime_heartbeat_stale").GetRawText();
        Assert.Equal("heartbeatLagSeconds", JsonPath.At(reason, "metric"));
        Assert.Equal(JsonPath.At(status, "health.metrics.heartbeatLagSeconds"), JsonPath.At(reason, "observed"));
        Assert.Equal("running 0 ok", JsonPath.All(
            status, "health.metrics.lifecycleState", "health.metrics.transportFailureStreak", "health.metrics.sequenceStatus"));
        Assert.Equal(
            JsonPath.At(status, "visibility.heartbeat.lastHeartbeatAt"), JsonPath.At(status, "health.evidence.lastHeartbeatAt"));
        Assert.Equal("runtime_heartbeat_stale", JsonPath.At(status, "visibility.heartbeat.reasonCode"));
    }

    [Fact]
    public async Task The_window_says_how_many_of_the_newest_rows_are_summed_up()
    {
        using var shell = Shell.At("completes");
        for (var pass = 0; pass < 3; pass++)
        {
            await shell.LoopAsync("reconcile");
        }

        shell.Append(ArtifactPaths.Events(Shell.Loop), "broken\n");
        await shell.LoopAsync("reconcile");

        var all = (await shell.LoopAsync("status")).Output;
        var two = (await shell.LoopAsync("status", "--summary-window", "2")).Output;

        const string Observed = "tuning.telemetrySummary.observed";
        Assert.Equal("200 balanced 4 3 1", JsonPath.All(
            all, "tuning.summaryWindow", "tuning.appliedProfile", $"{Observed}.reconcileAttempts", $"{Observed}.reconcileSuccessCount",
            $"{Observed}.reconcileFailedCount"));
        Assert.Equal("2 2 1 relaxed low", JsonPath.All(
            two, "tuning.summaryWindow", $"{Observed}.reconcileAttempts", $"{Observed}.reconcileFailedCount",
            "tuning.recommendedProfile", "tuning.confidence"));
        Assert.Equal("[{\"code\":\"transport_unreachable\",\"count\":1}]", JsonPath.At(two, $"{Observed}.health.reasonCodeFrequency"));
    }

    [Fact]
    public async Task Every_file_can_be_named()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile", "--trace-id", "t-3");
        Directory.Move(shell.Full(Manager), shell.Full("moved"));
        shell.Write("moved/intents.jsonl", """{"intent":"cancel","requestedBy":"bob","status":"confirmed"}""" + "\n");
        shell.Write("moved/drift.json", """{"status":"aligned"}""");
        shell.Write("moved/drift.jsonl", "");
        shell.Write("moved/alerts.json", """{"status":"dispatched","processedCount":2}""");
        shell.Write("moved/alerts.jsonl", """{"status":"dispatched","traceId":"t-3"}""" + "\n");
        shell.Write("moved/inv.jsonl", """{"intent":"cancel","execution":{"status":"succeeded"}}""" + "\n");
        (string Flag, string File)[] named =
        [
            ("state-file", "state.json"), ("cursor-file", "cursor.json"), ("health-file", "health.json"),
            ("intents-file", "intents.jsonl"),
            ("heartbeat-state-file", "heartbeat.json"), ("heartbeat-telemetry-file", "telemetry/heartbeat.jsonl"),
            ("sequence-state-file", "sequence-state.json"), ("sequence-telemetry-file", "telemetry/sequence.jsonl"),
            ("control-invocations-file", "inv.jsonl"), ("drift-state-file", "drift.json"), ("drift-history-file", "drift.jsonl"),
            ("alert-dispatch-state-file", "alerts.json"), ("alert-dispatch-telemetry-file", "alerts.jsonl"),
        ];

        var status = await shell.LoopAsync(
            "status", [.. named.SelectMany(one => new[] { $"--{one.Flag}", shell.Full($"moved/{one.File}") })]);

        Assert.Equal((0, ""), (status.ExitCode, status.Error));
        Assert.Equal("complete healthy 50 bob", JsonPath.All(
            status.Output, "lifecycle.state", "health.status", "cursor.eventLineOffset", "control.lastRequestedBy"));
        Assert.Equal("t-3 t-3 succeeded", JsonPath.All(
            status.Output, "visibility.trace.heartbeatTraceId", "visibility.trace.sequenceTraceId",
            "visibility.invocationAudit.executionStatus"));
        Assert.Equal("aligned dispatched t-3 t-3", JsonPath.All(
            status.Output, "drift.status", "alerts.dispatch.status", "alerts.lastDelivery.traceId", "visibility.trace.alertTraceId"));
        Assert.Equal(shell.Full("moved/health.json"), JsonPath.At(status.Output, "files.healthFile"));
    }

    private static void Row(Shell shell, string file, string fields)
    {
        const string Head = $$"""
            "timestamp":"2026-11-22T19:00:00Z","loopId":"{{Shell.Loop}}","intent":"approve","traceId":"t-2","transport":"local"
            """;
        shell.Write($"{Manager}/{file}", $"{{{Head},{fields}}}\n");
    }
}
