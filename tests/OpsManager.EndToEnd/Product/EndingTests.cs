using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>However the product ends or is stopped, the terminal is given back and the session is kept.</summary>
public sealed class EndingTests
{
    private const string SwitchBack =
        "\e[?2026l\e[?1003l\e[?1002l\e[?1000l\e[?9l\e[?1005l\e[?1015l\e[?1006l\e[?2004l\e[?1l\e>\e[0m\e[?1049l\e[23;0t\e[?25h";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("q", 0)]
    [InlineData("\u0003", 0)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    [InlineData("QUIT", 131)]
    public async Task Ended_by_a_key_or_a_signal_it_leaves_everything_in_order(string how, int code)
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var pty = ScriptPty.Start($"{OpsManagerBinary.Path} --repo {repo.Root}", environment: home.Environment());
        var screen = new PtyScreen(pty, 80, 24);
        await GoToUsage(pty, screen);

        await (how.Length == 1 ? pty.SendAsync(how, Cancel) : pty.SignalAsync(how, Cancel));

        Assert.Equal(code, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.True(pty.SettingsAreBack, "the settings of the terminal are not what they were");
        Assert.EndsWith(SwitchBack, pty.Output, StringComparison.Ordinal);
        AssertKept(home);
    }

    [Fact]
    public async Task A_terminal_that_is_closed_ends_it_and_the_session_is_kept()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var pty = ScriptPty.Start($"{OpsManagerBinary.Path} --repo {repo.Root}", environment: home.Environment());
        await GoToUsage(pty, new PtyScreen(pty, 80, 24));

        pty.HangUp();

        await pty.WaitUntilGoneAsync(Patience, Cancel);
        AssertKept(home);
    }

    [Theory]
    [InlineData("C-z")]
    [InlineData("TSTP")]
    public async Task Stopped_it_gives_the_terminal_to_the_shell_and_takes_it_again(string how)
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen =
            await TmuxScreen.StartAsync("PS1='$ ' HISTFILE= bash --norc --noprofile -i", 90, 20, Cancel, home.Environment());
        await screen.WaitForAsync(static text => text.StartsWith('$'), Patience, Cancel);
        var settings = home.File("settings");
        await screen.TypeLineAsync($"stty -g > {settings}.before; {OpsManagerBinary.Path} --repo {repo.Root}", Cancel);
        await screen.WaitForAsync(static text => text.Contains("loop complete", StringComparison.Ordinal), Patience, Cancel);

        if (how == "C-z")
        {
            // Also while a line is typed.
            await screen.PressAsync(Cancel, "/");
            await screen.TypeAsync("step_1", Cancel);
            await screen.WaitForAsync(static text => text.Contains("/step_1", StringComparison.Ordinal), Patience, Cancel);
            await screen.PressAsync(Cancel, "C-z");
        }
        else
        {
            await Tool.RunAsync("pkill", [$"-{how}", "-P", await screen.AskAsync("#{pane_pid}", Cancel)], null, Cancel);
        }

        await screen.WaitForAsync(static text => text.Contains("Stopped", StringComparison.Ordinal), Patience, Cancel);
        Assert.Equal("0 1 0", await screen.AskAsync("#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}", Cancel));
        await screen.TypeLineAsync($"stty -g > {settings}.stopped; fg", Cancel);
        await screen.WaitForAsync(
            static text => text.Contains("RUNS (1)", StringComparison.Ordinal) && text.Contains("TIMELINE (2)", StringComparison.Ordinal),
            Patience, Cancel);
        Assert.Equal("1 0", await screen.AskAsync("#{alternate_on} #{cursor_flag}", Cancel));
        if (how == "C-z")
        {
            await screen.WaitForAsync(static text => text.Contains("/step_1", StringComparison.Ordinal), Patience, Cancel);
            await screen.PressAsync(Cancel, "C-c");
        }

        await screen.PressAsync(Cancel, "q");
        await screen.WaitForAsync(static text => text.TrimEnd().EndsWith('$'), Patience, Cancel);
        await screen.TypeLineAsync($"echo code $?; stty -g > {settings}.after; echo done", Cancel);
        await screen.WaitForAsync(static text => text.Contains("code 0\ndone", StringComparison.Ordinal), Patience, Cancel);
        // The shell edits its line with settings of its own, and so only what it gives to programs is compared.
        Assert.Equal(
            await File.ReadAllTextAsync($"{settings}.before", Cancel), await File.ReadAllTextAsync($"{settings}.stopped", Cancel));
        Assert.Equal(await File.ReadAllTextAsync($"{settings}.before", Cancel), await File.ReadAllTextAsync($"{settings}.after", Cancel));
    }

    private static async Task GoToUsage(ScriptPty pty, PtyScreen screen)
    {
        await screen.WaitForAsync(static text => text.Contains("loop complete", StringComparison.Ordinal), Patience, Cancel);
        await pty.SendAsync("u", Cancel);
        await screen.WaitForAsync(static text => text.Contains("[Usage]", StringComparison.Ordinal), Patience, Cancel);
    }

    private static void AssertKept(OperatorsHome home)
    {
        var session = Assert.Single(Directory.GetFiles(home.Sessions));
        Assert.Contains("\"tab\": \"Usage\"", File.ReadAllText(session), StringComparison.Ordinal);
    }
}
