using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>The mouse on a real terminal: off unless it is asked for, and off again however the program ends.</summary>
public sealed class MouseTests
{
    private const string On = "\e[?1002h\e[?1006h";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_chooses_a_run_and_the_mouse_is_off_at_the_end()
    {
        using var home = new OperatorsHome();
        await using var pty = ScriptPty.Start(
            $"{OpsManagerBinary.Path} replay two-loops --at 100% --paused --mouse", environment: home.Environment());
        var screen = new PtyScreen(pty, 80, 24);
        var text = await screen.WaitForAsync(
            static text => text.Contains("api-pagination", StringComparison.Ordinal)
                && text.Contains("search-index", StringComparison.Ordinal),
            Patience, Cancel);
        Assert.Contains(On, pty.Output, StringComparison.Ordinal);
        var rows = text.Split('\n');
        foreach (var loop in new[] { "search-index", "api-pagination" })
        {
            var row = Array.FindIndex(rows, line => line.IndexOf(loop, StringComparison.Ordinal) is >= 0 and < 20);

            await pty.SendAsync($"\e[<0;6;{row + 1}M\e[<0;6;{row + 1}m", Cancel);

            await screen.WaitForAsync(
                text => text.Split('\n').Any(line => line.Contains($"TIMELINE (2)  {loop}", StringComparison.Ordinal)), Patience, Cancel);
        }

        await pty.SendAsync("q", Cancel);
        Assert.Equal(0, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.True(pty.SettingsAreBack, "the settings of the terminal are not what they were");
        Assert.True(
            pty.Output.LastIndexOf("\e[?1002l", StringComparison.Ordinal) > pty.Output.LastIndexOf(On, StringComparison.Ordinal),
            "the mouse is still on");
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task Ended_by_a_signal_the_mouse_is_off(string signal, int code)
    {
        using var home = new OperatorsHome();
        await using var pty = ScriptPty.Start(
            $"{OpsManagerBinary.Path} replay completes --paused --mouse", environment: home.Environment());
        await pty.WaitForAsync(static text => text.Contains("RUNS", StringComparison.Ordinal), Patience, Cancel);

        await pty.SignalAsync(signal, Cancel);

        Assert.Equal(code, await pty.WaitForExitAsync(Patience, Cancel));
        Assert.True(pty.Output.LastIndexOf("\e[?1002l", StringComparison.Ordinal) > pty.Output.LastIndexOf(On, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_flag_it_is_never_switched_on()
    {
        using var home = new OperatorsHome();
        await using var pty = ScriptPty.Start($"{OpsManagerBinary.Path} replay completes --paused", environment: home.Environment());
        await pty.WaitForAsync(static text => text.Contains("RUNS", StringComparison.Ordinal), Patience, Cancel);

        await pty.SendAsync("q", Cancel);

        await pty.WaitForExitAsync(Patience, Cancel);
        Assert.DoesNotContain("\e[?1002h", pty.Output, StringComparison.Ordinal);
    }
}
