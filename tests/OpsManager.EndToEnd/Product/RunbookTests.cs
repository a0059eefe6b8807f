using System.Globalization;
using System.Text.Json;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The verbs as a runbook calls them, each a process of its own: what they print, keep and answer with.</summary>
public sealed class RunbookTests : IDisposable
{
    private const string Token = "token-of-the-runbook";

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    public void Dispose()
    {
        home.Dispose();
        repo.Dispose();
    }

    [Fact]
    public async Task A_local_loop_is_read_polled_reconciled_and_its_status_asked()
    {
        var (read, snapshot, _) = await RunAsync("snapshot", repo.Root);
        Assert.Equal((0, "loop_run_snapshot", "2"), (read, At(snapshot, "envelopeType"), At(snapshot, "sequence", "value")));

        var (polled, events, _) = await RunAsync("events", repo.Root);
        repo.Append("role_start", "planner");
        var (polledAgain, news, _) = await RunAsync("events", repo.Root);
        Assert.Equal((0, 2, 0, 1), (polled, Lines(events), polledAgain, Lines(news)));

        var (reconciled, state, _) = await RunAsync("reconcile", repo.Root, "--trace-id", "t-1");
        Assert.Equal(
            (0, "running", "3", "ok"),
            (reconciled, At(state, "transition", "currentState"), At(state, "evidence", "eventsIngested"),
                At(state, "sequence", "status")));

        var (asked, status, _) = await RunAsync("status", repo.Root);
        Assert.Equal(
            (0, "running", "healthy", "success", "t-1"),
            (asked, At(status, "lifecycle", "state"), At(status, "health", "status"), At(status, "reconcile", "lastStatus"),
                At(status, "visibility", "trace", "sharedTraceId")));
    }

    [Fact]
    public async Task A_log_that_was_cut_fails_closed_until_it_is_read_from_its_start()
    {
        await RunAsync("events", repo.Root);
        await RunAsync("reconcile", repo.Root);
        repo.CutLog(1);

        var (polled, printed, why) = await RunAsync("events", repo.Root);
        Assert.Equal((1, ""), (polled, printed));
        Assert.StartsWith("cursor offset (2) exceeds available events (1)", why, StringComparison.Ordinal);
        var (refused, health, _) = await RunAsync("reconcile", repo.Root);
        Assert.Equal((1, "events_unavailable"), (refused, At(health, "transport", "failureCode")));

        // The state of before stands, and the health says that nothing newer could be read.
        var (asked, status, _) = await RunAsync("status", repo.Root);
        Assert.Equal(
            (0, "running", "degraded", "2"),
            (asked, At(status, "lifecycle", "state"), At(status, "health", "status"), At(status, "cursor", "eventLineOffset")));

        var (again, state, _) = await RunAsync("reconcile", repo.Root, "--from-start");
        Assert.Equal(
            (0, "True", "ordering_drift_detected", "degraded"),
            (again, At(state, "divergence", "flags", "cursorRegression"), At(state, "sequence", "status"),
                At(state, "health", "status")));
        var (next, after, _) = await RunAsync("reconcile", repo.Root);
        Assert.Equal((0, "False", "ok"), (next, At(after, "divergence", "any"), At(after, "sequence", "status")));
    }

    [Fact]
    public async Task Over_a_service_the_same_is_kept_and_each_way_to_fail_has_the_one_code()
    {
        using var service = Serve(repo.Root);
        var url = (await service.LineAsync("listening on")).Split(' ')[2];
        var place = home.File("kept");
        Directory.CreateDirectory(place);
        Task<(int Code, string Output, string Error)> Over(string token, params string[] more) => RunAsync(
            "reconcile", place,
            [
                "--transport", "sprite_service", "--service-base-url", url, "--service-token", token, "--retry-backoff-seconds", "0",
                .. more,
            ]);

        var (refused, health, why) = await Over("another");
        Assert.Equal((1, "service_request_failed"), (refused, At(health, "transport", "failureCode")));
        Assert.Contains("refused the token (401)", why, StringComparison.Ordinal);
        var (asked, status, _) = await RunAsync("status", place);
        Assert.Equal(
            (0, "unknown", "sprite_service"), (asked, At(status, "lifecycle", "state"), At(status, "health", "transport", "mode")));

        var (missing, none, _) = await Over(Token, "--loop", "nobody");
        Assert.Equal((1, "service_request_failed"), (missing, At(none, "transport", "failureCode")));

        var (reconciled, state, _) = await Over(Token, "--trace-id", "t-2");
        Assert.Equal(
            (0, "running", "sprite_service", "success"),
            (reconciled, At(state, "transition", "currentState"), At(state, "health", "transport", "mode"),
                At(state, "health", "transport", "ingestStatus")));
        Assert.Equal("sprite_service", At(File.ReadAllText(Kept(place, "sequence-state.json")), "transport"));

        await service.SignalAsync("TERM");
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
        var (gone, unreachable, message) = await Over(Token);
        Assert.Equal(
            (1, "service_request_failed", "[\"transport_unreachable\"]"),
            (gone, At(unreachable, "transport", "failureCode"), At(unreachable, "reasonCodes")));
        Assert.Contains("cannot be reached", message, StringComparison.Ordinal);
        var row = File.ReadLines(Kept(place, "telemetry/reconcile.jsonl")).Last();
        Assert.Equal(("failed", "3", "1"), (At(row, "status"), At(row, "retryAttempts"), At(row, "transportFailureStreak")));

        // What was read before is still there.
        var (_, last, _) = await RunAsync("status", place);
        Assert.Equal(("running", "failed"), (At(last, "lifecycle", "state"), At(last, "reconcile", "lastStatus")));
    }

    [Fact]
    public async Task A_service_that_was_started_before_the_first_run_answers_404_until_there_is_one()
    {
        var place = home.File("app");
        Directory.CreateDirectory(place);
        using var service = Serve(place);
        var url = (await service.LineAsync("listening on")).Split(' ')[2];
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Add("X-Ops-Token", Token);
        async Task<(int, string)> AskAsync(string path)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        var (before, error) = await AskAsync($"ops/snapshot?loopId={LiveRepo.Loop}");
        Assert.Equal((404, "not_found"), (before, At(error, "error", "code")));
        Assert.Equal(404, (await AskAsync($"ops/events?loopId={LiveRepo.Loop}")).Item1);
        Assert.Equal(200, (await AskAsync("healthz")).Item1);

        var loop = Path.Combine(place, ".superloop", "loops", LiveRepo.Loop);
        Directory.CreateDirectory(loop);
        await File.WriteAllTextAsync(
            Path.Combine(loop, "events.jsonl"),
            """{"timestamp":"2026-11-29T08:00:00Z","event":"loop_start","run_id":"r","iteration":1}""" + "\n",
            TestContext.Current.CancellationToken);
        var (after, snapshot) = await AskAsync($"ops/snapshot?loopId={LiveRepo.Loop}");
        Assert.Equal((200, "1"), (after, At(snapshot, "sequence", "value")));
    }

    private static string Kept(string place, string name) =>
        Path.Combine(place, ".superloop", "ops-manager", LiveRepo.Loop, name);

    private static int Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string At(string json, params string[] names)
    {
        using var document = JsonDocument.Parse(json);
        var at = document.RootElement;
        foreach (var name in names)
        {
            at = at.GetProperty(name);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{at}");
    }

    private static RunningProgram Serve(string root) => new(
        new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path, ["OPS_MANAGER_SERVICE_TOKEN"] = Token }, "serve",
        "--repo", root, "--port", "0");

    /// <summary>Runs a verb on the loop of a repository, as the user of this home.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(string verb, string root, params string[] more)
    {
        string[] loop = more.Contains("--loop") ? [] : ["--loop", LiveRepo.Loop];
        using var program = new RunningProgram(
            home.Environment().ToDictionary(static pair => pair.Key, static pair => pair.Value!),
            [verb, "--repo", root, .. loop, .. more]);
        return await program.EndAsync();
    }
}
