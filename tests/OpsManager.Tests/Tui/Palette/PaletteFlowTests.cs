using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Palette;

/// <summary>The line that is typed, and what it finds.</summary>
public sealed class PaletteFlowTests
{
    [Fact]
    public void The_palette_finds_actions_runs_and_themes_and_does_them()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press(":").Expect("PALETTE").Type("theme light").Press("Enter");
        Assert.Equal("light", screen.Model.Theme.Name);

        screen.Press(":").Type("tokens").Press("Enter").Expect("TIMELINE (2)  tokens-and-logs/checkout-flow");
        screen.Press(":").Type("usage").Press("Enter").Expect("CALLS");
        screen.Press(":").Type("zzz").Press("Enter").Expect("nothing is called \"zzz\"").Press("Esc");
        screen.Press(":").Type("quit").Press("Enter");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void The_palette_says_why_something_cannot_be_done_now()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press(":").Type("next-match").Expect("not now: there is no filter");
    }

    [Fact]
    public void Choices_are_walked_and_completed_and_an_empty_line_is_left_by_deleting()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press(":").Type("theme ").Press("Down", "Down", "Up", "Tab");
        Assert.StartsWith("theme ", screen.Model.Ui.Prompt!.Text, StringComparison.Ordinal);
        Assert.NotEqual("theme ", screen.Model.Ui.Prompt.Text);

        screen.Press("Ctrl+U", "Backspace").ExpectNot("PALETTE");
        Assert.Null(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void What_is_pasted_goes_into_a_line_or_nowhere()
    {
        using var screen = ScreenDriver.Rich();
        var before = screen.Model.Ui;
        Assert.Equal(before, screen.Paste("q:quit\r").Model.Ui);
        Assert.False(screen.HasQuit);

        screen.Press("2", "/").Paste("plan\e[31m\nner");
        Assert.StartsWith("plan", screen.Model.Ui.Timeline.Filter, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', screen.Model.Ui.Timeline.Filter);
    }

    [Fact]
    public void Suspending_and_redrawing_work_from_a_typed_line_too()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press("/", "Ctrl+Z", "Ctrl+L", "Esc", "Ctrl+Z");

        Assert.Equal((2, 1), (screen.Suspended, screen.Painted));
    }
}
