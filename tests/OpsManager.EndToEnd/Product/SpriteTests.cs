using System.Text.Json;
using System.Text.RegularExpressions;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program serves a repository, and the real program acts on it over that service: by keyboard and by verb.</summary>
public sealed partial class SpriteTests : IDisposable
{
    private const string Token = "token-that-nobody-may-tell";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        home.Dispose();
        repo.Dispose();
    }

    [Fact]
    public async Task An_operator_acts_over_a_service_sees_the_manager_step_back_and_arms_the_loop_again()
    {
        repo.AskApproval();
        using var service = Serve();
        home.Config("config.yaml", $"sprites:\n  app:\n    url: {await UrlAsync(service)}\n    service-token: {{ env: APP_TOKEN }}\n");
        await using (var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --fleet --by ada; echo left $?; exec sh", 110, 34, Cancel, home.Environment(("APP_TOKEN", Token))))
        {
            await Shows(screen, "waiting", "service", "a approve");

            await screen.PressAsync(Cancel, "a");
            var byHand = $"superloop approve --repo {repo.Root}";
            await Shows(
                screen, "APPROVE app · checkout-flow", "the service of sprite app", "by hand on sprite app", byHand, "y sends it");
            await Moment(screen);
            await screen.PressAsync(Cancel, "y");
            await Shows(screen, "approval confirmed", "decisions.jsonl:1: approved by ada");
            Assert.Contains("\"by\":\"ada\"", repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl"), StringComparison.Ordinal);
            await screen.PressAsync(Cancel, "Escape");

            await Shows(screen, "RUNS (1)");
            await screen.PressAsync(Cancel, "x");
            var code = Code().Match(await Shows(screen, "to cancel the run")).Groups[1].Value;
            await Moment(screen);
            for (var i = 0; i < code.Length; i++)
            {
                await Tick(screen);
                await screen.PressAsync(Cancel, code[i..(i + 1)]);
            }

            await Shows(screen, "cancel confirmed");
            Assert.False(repo.IsAlive);
            await screen.PressAsync(Cancel, "Escape");

            repo.CutLog(1);
            await Shows(screen, "ROLLED BACK", "events.jsonl was cut", "I incident", "R re-arm");
            await screen.PressAsync(Cancel, "x");
            await Shows(screen, "nothing can be sent from here now", "rolled back");
            await screen.PressAsync(Cancel, "Escape");
            await Shows(screen, "RUNS (1)");
            await screen.PressAsync(Cancel, "I");
            await Shows(screen, "# Incident", "cursor_regression", "on sprite app");
            await screen.PressAsync(Cancel, "q");
            await Shows(screen, "RUNS (1)");
            await screen.PressAsync(Cancel, "R");
            await Shows(screen, "reason: ");
            await screen.TypeAsync("a restore", Cancel);
            await screen.PressAsync(Cancel, "Enter");
            await screen.WaitForAsync(static text => text.Contains("assisted", StringComparison.Ordinal)
                && !text.Contains("ROLLED BACK", StringComparison.Ordinal), Patience, Cancel);
            await screen.PressAsync(Cancel, "q");
            await Shows(screen, "left 0");
        }

        await service.SignalAsync("TERM");
        var (ended, output, log) = await service.EndAsync();
        Assert.Equal(0, ended);
        Assert.Contains("POST /ops/control", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, output + log, StringComparison.Ordinal);
        Assert.DoesNotContain(home.Everything(), static text => text.Contains(Token, StringComparison.Ordinal));
        // What was copied of the log before it was cut is not lost.
        Assert.Contains(home.Everything(), static text => text.Contains("approval_decision", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_verbs_act_and_reconcile_over_a_service_and_keep_what_they_found()
    {
        repo.AskApproval();
        using var service = Serve();
        var url = await UrlAsync(service);
        using var kept = new TempFolder();

        var (refused, health, why) = await EndAsync("wrong", "reconcile", url, "--repo", kept.Path);
        Assert.Equal(
            (1, "service_request_failed"), (refused, JsonDocument.Parse(health).RootElement.GetProperty("failureCode").GetString()));
        Assert.Contains("refused the token (401)", why, StringComparison.Ordinal);

        var (reconciled, state, error) = await EndAsync(Token, "reconcile", url, "--repo", kept.Path);
        Assert.True(reconciled == 0, error);
        Assert.Equal(("awaiting_approval", repo.Root), (
            JsonDocument.Parse(state).RootElement.GetProperty("transition").GetProperty("currentState").GetString(),
            JsonDocument.Parse(state).RootElement.GetProperty("source").GetProperty("repoPath").GetString()));
        Assert.True(File.Exists(Path.Combine(kept.Path, ".superloop", "ops-manager", LiveRepo.Loop, "cursor.json")));
        Assert.Contains("sprite_service", await File.ReadAllTextAsync(
            Path.Combine(kept.Path, ".superloop", "ops-manager", LiveRepo.Loop, "telemetry", "reconcile.jsonl"),
            Cancel), StringComparison.Ordinal);

        var (confirmed, row, said) = await EndAsync(
            Token, "control", url, "--intent", "reject", "--note", "tests are thin", "--by", "ada", "--idempotency-key", "once");
        Assert.True(confirmed == 0, said);
        Assert.Equal(("confirmed", "sprite_service"), (
            JsonDocument.Parse(row).RootElement.GetProperty("status").GetString(),
            JsonDocument.Parse(row).RootElement.GetProperty("transport").GetString()));
        var (again, _, replayed) = await EndAsync(
            Token, "control", url, "--intent", "reject", "--note", "tests are thin", "--by", "ada", "--idempotency-key", "once");
        Assert.Equal((0, true), (again, replayed.Contains("nothing was sent now", StringComparison.Ordinal)));
        Assert.Single(repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries));

        await service.SignalAsync("INT");
        Assert.Equal(0, (await service.EndAsync()).ExitCode);
        var (gone, _, unreached) = await EndAsync(Token, "control", url, "--intent", "cancel");
        Assert.Equal((1, true), (gone, unreached.Contains("cannot be reached", StringComparison.Ordinal)));
        Assert.True(repo.IsAlive);
    }

    [Fact]
    public async Task A_log_that_was_replaced_on_the_sprite_by_a_longer_one_is_refused_until_it_is_read_from_its_start()
    {
        using var service = Serve();
        var url = await UrlAsync(service);
        Assert.Equal(0, (await EndAsync(Token, "reconcile", url)).Code);
        repo.ReplaceLog(string.Concat(Enumerable.Range(1, 20).Select(static number =>
            $$"""{"timestamp":"2026-11-29T09:00:00Z","event":"role_start","run_id":"another","iteration":{{number}}}""" + "\n")));

        // Also the second time, when what was copied before has been set aside.
        for (var times = 0; times < 2; times++)
        {
            var (refused, _, why) = await EndAsync(Token, "reconcile", url);
            Assert.Equal(1, refused);
            Assert.Contains("the log was replaced since it was read", why, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await EndAsync(Token, "reconcile", url, "--from-start")).Code);
        repo.Append("iteration_end");
        Assert.Equal(0, (await EndAsync(Token, "reconcile", url)).Code);
    }

    private RunningProgram Serve() => new(
        new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path, ["OPS_MANAGER_SERVICE_TOKEN"] = Token }, "serve",
        "--repo", repo.Root, "--port", "0");

    private static async Task<string> UrlAsync(RunningProgram service) => (await service.LineAsync("listening on")).Split(' ')[2];

    private async Task<(int Code, string Output, string Error)> EndAsync(string token, string verb, string url, params string[] arguments)
    {
        var environment = home
            .Environment(("OPS_MANAGER_SERVICE_TOKEN", token))
            .ToDictionary(static pair => pair.Key, static pair => pair.Value!);
        using var program = new RunningProgram(
            environment, [verb, "--loop", LiveRepo.Loop, "--transport", "sprite_service", "--service-base-url", url, .. arguments]);
        return await program.EndAsync();
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);

    /// <summary>More than two seconds of the operator's time, by the clock on the screen.</summary>
    private static async Task Moment(TmuxScreen screen)
    {
        for (var i = 0; i < 3; i++)
        {
            await Tick(screen);
        }
    }

    private static async Task Tick(TmuxScreen screen)
    {
        var clock = Clock().Match(await screen.CaptureAsync(Cancel)).Value;
        await screen.WaitForAsync(text => Clock().Match(text) is { Success: true } now && now.Value != clock, Patience, Cancel);
    }

    [GeneratedRegex(@"type (\d{4}) to cancel the run")]
    private static partial Regex Code();

    [GeneratedRegex(@"\d\d:\d\d:\d\dZ")]
    private static partial Regex Clock();

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kept-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
