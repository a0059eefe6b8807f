using System.Text.Json;
using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class HeadlessVerbTests
{
    private static string Log => ArtifactPaths.Events(Shell.Loop);

    private static string Cursor => ArtifactPaths.EventsCursor(Shell.Loop);

    [Theory]
    [InlineData("approval-approved", 11223, "awaiting_approval")]
    [InlineData("completes", long.MaxValue, "complete")]
    [InlineData("max-iterations", long.MaxValue, "stopped")]
    [InlineData("cancelled", long.MaxValue, "unknown")]
    [InlineData("hostile-text", long.MaxValue, "complete")]
    public async Task A_snapshot_follows_the_schema_and_says_the_contract_status(string tape, long atMs, string status)
    {
        using var shell = Shell.At(tape, atMs);

        var result = await shell.LoopAsync("snapshot");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        await Schema.AssertValidAsync("loop-run-snapshot", result.Output);
        using var snapshot = JsonDocument.Parse(result.Output);
        Assert.Equal(status, snapshot.RootElement.GetProperty("run").GetProperty("status").GetString());
        var lines = (await File.ReadAllLinesAsync(shell.Full(Log), TestContext.Current.CancellationToken)).Length;
        Assert.Equal(lines, snapshot.RootElement.GetProperty("sequence").GetProperty("value").GetInt64());
        Assert.Equal(lines, snapshot.RootElement.GetProperty("artifacts").GetProperty("events").GetProperty("lineCount").GetInt64());
    }

    [Fact]
    public async Task Events_are_handed_out_once_and_from_the_start_on_request()
    {
        using var shell = Shell.At("hostile-text");
        var lines = (await File.ReadAllLinesAsync(shell.Full(Log), TestContext.Current.CancellationToken)).Length;

        var first = await shell.LoopAsync("events", "--max-events", "5");
        var rest = await shell.LoopAsync("events");
        var none = await shell.LoopAsync("events");
        var again = await shell.LoopAsync("events", "--from-start", "--max-events", "1");

        Assert.Equal((5, lines - 5, 0, 1), (first.Lines.Count, rest.Lines.Count, none.Lines.Count, again.Lines.Count));
        foreach (var line in first.Lines.Concat(rest.Lines))
        {
            await Schema.AssertValidAsync("loop-run-event", line);
        }

        await Schema.AssertValidAsync("cursor", shell.Read(Cursor));
        Assert.Contains("\"eventLineOffset\": 1,", shell.Read(Cursor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_its_newline_is_not_handed_out_until_it_has_one()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("events");
        shell.Append(Log, """{"timestamp":"2026-11-22T19:30:00Z","event":"later"}""");

        var before = await shell.LoopAsync("events");
        shell.Append(Log, "\n");
        var after = await shell.LoopAsync("events");

        Assert.Empty(before.Lines);
        Assert.Contains("\"name\":\"later\"", Assert.Single(after.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snapshot", "--loop", "nobody", "required artifact missing: ")]
    [InlineData("events", "--loop", "../..", "cannot be a loop")]
    public async Task A_loop_that_is_not_there_is_named(string verb, string option, string loop, string message)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync(verb, "--repo", shell.Root, option, loop);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    public static TheoryData<string, string> BrokenLines => new()
    {
        { "not json", "invalid JSON in " },
        { """{"event":"x"}""", "event envelope is invalid: " },
        { """{"timestamp":"2026-11-22T19:30:00Z"}""", "event envelope is invalid: " },
        { "[]", "event envelope is invalid: " },
        { "\0\0\0", "invalid JSON in " },
        { new string('[', 5000), "invalid JSON in " },
    };

    [Theory]
    [MemberData(nameof(BrokenLines))]
    public async Task A_broken_line_fails_closed_with_its_number_and_moves_nothing(string line, string message)
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("events", "--max-events", "3");
        await shell.LoopAsync("reconcile", "--max-events", "3");
        var kept = new[] { Cursor, $"{ArtifactPaths.Manager(Shell.Loop)}/cursor.json", $"{ArtifactPaths.Manager(Shell.Loop)}/state.json" };
        var before = kept.Select(shell.Read).ToArray();
        shell.Append(Log, line + "\n");

        foreach (var verb in new[] { "events", "reconcile", "snapshot", "project" })
        {
            var result = await shell.LoopAsync(verb);

            Assert.Equal(1, result.ExitCode);
            Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
            Assert.Contains("line 51", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, kept.Select(shell.Read));
    }

    [Fact]
    public async Task A_cursor_beyond_the_log_is_refused_and_stays()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("events");
        var kept = shell.Read(Cursor);
        shell.Write(
            Log, string.Join('\n', (await File.ReadAllLinesAsync(shell.Full(Log), TestContext.Current.CancellationToken)).Take(3)) + "\n");

        var result = await shell.LoopAsync("events");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("cursor offset (50) exceeds available events (3)", result.Error, StringComparison.Ordinal);
        Assert.Equal(kept, shell.Read(Cursor));
    }

    [Theory]
    [InlineData("{", "invalid JSON in cursor file")]
    [InlineData("null", "it holds null")]
    [InlineData(
        """{"schemaVersion":"v2","repoPath":"x","loopId":"checkout-flow","eventsFile":"x","eventLineOffset":0,"eventLineCount":0,"updatedAt":"2026-11-22T19:00:00Z"}""",
        "cannot be used: schemaVersion")]
    [InlineData(
        """{"schemaVersion":"v1","repoPath":"x","loopId":"other","eventsFile":"x","eventLineOffset":0,"eventLineCount":0,"updatedAt":"2026-11-22T19:00:00Z"}""",
        "it belongs to loop \"other\"")]
    public async Task A_cursor_that_is_not_ours_is_refused(string text, string message)
    {
        using var shell = Shell.At("completes");
        shell.Write(Cursor, text);

        var result = await shell.LoopAsync("events");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(text, shell.Read(Cursor));
    }

    [Fact]
    public async Task A_file_that_stays_torn_is_an_error_after_a_while()
    {
        using var shell = Shell.At("completes");
        shell.Write(ArtifactPaths.State, "{\"active\":");

        var result = await shell.WithTimeRunningAsync(shell.LoopAsync("snapshot"));

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("invalid JSON in ", result.Error, StringComparison.Ordinal);
        Assert.Contains("state.json: line 1", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approval-approved", 11223, "awaiting_approval", "high")]
    [InlineData("rerun-after-complete", 15985, "complete", "high")]
    [InlineData("cancelled", long.MaxValue, "unknown", "low")]
    public async Task Reconcile_keeps_a_state_that_follows_its_schema(string tape, long atMs, string state, string confidence)
    {
        using var shell = Shell.At(tape, atMs);

        var result = await shell.LoopAsync("reconcile", "--trace-id", "t-1");
        var status = await shell.LoopAsync("status");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        await Schema.AssertValidAsync("manager-state", result.Output);
        var manager = ArtifactPaths.Manager(Shell.Loop);
        await Schema.AssertValidAsync("manager-state", shell.Read($"{manager}/state.json"));
        await Schema.AssertValidAsync("manager-health", shell.Read($"{manager}/health.json"));
        await Schema.AssertValidAsync("sequence-state", shell.Read($"{manager}/sequence-state.json"));
        await Schema.AssertValidAsync("cursor", shell.Read($"{manager}/cursor.json"));
        await Schema.AssertValidAsync("status", status.Output);
        using var kept = JsonDocument.Parse(result.Output);
        var transition = kept.RootElement.GetProperty("transition");
        Assert.Equal(
            (state, confidence), (transition.GetProperty("currentState").GetString(), transition.GetProperty("confidence").GetString()));
        Assert.Equal("t-1", kept.RootElement.GetProperty("trace").GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task A_second_reconcile_ingests_only_what_is_new_and_knows_the_state_before()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await shell.LoopAsync("reconcile");
        shell.Append(
            Log,
            """{"timestamp":"2026-11-22T19:19:40Z","event":"approval_decision","run_id":"2026-11-22T19:19:21Z","iteration":1,"role":"human","status":"approved"}"""
                + "\n");

        using var second = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output);

        Assert.Equal("awaiting_approval", second.RootElement.GetProperty("transition").GetProperty("previousState").GetString());
        Assert.Equal("event:approval_decision", second.RootElement.GetProperty("transition").GetProperty("triggeringSignal").GetString());
        Assert.Equal(1, second.RootElement.GetProperty("evidence").GetProperty("eventsIngested").GetInt64());
    }

    [Fact]
    public async Task A_failed_reconcile_prints_the_health_and_counts_the_streak()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        shell.Append(Log, "broken\n");

        string[] codes = [];
        for (var streak = 1; streak <= 4; streak++)
        {
            var result = await shell.LoopAsync("reconcile");
            await Schema.AssertValidAsync("manager-health", result.Output);
            using var health = JsonDocument.Parse(result.Output);
            Assert.Equal(streak, health.RootElement.GetProperty("observations").GetProperty("transportFailureStreak").GetInt32());
            Assert.Equal(streak < 4 ? "degraded" : "critical", health.RootElement.GetProperty("status").GetString());
            codes = [.. health.RootElement.GetProperty("reasonCodes").EnumerateArray().Select(static code => code.GetString()!)];
        }

        Assert.Equal(["transport_unreachable"], codes);
    }

    [Fact]
    public async Task A_log_that_was_cut_is_a_regression_when_it_is_read_from_the_start_of_another_cursor()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        shell.Write(
            Log, string.Join('\n', (await File.ReadAllLinesAsync(shell.Full(Log), TestContext.Current.CancellationToken)).Take(3)) + "\n");
        File.Delete(shell.Full($"{ArtifactPaths.Manager(Shell.Loop)}/cursor.json"));

        using var state = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output);

        Assert.True(state.RootElement.GetProperty("divergence").GetProperty("flags").GetProperty("cursorRegression").GetBoolean());
        Assert.Equal("ordering_drift_detected", state.RootElement.GetProperty("sequence").GetProperty("status").GetString());
        Assert.Equal("low", state.RootElement.GetProperty("transition").GetProperty("confidence").GetString());
        Assert.Contains(
            "divergence_detected", state.RootElement.GetProperty("health").GetProperty("reasonCodes").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_from_files_says_what_project_from_the_loop_says()
    {
        using var shell = Shell.At("rerun-after-complete", 15985);
        await File.WriteAllTextAsync(
            shell.Full("snapshot.json"), (await shell.LoopAsync("snapshot")).Output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            shell.Full("events.jsonl"), (await shell.LoopAsync("events")).Output, TestContext.Current.CancellationToken);

        var live = await shell.LoopAsync("project");
        var fromFiles =
            await shell.LoopAsync("project", "--snapshot-file", shell.Full("snapshot.json"), "--events-file", shell.Full("events.jsonl"));

        await Schema.AssertValidAsync("manager-state", fromFiles.Output);
        foreach (var part in new[] { "run", "transition", "projection", "cursor", "divergence", "evidence" })
        {
            using var one = JsonDocument.Parse(live.Output);
            using var other = JsonDocument.Parse(fromFiles.Output);
            Assert.Equal(one.RootElement.GetProperty(part).GetRawText(), other.RootElement.GetProperty(part).GetRawText());
        }
    }

    [Fact]
    public async Task Validate_names_the_kind_of_every_file_that_we_write()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        await File.WriteAllTextAsync(
            shell.Full("snapshot.json"), (await shell.LoopAsync("snapshot", "--pretty")).Output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            shell.Full("events.jsonl"), (await shell.LoopAsync("events")).Output, TestContext.Current.CancellationToken);
        var manager = ArtifactPaths.Manager(Shell.Loop);

        var result = await shell.RunAsync(
            "validate", shell.Full("snapshot.json"), shell.Full("events.jsonl"), shell.Full($"{manager}/state.json"),
            shell.Full($"{manager}/health.json"), shell.Full($"{manager}/cursor.json"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            ["loop_run_snapshot v1", "loop_run_event v1, 50 lines", "manager state v1", "health v1", "cursor v1"],
            result.Lines.Select(static line => line.Split(": valid ")[1].TrimEnd()));
    }

    [Theory]
    [InlineData("""{"schemaVersion":"v2","envelopeType":"loop_run_event"}""", "schemaVersion must be \"v1\"")]
    [InlineData("""{"schemaVersion":"v1","envelopeType":"loop_run_event"}""", "event envelope is invalid")]
    [InlineData("""{"schemaVersion":"v1","envelopeType":"something"}""", "envelopeType is \"something\"")]
    [InlineData("""{"hello":1}""", "it is no envelope")]
    [InlineData("{", "invalid JSON in")]
    [InlineData("", "the file is empty")]
    public async Task Validate_says_what_is_wrong(string text, string message)
    {
        using var shell = Shell.At("completes");
        await File.WriteAllTextAsync(shell.Full("file.json"), text, TestContext.Current.CancellationToken);

        var result = await shell.RunAsync("validate", shell.Full("file.json"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../loops")]
    [InlineData("a/b")]
    public async Task A_loop_id_leads_nowhere_else(string loop)
    {
        using var shell = Shell.At("completes");
        var before = shell.Everything();

        foreach (var verb in new[] { "snapshot", "events", "project", "reconcile", "status" })
        {
            var result = await shell.RunAsync(verb, "--repo", shell.Root, "--loop", loop);

            Assert.Equal(1, result.ExitCode);
            Assert.Contains("cannot be a loop", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, shell.Everything());
    }

    [Theory]
    [InlineData("events", "--max-events", "x")]
    [InlineData("events", "--max-events", "-1")]
    [InlineData("reconcile", "--retry-attempts", "-1")]
    [InlineData("reconcile", "--retry-backoff-seconds", "-3")]
    [InlineData("reconcile", "--critical-ingest-lag-seconds", "0")]
    [InlineData("reconcile", "--critical-ingest-lag-seconds", "soon")]
    [InlineData("reconcile", "--threshold-profile", "lazy")]
    public async Task An_option_that_makes_no_sense_is_refused(string verb, string option, string value)
    {
        using var shell = Shell.At("completes");

        var result = await shell.LoopAsync(verb, option, value);

        Assert.Equal(1, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task A_cancel_that_was_asked_for_another_loop_explains_the_run_that_it_stopped()
    {
        // The shared files tell of the other loop since, and nobody remembers what was seen before.
        using var shell = Shell.At("cancel-while-other");
        Directory.CreateDirectory(shell.Full(Path.GetDirectoryName(ArtifactPaths.ControlRows("invoice-export"))!));
        shell.Write(
            ArtifactPaths.ControlRows("invoice-export"),
            """
            {"timestamp":"2026-11-23T11:20:11Z","phase":"started","loopId":"invoice-export","idempotencyKey":"k","intent":"cancel","requestedBy":"builder","aim":{"pid":32115,"pidLoop":"checkout-flow","at":"2026-11-23T11:20:11Z"} }
            {"timestamp":"2026-11-23T11:20:12Z","phase":"finished","loopId":"invoice-export","idempotencyKey":"k","intent":"cancel","requestedBy":"builder","outcome":"observed","evidence":[{"source":"process","fact":"it is gone","path":null}]}

            """);

        var loops = await shell.RunAsync("loops", "--repo", shell.Root);
        var state = JsonDocument.Parse((await shell.LoopAsync("reconcile")).Output).RootElement;
        var assessment = state.GetProperty("assessment");

        Assert.Contains("checkout-flow   stopped", loops.Output, StringComparison.Ordinal);
        Assert.Equal("cancelled by builder at 11:20:12Z", assessment.GetProperty("reason").GetString());
        Assert.All(
            assessment.GetProperty("findings").EnumerateArray(),
            static finding => Assert.Equal("cancelled", finding.GetProperty("explainedBy").GetString()));
        Assert.True(state.GetProperty("divergence").GetProperty("flags").GetProperty("activeMismatch").GetBoolean());
        Assert.Equal("degraded", state.GetProperty("health").GetProperty("status").GetString());
        await Schema.AssertValidAsync("manager-state", state.GetRawText());
    }

    [Fact]
    public async Task Watch_without_lines_is_refused()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("watch", "--repo", shell.Root);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--lines", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.json")]
    [InlineData("health.json")]
    [InlineData("telemetry/transport-health.json")]
    public async Task A_reconcile_that_cannot_keep_its_result_prints_a_health_and_moves_no_cursor(string file)
    {
        using var shell = Shell.At("completes");
        Directory.CreateDirectory(shell.Full($"{ArtifactPaths.Manager(Shell.Loop)}/{file}"));

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal(1, result.ExitCode);
        await Schema.AssertValidAsync("manager-health", result.Output);
        Assert.NotEmpty(result.Error);
        Assert.False(File.Exists(shell.Full($"{ArtifactPaths.Manager(Shell.Loop)}/cursor.json")));
    }

    [Fact]
    public async Task Every_file_that_reconcile_keeps_is_valid()
    {
        using var shell = Shell.At("heartbeat-stale", 154901, loop: "search-index");
        await shell.RunAsync("reconcile", "--repo", shell.Root, "--loop", "search-index");

        foreach (var file in new[] {
            "state.json", "health.json", "cursor.json", "heartbeat.json", "sequence-state.json", "telemetry/transport-health.json"
        })
        {
            var result = await shell.RunAsync("validate", shell.Full($"{ArtifactPaths.Manager("search-index")}/{file}"));
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
        }
    }
}
