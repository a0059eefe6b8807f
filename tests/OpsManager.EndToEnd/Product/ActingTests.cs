using System.Text.Json;
using System.Text.RegularExpressions;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>An operator acts in the real program in a real terminal, and the real program is killed while it acts.</summary>
public sealed partial class ActingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly LiveRepo repo = new();
    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Rows => $"ops-manager/{LiveRepo.Loop}/telemetry/control.jsonl";

    public void Dispose()
    {
        home.Dispose();
        repo.Dispose();
    }

    [Fact]
    public async Task An_approval_is_sent_by_keyboard_and_verified_and_the_screen_comes_back()
    {
        repo.AskApproval();
        await using var screen = await StartAsync("", "");
        await Shows(screen, "waiting", "a approve");

        await screen.PressAsync(Cancel, "a");
        var title = $"APPROVE {Path.GetFileName(repo.Root)} · checkout-flow";
        await Shows(screen, title, "y sends it", "--repo", "earlier decisions (0)");
        // Not a person's key: the box has just opened.
        await screen.TypeAsync("yyy\nyes\n", Cancel);
        await Moment(screen);
        Assert.False(repo.Has(Rows));

        await screen.PressAsync(Cancel, "y");
        await Shows(screen, "approval confirmed", "decisions.jsonl:1: approved by ada");
        await screen.PressAsync(Cancel, "Escape");
        await Shows(screen, "RUNS (1)", "TIMELINE (2)");
        Assert.Equal(["started", "executed", "finished"], Phases());
    }

    [Fact]
    public async Task A_cancel_is_typed_and_the_process_is_gone()
    {
        await using var screen = await StartAsync("", "");
        await Shows(screen, "running", "RUNS (1)");
        await screen.PressAsync(Cancel, "x");
        var code = Code().Match(await Shows(screen, "to cancel the run")).Groups[1].Value;
        await Moment(screen);

        for (var i = 0; i < code.Length; i++)
        {
            // A program types faster than any person does.
            await Tick(screen);
            await screen.PressAsync(Cancel, code[i..(i + 1)]);
            var typed = code[..(i + 1)];
            await screen.WaitForAsync(text => text.Contains($"to cancel the run: {typed}", StringComparison.Ordinal)
                || !text.Contains("to cancel the run", StringComparison.Ordinal), Patience, Cancel);
        }

        await Shows(screen, "cancel confirmed");
        Assert.False(repo.IsAlive);
    }

    [Fact]
    public async Task Read_only_no_key_starts_anything()
    {
        repo.AskApproval();
        var trap = home.Script("superloop", $"touch {home.File("sprung")}");
        await using var screen = await StartAsync("", $"--read-only --superloop-bin {trap}");
        await Shows(screen, "waiting", "passive");

        foreach (var key in new[] { "a", "r", "x" })
        {
            await screen.PressAsync(Cancel, key);
            var shown = await Shows(screen, "this screen was started with --read-only; start it without to act", "by hand", trap);
            await Moment(screen);
            await screen.PressAsync(Cancel, "y");
            await Shows(screen, "Cannot ");
            await screen.TypeAsync(Code().Match(shown).Groups[1].Value, Cancel);
            await Moment(screen);
            await screen.PressAsync(Cancel, "Escape");
            await Shows(screen, "RUNS (1)", "TIMELINE (2)");
        }

        Assert.False(File.Exists(home.File("sprung")));
        Assert.False(repo.Has("ops-manager"));
    }

    [Fact]
    public async Task Leaving_while_a_command_runs_lets_it_end_and_leaves_the_record_open()
    {
        repo.AskApproval();
        await using var screen = await StartAsync("slow", "");
        await Shows(screen, "waiting");
        await screen.PressAsync(Cancel, "a");
        await Shows(screen, "y sends it");
        await Moment(screen);
        await screen.PressAsync(Cancel, "y");
        await Shows(screen, "the result is being verified");

        await screen.PressAsync(Cancel, "n");
        await Shows(screen, "RUNS (1)", "TIMELINE (2)");
        await screen.PressAsync(Cancel, "q");
        await Shows(screen, "waiting for the command that was sent to end", "left 0");

        Assert.Contains("\"decision\":\"approved\"", repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl"), StringComparison.Ordinal);
        Assert.Equal(["started", "executed"], Phases());

        // The next session tells what came of it.
        await using var next = await StartAsync("", "");
        await Shows(next, "RUNS (1)");
        await next.WaitForAsync(_ => Phases().Last() == "finished", Patience, Cancel);
        Assert.Contains("\"outcome\":\"observed\"", repo.Read(Rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_that_is_killed_while_its_command_works_does_not_send_it_twice()
    {
        repo.AskApproval();
        using (var killed = Control("linger"))
        {
            await Until(() => repo.Has($"loops/{LiveRepo.Loop}/approval.json") && repo.Has($"loops/{LiveRepo.Loop}/decisions.jsonl"));
        }

        Assert.Equal(["started"], Phases());
        using var again = Control("");
        var (code, output, error) = await again.EndAsync();

        Assert.True(code == 0, error);
        Assert.Equal("confirmed", JsonDocument.Parse(output).RootElement.GetProperty("status").GetString());
        Assert.Single(repo.Read($"loops/{LiveRepo.Loop}/decisions.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["started", "finished"], Phases());
    }

    private Task<TmuxScreen> StartAsync(string fault, string arguments) => TmuxScreen.StartAsync(
        $"{OpsManagerBinary.Path} --repo {repo.Root} --by ada {arguments}; echo left $?; exec sh",
        110,
        34,
        Cancel,
        home.Environment(("SUPERLOOP_BIN", RuntimeBinary.Path), ("TEST_RUNTIME_FAULT", fault)));

    private RunningProgram Control(string fault) => new(
        new Dictionary<string, string> { ["SUPERLOOP_BIN"] = RuntimeBinary.Path, ["TEST_RUNTIME_FAULT"] = fault },
        "control", "--repo", repo.Root, "--loop", LiveRepo.Loop, "--by", "ada", "--intent", "approve", "--idempotency-key", "once");

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

    /// <summary>Until the clock on the screen goes on.</summary>
    private static async Task Tick(TmuxScreen screen)
    {
        var clock = Clock().Match(await screen.CaptureAsync(Cancel)).Value;
        await screen.WaitForAsync(text => Clock().Match(text) is { Success: true } now && now.Value != clock, Patience, Cancel);
    }

    /// <summary>Until something is so on disk.</summary>
    private static async Task Until(Func<bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!wanted())
        {
            await glances.WaitForNextTickAsync(limit.Token);
        }
    }

    private IEnumerable<string?> Phases() => repo.Read(Rows)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString());

    [GeneratedRegex(@"\d\d:\d\d:\d\dZ\s*$", RegexOptions.Multiline)]
    private static partial Regex Clock();

    [GeneratedRegex(@"type (\d{4}) to cancel the run")]
    private static partial Regex Code();
}
