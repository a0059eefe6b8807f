using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The real program over recordings: by the verb, from the live screen and back, and as a list.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly OperatorsHome home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task A_sample_run_is_shown_by_its_name_at_a_time_and_nothing_is_kept()
    {
        await using var screen = await StartAsync("replay role-fa --at 100% --paused");

        var text = await screen.WaitForAsync(
            static text => text.Contains("REPLAY", StringComparison.Ordinal) && text.Contains("failed", StringComparison.Ordinal),
            Patience,
            Cancel);
        Assert.Contains("paused", text, StringComparison.Ordinal);
        await LeaveAsync(screen);
        Assert.False(Directory.Exists(home.Sessions));
    }

    [Fact]
    public async Task A_repository_is_shown_by_what_its_files_tell()
    {
        using var repo = new LiveRepo();
        repo.Append("role_start", role: "planner");
        await using var screen = await StartAsync($"replay {repo.Root} --at 100%");

        await screen.WaitForAsync(
            static text => text.Contains("REPLAY", StringComparison.Ordinal) && text.Contains("planner", StringComparison.Ordinal),
            Patience,
            Cancel);
        await LeaveAsync(screen);
    }

    [Fact]
    public async Task The_live_screen_comes_back_when_a_replay_is_left()
    {
        using var repo = new LiveRepo();
        await using var screen = await StartAsync($"--repo {repo.Root}");
        await screen.WaitForAsync(static text => text.Contains("iteration 1 of 3", StringComparison.Ordinal), Patience, Cancel);

        await screen.TypeLineAsync(":replay completes", Cancel);
        await screen.WaitForAsync(static text => text.Contains("REPLAY", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(
            static text => !text.Contains("REPLAY", StringComparison.Ordinal)
                && text.Contains("iteration 1 of 3", StringComparison.Ordinal),
            Patience,
            Cancel);
        await LeaveAsync(screen);
    }

    [Fact]
    public async Task Another_sample_run_is_shown_from_within_a_replay()
    {
        await using var screen = await StartAsync("replay completes --paused");
        await screen.WaitForAsync(static text => text.Contains("completes", StringComparison.Ordinal), Patience, Cancel);

        await screen.TypeLineAsync(":replay two-at-once", Cancel);

        await screen.WaitForAsync(static text => text.Contains("REPLAY  · two-at-once", StringComparison.Ordinal), Patience, Cancel);
        await LeaveAsync(screen);
    }

    [Fact]
    public async Task Samples_open_with_their_list()
    {
        await using var screen = await StartAsync("samples");

        await screen.WaitForAsync(
            static text => text.Contains("Replay approval-approved", StringComparison.Ordinal)
                && text.Contains("1 of ", StringComparison.Ordinal),
            Patience,
            Cancel);
        await screen.PressAsync(Cancel, "Escape");
        // A key right behind it would be taken for one with Alt.
        await screen.WaitForAsync(
            static text => !text.Contains("Replay approval-approved", StringComparison.Ordinal), Patience, Cancel);
        await LeaveAsync(screen);
    }

    [Fact]
    public async Task Where_the_output_is_no_terminal_samples_are_a_table()
    {
        using var program = new RunningProgram("samples");

        var end = await program.EndAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Matches("(?m)^role-fails +ops-manager replay role-fails +.", end.Output);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_before_the_terminal_is_touched()
    {
        var tape = home.File("bad.tape.jsonl");
        await File.WriteAllTextAsync(tape, "no tape", Cancel);
        await using var screen = await StartAsync($"replay {tape}");

        var text = await screen.WaitForAsync(static text => text.Contains("left 1", StringComparison.Ordinal), Patience, Cancel);

        Assert.Contains("bad.tape.jsonl, line 1", text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<TmuxScreen> StartAsync(string arguments) => await TmuxScreen.StartAsync(
        $"{OpsManagerBinary.Path} {arguments}; echo left $?; exec sh", 120, 36, Cancel, home.Environment());

    private static async Task LeaveAsync(TmuxScreen screen)
    {
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => text.Contains("left 0", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
    }
}
