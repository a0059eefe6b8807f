using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program, over files that change as a runtime changes them.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_tell_every_change_of_a_live_run()
    {
        using var repo = new LiveRepo();
        using var watch = new RunningProgram("watch", "--lines", "--repo", repo.Root);
        await watch.LineAsync("lifecycle  running");

        repo.AppendText("this is no event\n");
        await watch.LineAsync("finding  event_invalid");
        repo.AskApproval();
        await watch.LineAsync("lifecycle  awaiting_approval  approval.json is pending (was running)");
        File.Delete(Path.Combine(repo.Root, ".superloop", "loops", LiveRepo.Loop, "approval.json"));
        await watch.LineAsync("(was awaiting_approval)");
        repo.Kill();
        await watch.LineAsync("lifecycle  failed  ");
        await watch.LineAsync("finding  process_gone");
        repo.Append("loop_complete");
        await watch.LineAsync("(was failed)");
    }

    [Fact]
    public async Task A_loop_that_appears_later_is_seen()
    {
        using var repo = new LiveRepo();
        using var watch = new RunningProgram("watch", "--lines", "--repo", repo.Root);
        await watch.LineAsync("checkout-flow  lifecycle");

        Directory.CreateDirectory(Path.Combine(repo.Root, ".superloop", "loops", "search-index"));
        await watch.LineAsync("search-index  lifecycle");
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(160, 45)]
    public async Task The_screen_shows_an_appended_event_and_quits_cleanly(int columns, int rows)
    {
        using var repo = new LiveRepo();
        await using var screen =
            await TmuxScreen.StartAsync($"{OpsManagerBinary.Path} --repo {repo.Root}; echo left $?; exec sh", columns, rows, Cancel);
        await screen.WaitForAsync(
            static text => text.Contains("running", StringComparison.Ordinal)
                && text.Contains("iteration 1 of 3", StringComparison.Ordinal),
            Patience, Cancel);

        repo.Append("role_start", role: "planner");
        await screen.WaitForAsync(static text => text.Contains("planner", StringComparison.Ordinal), Patience, Cancel);
        repo.AskApproval();
        await screen.WaitForAsync(static text => text.Contains("? checkout-flow", StringComparison.Ordinal)
            && text.Contains("1 waiting", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "?");
        await screen.WaitForAsync(static text => text.Contains("THIS PANE", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "Escape");
        await screen.WaitForAsync(static text => !text.Contains("HELP", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => text.Contains("left 0", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("library")]
    public async Task A_terminal_that_goes_away_ends_the_program(string terminal)
    {
        using var repo = new LiveRepo();
        int pid;
        await using (var screen = await TmuxScreen.StartAsync(
            $"exec {OpsManagerBinary.Path} --repo {repo.Root}", 80, 24, Cancel,
            new Dictionary<string, string?> { ["OPS_MANAGER_TERMINAL"] = terminal }))
        {
            await screen.WaitForAsync(static text => text.Contains("running", StringComparison.Ordinal), Patience, Cancel);
            pid = int.Parse(await screen.AskAsync("#{pane_pid}", Cancel), System.Globalization.CultureInfo.InvariantCulture);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        using var glances = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Directory.Exists($"/proc/{pid}"))
        {
            Assert.True(await glances.WaitForNextTickAsync(limit.Token));
        }
    }

    [Fact]
    public async Task Where_no_loops_are_the_tour_plays_and_says_so()
    {
        var empty = Directory.CreateTempSubdirectory("ops-manager-empty-").FullName;
        Directory.CreateDirectory(Path.Combine(empty, ".superloop", "loops"));
        await using var screen =
            await TmuxScreen.StartAsync($"cd {empty}; {OpsManagerBinary.Path}; echo left $?; exec sh", 120, 40, Cancel);

        await screen.WaitForAsync(
            static text => text.Contains("REPLAY", StringComparison.Ordinal) && text.Contains("running", StringComparison.Ordinal),
            Patience,
            Cancel);
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => text.Contains("left 0", StringComparison.Ordinal), Patience, Cancel);
        Directory.Delete(empty, recursive: true);
    }

    [Fact]
    public async Task Without_a_terminal_the_screen_names_the_plain_lines()
    {
        using var repo = new LiveRepo();
        using var program = new RunningProgram("--repo", repo.Root);

        var end = await program.EndAsync();

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("watch --lines", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_passes_on_the_sample_runs_and_fails_on_a_wrong_mark()
    {
        var root = RepositoryRoot();
        using var good = new RunningProgram(["verify", .. Directory.GetFiles(Path.Combine(root, "sample-runs"), "*.tape.jsonl")]);
        var passed = await good.EndAsync();
        var wrong = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            wrong, (await File.ReadAllTextAsync(Path.Combine(root, "sample-runs", "cancelled.tape.jsonl"), Cancel)).Replace(
                "\"truth\":\"stopped\"", "\"truth\":\"failed\"", StringComparison.Ordinal), Cancel);
        using var bad = new RunningProgram("verify", wrong);
        var failed = await bad.EndAsync();
        File.Delete(wrong);

        Assert.Equal((0, 1), (passed.ExitCode, failed.ExitCode));
        Assert.Contains(" 0 differences", passed.Output, StringComparison.Ordinal);
        Assert.Contains("DIFFERS", failed.Output, StringComparison.Ordinal);
        Assert.Contains(" 1 difference", failed.Output, StringComparison.Ordinal);
    }

    private static string RepositoryRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "OpsManager.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("no OpsManager.sln above the tests");
        }

        return directory;
    }
}
