using System.Text.RegularExpressions;
using OpsManager.EndToEnd.Pty;
using Xunit;

namespace OpsManager.EndToEnd.Product;

/// <summary>Whatever is done to the window, the screen is right afterwards.</summary>
public sealed partial class ResizeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storms_of_resizes_and_odd_sizes_leave_a_right_screen()
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen = await TmuxScreen.StartAsync(
            $"{OpsManagerBinary.Path} --repo {repo.Root}; echo left $?; exec sh", 80, 24, Cancel, home.Environment());
        await Shows(screen, "RUNS (1)", "TIMELINE (2)", "DETAIL (3)", "ALERTS (4)", "loop complete");

        // While a filter is typed; with the palette; with the help; with an event in the pager.
        await Storm(screen, ["2", "/"], "event: status:", "tester", "/", "C-c");
        await Storm(screen, [":"], "PALETTE", "theme", ":", "C-c");
        await Storm(screen, ["?"], "HELP", "jjjj", null, "q");
        await Storm(screen, ["2", "Enter"], "of 9 lines", "llkj", null, "q");

        // One pane; then nothing but a notice, where only leaving works; then hardly anything.
        await screen.ResizeAsync(59, 14, Cancel);
        var one = await Shows(screen, "TIMELINE (2)", "loop complete");
        Assert.DoesNotContain("RUNS (1)", one, StringComparison.Ordinal);
        Assert.DoesNotContain("ALERTS (4)", one, StringComparison.Ordinal);
        await screen.PressAsync(Cancel, "4");
        await Shows(screen, "ALERTS (4)");
        await screen.ResizeAsync(29, 7, Cancel);
        Assert.Equal("too small · q quits", (await Shows(screen, "too small")).Trim());
        await screen.TypeAsync("?/z1", Cancel);
        await screen.ResizeAsync(1, 1, Cancel);
        await screen.WaitForAsync(static text => text.Trim() == "…", Patience, Cancel);
        await screen.ResizeAsync(300, 100, Cancel);
        await Shows(screen, "RUNS (1)", "TIMELINE (2)", "DETAIL (3)", "ALERTS (4)", "step_30");
        await IsRight(screen, 300);
        await screen.ResizeAsync(80, 24, Cancel);
        var last = await Shows(screen, "RUNS (1)", "TIMELINE (2)", "DETAIL (3)", "ALERTS (4)", "loop complete");
        // What was typed at the notice did nothing.
        Assert.DoesNotContain("HELP", last, StringComparison.Ordinal);
        await IsRight(screen, 80);

        await screen.ResizeAsync(29, 7, Cancel);
        await Shows(screen, "too small");
        await screen.PressAsync(Cancel, "q");
        await Shows(screen, "left 0");
        Assert.Equal("0", await screen.AskAsync("#{alternate_on}", Cancel));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("library")]
    public async Task Ctrl_L_takes_away_what_others_wrote_on_the_screen(string terminal)
    {
        using var repo = new QuietRepo();
        using var home = new OperatorsHome();
        await using var screen = await TmuxScreen.StartAsync(
            $"exec {OpsManagerBinary.Path} --repo {repo.Root}", 80, 24, Cancel, home.Environment(("OPS_MANAGER_TERMINAL", terminal)));
        await Shows(screen, "RUNS (1)", "loop complete");
        await File.AppendAllTextAsync(await screen.AskAsync("#{pane_tty}", Cancel), "\e[8;3Hgarbage\e[2;70Hgarbage", Cancel);
        await Shows(screen, "garbage");

        await screen.PressAsync(Cancel, "C-l");

        await screen.WaitForAsync(
            static text => text.Contains("RUNS (1)", StringComparison.Ordinal) && !text.Contains("garbage", StringComparison.Ordinal),
            Patience, Cancel);
    }

    /// <summary>Opens something, types while the window has another size after each letter, and comes back to 80x24.</summary>
    /// <param name="prompt">What stands before the typed letters; null where they are not shown.</param>
    private static async Task Storm(TmuxScreen screen, string[] open, string opened, string typed, string? prompt, string close)
    {
        (int Columns, int Rows)[] sizes = [(120, 40), (59, 14), (29, 7), (200, 9), (30, 8), (60, 15)];
        await screen.PressAsync(Cancel, open);
        await Shows(screen, opened);
        for (var i = 0; i < typed.Length; i++)
        {
            var (columns, rows) = sizes[i % sizes.Length];
            await screen.TypeAsync(typed[i..(i + 1)], Cancel);
            await Shows(screen, prompt is null ? "" : prompt + typed[..(i + 1)]);
            await screen.ResizeAsync(columns, rows, Cancel);
            if (columns < 30)
            {
                // At the notice a letter is lost: it has to be there, and gone again, before the next one is typed.
                await Shows(screen, "too small");
            }

            await screen.ResizeAsync(columns + 3, rows + 1, Cancel);
            await screen.ResizeAsync(80, 24, Cancel);
            await Shows(screen, prompt is null ? opened : prompt);
        }

        await Shows(screen, prompt is null ? opened : prompt + typed);
        await IsRight(screen, 80);
        await screen.PressAsync(Cancel, close);
        await screen.WaitForAsync(
            text => text.Contains("RUNS (1)", StringComparison.Ordinal) && !text.Contains(opened, StringComparison.Ordinal), Patience,
            Cancel);
    }

    /// <summary>Drawn anew, the screen is the same but for the clock.</summary>
    private static async Task IsRight(TmuxScreen screen, int columns)
    {
        var before = await NextSecond(screen, columns);
        await screen.PressAsync(Cancel, "C-l");
        var after = await NextSecond(screen, columns);
        Assert.Equal(before, after);
    }

    /// <summary>The screen when its clock has gone on, without the clock.</summary>
    private static async Task<string> NextSecond(TmuxScreen screen, int columns)
    {
        var clock = Clock().Match(await screen.CaptureAsync(Cancel)).Value;
        var last = "";
        var still = await screen.WaitForAsync(
            text =>
            {
                // One look may show a part of a frame, or one that was on its way when the size changed: the clock stands at
                // the right end.
                var same = text == last && text.Split('\n')[0].TrimEnd().Length >= columns - 1;
                last = text;
                return same && Clock().Match(text) is { Success: true } now && now.Value != clock;
            },
            Patience,
            Cancel);
        return Clock().Replace(still, "clock");
    }

    private static Task<string> Shows(TmuxScreen screen, params string[] parts) =>
        screen.WaitForAsync(text => parts.All(part => text.Contains(part, StringComparison.Ordinal)), Patience, Cancel);

    [GeneratedRegex(@"[.*] \d\d:\d\d:\d\dZ")]
    private static partial Regex Clock();
}
