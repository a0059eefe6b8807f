using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The operator's own pager gets the terminal for itself, and the screen is whole again after it.</summary>
public sealed class LentTerminalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_pager_gets_the_file_the_terminal_and_every_key()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        var told = home.File("told");
        var pager = home.Script(
            "pager",
            $"{{ echo \"$@\"; tty; stty -a | grep -o ' icanon'; }} > {told}; echo PAGER; while read -r line; do echo \"got $line\" >> "
                + $"{told}; test \"$line\" = end && exit 3; done");
        await using var screen = await Started(repo, home, ("PAGER", $"{pager} --flag"));

        await screen.PressAsync(Cancel, "o");
        await Shows(screen, "PAGER");
        Assert.Equal("0 1", await screen.AskAsync("#{alternate_on} #{cursor_flag}", Cancel));
        // Keys of ours: they would quit, open the help, go to a pane.
        await screen.TypeLineAsync("q?3", Cancel);
        await screen.TypeLineAsync("end", Cancel);
        await Shows(screen, "RUNS (1)", "TIMELINE (2)", "ended with exit code 3");
        Assert.Equal("1 0", await screen.AskAsync("#{alternate_on} #{cursor_flag}", Cancel));
        Assert.Equal(
            [
                $"--flag {repo.Root}/.superloop/loops/{QuietRepo.Loop}/events.jsonl", await screen.AskAsync("#{pane_tty}", Cancel),
                " icanon", "got q?3", "got end"
            ],
            await File.ReadAllLinesAsync(told, Cancel));

        await LeavesWithAKey(screen);
    }

    [Fact]
    public async Task Ctrl_C_is_meant_for_the_pager()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        var pager = home.Script("pager", "trap 'echo INTERRUPTED; read -r line; exit 0' INT; echo PAGER; while :; do read -r line; done");
        await using var screen = await Started(repo, home, ("PAGER", pager));

        await screen.PressAsync(Cancel, "o");
        await Shows(screen, "PAGER");
        await screen.PressAsync(Cancel, "C-c");
        await Shows(screen, "INTERRUPTED");
        await screen.PressAsync(Cancel, "Enter");
        await Shows(screen, "RUNS (1)", "TIMELINE (2)");

        await LeavesWithAKey(screen);
    }

    [Fact]
    public async Task Less_can_be_stopped_and_continued_with_the_screen_behind_it()
    {
        Tool.Require("less");
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen = await TmuxScreen.StartAsync(
            "PS1='$ ' HISTFILE= bash --norc --noprofile -i", 120, 30, Cancel, home.Environment(("PAGER", null)));
        await screen.WaitForAsync(static text => text.StartsWith('$'), Patience, Cancel);
        await screen.TypeLineAsync($"{OpsManagerBinary.Path} --repo {repo.Root}", Cancel);
        await Shows(screen, "loop complete");

        await screen.PressAsync(Cancel, "o");
        await Shows(screen, "{\"timestamp\":");
        await screen.PressAsync(Cancel, "C-z");
        await Shows(screen, "Stopped", "$");
        await screen.TypeLineAsync("fg", Cancel);
        await Shows(screen, "{\"timestamp\":");
        await screen.PressAsync(Cancel, "q");
        await Shows(screen, "RUNS (1)", "TIMELINE (2)", "loop complete");

        await LeavesWithAKey(screen, '$');
    }

    [Fact]
    public async Task A_pager_that_does_not_exist_is_told()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen = await Started(repo, home, ("PAGER", "/no/such-pager"));

        await screen.PressAsync(Cancel, "o");
        await Shows(screen, "RUNS (1)", "/no/such-pager does not exist; set PAGER");

        await LeavesWithAKey(screen);
    }

    [Fact]
    public async Task What_is_copied_is_in_the_buffer_of_tmux()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen = await Started(repo, home);
        await screen.TakeClipboardAsync(Cancel);

        await screen.PressAsync(Cancel, "y");
        await Shows(screen, "sent to the terminal's clipboard");
        Assert.Equal($"{repo.Root} {QuietRepo.Loop}", await screen.ShowBufferAsync(Cancel));

        await LeavesWithAKey(screen);
    }

    private static async Task<TmuxScreen> Started(QuietRepo repo, OperatorsHome home, params (string, string?)[] besides)
    {
        var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root}; echo left $?; exec sh", 120, 30, Cancel, home.Environment(besides));
        await Shows(screen, "loop complete");
        return screen;
    }

    private static async Task LeavesWithAKey(TmuxScreen screen, char prompt = '\0')
    {
        await screen.PressAsync(Cancel, "?");
        await Shows(screen, "HELP");
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => !text.Contains("HELP", StringComparison.Ordinal), Patience, Cancel);
        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(
            text => prompt == '\0' ? text.Contains("left 0", StringComparison.Ordinal) : text.TrimEnd().EndsWith(prompt), Patience,
            Cancel);
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);
}
