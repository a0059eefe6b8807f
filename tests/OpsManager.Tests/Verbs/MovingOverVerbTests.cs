using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Tests.Service;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>
/// The manager's files as another tool writes them are read by us, and ours have all that it looks for (docs/contract.md, "Moving over
/// and back"). Cases/moving/reference has one of each file, made by hand.
/// </summary>
public sealed class MovingOverVerbTests
{
    private static readonly string Manager = ArtifactPaths.Manager(Shell.Loop);

    private static string Reference => RepoRoot.Combine("tests", "OpsManager.Tests", "Cases", "moving", "reference");

    [Fact]
    public async Task A_directory_that_the_other_tool_kept_is_shown_as_it_says()
    {
        using var shell = Moved();

        var status = await shell.LoopAsync("status");

        Assert.Equal((0, ""), (status.ExitCode, status.Error));
        await Schema.AssertValidAsync("status", status.Output);
        Assert.Equal("running high 2026-11-29T08:00:00Z 1", JsonPath.All(
            status.Output, "lifecycle.state", "lifecycle.confidence", "lifecycle.runId", "lifecycle.iteration"));
        Assert.Equal("degraded [\"control_ambiguous\"] 2 2", JsonPath.All(
            status.Output, "health.status", "health.reasonCodes", "cursor.eventLineOffset", "cursor.eventLineCount"));
        Assert.Equal("approve ambiguous ada trace-before", JsonPath.All(
            status.Output, "control.lastIntent", "control.lastStatus", "control.lastRequestedBy", "control.lastTraceId"));
        Assert.Equal("success 2 fresh ok succeeded ambiguous trace-before", JsonPath.All(
            status.Output, "reconcile.lastStatus", "reconcile.lastDurationSeconds", "visibility.heartbeat.freshnessStatus",
            "visibility.sequence.status", "visibility.invocationAudit.executionStatus", "visibility.invocationAudit.outcomeStatus",
            "visibility.trace.sharedTraceId"));
        Assert.Equal("aligned", JsonPath.At(status.Output, "drift.status"));
    }

    [Fact]
    public async Task A_pass_goes_on_where_the_other_tool_stopped_and_keeps_what_is_not_ours()
    {
        using var shell = Moved();

        var result = await shell.LoopAsync("reconcile", "--trace-id", "trace-after");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("running 1 3 3", JsonPath.All(
            result.Output, "transition.previousState", "evidence.eventsIngested", "sequence.events.first", "sequence.snapshot.current"));
        Assert.Equal("false ok 2 2", JsonPath.All(
            result.Output, "divergence.any", "sequence.status", "sequence.events.previousLast", "sequence.snapshot.previous"));
        Assert.Equal("[\"control_ambiguous\"]", JsonPath.At(result.Output, "health.reasonCodes"));
        Assert.Equal("aligned balanced", JsonPath.All(
            shell.Read($"{Manager}/state.json"), "drift.status", "tuning.appliedProfile"));
        Assert.Equal("3 3", JsonPath.All(shell.Read($"{Manager}/cursor.json"), "eventLineOffset", "fingerprint.eventLineOffset"));
        Assert.DoesNotContain("control_unreviewed", JsonPath.At(result.Output, "assessment.findings"), StringComparison.Ordinal);

        // Rows are only added.
        Assert.Equal(2, Rows(shell, "telemetry/reconcile.jsonl").Length);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Reference, "intents.jsonl"), TestContext.Current.CancellationToken),
            shell.Read($"{Manager}/intents.jsonl"));
    }

    [Fact]
    public async Task Its_state_is_taken_by_project_and_replaced()
    {
        using var shell = Moved();

        var result = await shell.LoopAsync("project", "--state-file", shell.Full($"{Manager}/state.json"));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("running false aligned", JsonPath.All(
            shell.Read($"{Manager}/state.json"), "transition.previousState", "divergence.any", "drift.status"));
    }

    [Fact]
    public async Task Answers_that_the_other_tool_stored_stay_beside_ours_and_stop_nothing()
    {
        using var repo = new LiveRepo();
        repo.AskApproval();
        RunningService.PutCommand(repo);
        var file = Path.Combine(repo.Root, ArtifactPaths.Manager(LiveRepo.Loop), "service-idempotency.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(Path.Combine(Reference, "service-idempotency.json"), file);
        await using var service = await RunningService.StartAsync(repo.Root);
        using var client = new HttpClient();
        using var body = new StringContent(
            $$"""{"loopId":"{{LiveRepo.Loop}}","intent":"approve","by":"ada","idempotencyKey":"k-9"}""",
            System.Text.Encoding.UTF8, "application/json");

        var answer = await client.PostAsync(
            new Uri($"{service.Address.TrimEnd('/')}/ops/control"), body, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("200 confirmed 200", JsonPath.All(kept, "k-0.statusCode", "k-0.body.result.status", "k-9.status"));
    }

    [Fact]
    public async Task The_first_pass_has_no_status_before_it_and_says_so_as_the_other_tool_does()
    {
        using var shell = Moved(withFiles: false);

        var project = await shell.LoopAsync("project");
        var first = await shell.LoopAsync("reconcile");
        var second = await shell.LoopAsync("reconcile");
        var over = await shell.LoopAsync("reconcile", "--from-start");

        await Schema.AssertValidAsync("manager-state", first.Output);
        Assert.Equal(
            ["none", "none", "running", "none"],
            new[] { project, first, second, over }.Select(static result => JsonPath.At(result.Output, "transition.previousState")));
        Assert.Equal(0, (await shell.RunAsync("validate", shell.Full($"{Manager}/state.json"))).ExitCode);
    }

    [Fact]
    public async Task A_drift_that_the_other_tool_saw_is_over_when_we_see_none()
    {
        using var shell = Moved();
        var file = $"{Manager}/sequence-state.json";
        shell.Write(file, shell.Read(file).Replace(
            "\"status\":\"ok\",\"driftActive\":false", "\"status\":\"ordering_drift_detected\",\"driftActive\":true",
            StringComparison.Ordinal));

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal("ok true true", JsonPath.All(
            result.Output, "sequence.status", "sequence.transition.previousDriftActive", "sequence.transition.recoveredFromDrift"));
    }

    public static TheoryData<string> WhatReconcileWrites =>
    [
        "state.json", "cursor.json", "health.json", "heartbeat.json", "sequence-state.json", "telemetry/reconcile.jsonl",
        "telemetry/heartbeat.jsonl", "telemetry/sequence.jsonl", "telemetry/transport-health.json",
    ];

    [Theory]
    [MemberData(nameof(WhatReconcileWrites))]
    public async Task Whatever_the_other_tool_looks_for_in_its_file_is_in_ours_as_the_same_kind_of_value(string file)
    {
        using var shell = Moved(withFiles: false);
        await shell.LoopAsync("reconcile");

        var theirs = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(Reference, file), TestContext.Current.CancellationToken)).RootElement;
        var ours = JsonDocument.Parse(file.EndsWith(".jsonl", StringComparison.Ordinal)
            ? Rows(shell, file)[^1]
            : shell.Read($"{Manager}/{file}")).RootElement;

        Assert.Empty(Missing(theirs, ours, ""));
    }

    /// <summary>
    /// Of the state: what the other tool writes and nobody reads, its own paths and copies; and parts that are only its own.
    /// </summary>
    private static readonly string[] NotOurs =
    [
        ".evidence.snapshotFile", ".evidence.eventsFile", ".evidence.snapshotEnvelope", ".evidence.lastEventEnvelope", ".drift", ".tuning",
    ];

    private static IEnumerable<string> Missing(JsonElement theirs, JsonElement ours, string path)
    {
        foreach (var field in theirs.EnumerateObject().Where(field => !NotOurs.Contains($"{path}.{field.Name}")))
        {
            var at = $"{path}.{field.Name}";
            if (!ours.TryGetProperty(field.Name, out var value))
            {
                yield return $"{at} is missing";
            }
            else if (field.Value.ValueKind == JsonValueKind.Object && value.ValueKind == JsonValueKind.Object)
            {
                foreach (var fault in Missing(field.Value, value, at))
                {
                    yield return fault;
                }
            }
            else if (Kind(field.Value) is { } kind && Kind(value) is { } found && kind != found)
            {
                yield return $"{at} is {found}, theirs is {kind}";
            }
        }
    }

    /// <summary>Null where it may be anything.</summary>
    private static string? Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        var kind => kind.ToString(),
    };

    private static string[] Rows(Shell shell, string file) =>
        shell.Read($"{Manager}/{file}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A run at its third line; the other tool has read two.</summary>
    private static Shell Moved(bool withFiles = true)
    {
        var shell = Shell.At("completes", atMs: -1);
        shell.Time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 8, 0, 20, TimeSpan.Zero));
        shell.Write(ArtifactPaths.State, $$"""
            {"active":true,"loop_index":0,"iteration":1,"current_loop_id":"{{Shell.Loop}}","updated_at":"2026-11-29T08:00:00Z"}
            """);
        shell.Write(ArtifactPaths.Heartbeat(Shell.Loop), """
            {"schemaVersion":"v1","timestamp":"2026-11-29T08:00:13Z","source":"runtime","status":"running","stage":"iteration"}
            """);
        shell.Write(ArtifactPaths.Events(Shell.Loop), string.Concat(new[] { "loop_start", "role_start", "role_end" }.Select(static name =>
            $$"""{"timestamp":"2026-11-29T08:00:02Z","event":"{{name}}","run_id":"2026-11-29T08:00:00Z","iteration":1}""" + "\n")));
        foreach (var file in withFiles ? Directory.GetFiles(Reference, "*", SearchOption.AllDirectories) : [])
        {
            shell.Write($"{Manager}/{Path.GetRelativePath(Reference, file)}", File.ReadAllText(file));
        }

        return shell;
    }
}
