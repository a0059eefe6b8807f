using System.Text.Json;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program steps back from a loop in a real terminal, says so without a screen, and is armed again.</summary>
public sealed class RollbackTests : IDisposable
{
    private const string Rollout = $"ops-manager/{LiveRepo.Loop}/rollout.json";
    private const string Incidents = $"ops-manager/{LiveRepo.Loop}/incidents";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        repo.Dispose();
        home.Dispose();
    }

    [Fact]
    public async Task A_log_that_is_cut_is_seen_obeyed_by_every_verb_and_armed_again_in_the_next_session()
    {
        await using (var screen = await StartAsync(""))
        {
            await Shows(screen, "assisted", "2 lines");
            repo.CutLog(1);
            await Shows(screen, "ROLLED BACK", "I incident", "R re-arm", "snapshot-only", "rolled_back");
            await screen.PressAsync(Cancel, "I");
            await Shows(screen, "# Incident", "cursor_regression", "## What to check");
            await screen.PressAsync(Cancel, "q");
            await Shows(screen, "RUNS (1)");
            await screen.PressAsync(Cancel, "q");
            await Shows(screen, "left 0");
        }

        var id = Path.GetFileNameWithoutExtension(Assert.Single(repo.List(Incidents)));
        var (_, listed, _) = await EndAsync("incidents", "--repo", repo.Root, "--json");
        Assert.True(JsonDocument.Parse(listed).RootElement[0].GetProperty("isOpen").GetBoolean());
        var (_, note, _) = await EndAsync("incident", "show", id, "--repo", repo.Root);
        Assert.StartsWith($"# Incident {id}", note, StringComparison.Ordinal);
        var (refused, _, why) = await EndAsync("control", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--intent", "cancel");
        Assert.Equal((1, true), (refused, why.Contains("rolled back", StringComparison.Ordinal)));
        Assert.True(repo.IsAlive);
        var (read, snapshot, _) = await EndAsync("snapshot", "--repo", repo.Root, "--loop", LiveRepo.Loop);
        Assert.Equal((0, 1), (read, JsonDocument.Parse(snapshot).RootElement.GetProperty("sequence").GetProperty("value").GetInt32()));

        await using var next = await StartAsync("");
        await Shows(next, "ROLLED BACK");
        await next.PressAsync(Cancel, "R");
        await Shows(next, "reason: ");
        await next.TypeAsync("a restore", Cancel);
        await next.PressAsync(Cancel, "Enter");
        await next.WaitForAsync(
            static text => text.Contains("assisted", StringComparison.Ordinal) && !text.Contains("ROLLED BACK", StringComparison.Ordinal),
            Patience, Cancel);
        Assert.Contains("- reason: a restore", repo.Read($"{Incidents}/{id}.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_armed_again_without_a_screen()
    {
        repo.AppendRow(
            "intents.jsonl",
            $$"""{"timestamp":"{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}","intent":"approve","requestedBy":"mallory","status":"confirmed","confirmed":true,"idempotencyKey":"k"}""");
        await using (var screen = await StartAsync(""))
        {
            await Shows(screen, "ROLLED BACK", "mallory");
        }

        var (code, output, error) = await EndAsync("rearm", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--reason", "mallory tested");

        Assert.True(code == 0, error);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("rearm").GetProperty("intentRows").GetInt32());
        Assert.DoesNotContain("\"rollback\"", repo.Read(Rollout), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_event_stream_is_off_from_the_start_and_switched_on_by_a_key()
    {
        await using var screen = await StartAsync("--snapshot-only");
        await Shows(screen, "snapshot-only", "running", "events are not shown");

        await screen.PressAsync(Cancel, "x");
        await Shows(screen, "nothing can be sent from here now", "snapshot-only mode is on");
        await screen.PressAsync(Cancel, "n");
        await screen.PressAsync(Cancel, "P");

        await Shows(screen, "following · 2 lines", "running");
    }

    private Task<TmuxScreen> StartAsync(string arguments) =>
        TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root} --by ada {arguments}; echo left $?; exec sh", 110, 34, Cancel,
            home.Environment(("SUPERLOOP_BIN", RuntimeBinary.Path)));

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);

    private static async Task<(int Code, string Output, string Error)> EndAsync(params string[] arguments)
    {
        using var program = new RunningProgram(new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path }, arguments);
        return await program.EndAsync();
    }
}
