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
        screen.Press(":").Type("zzz").Press("Enter").Expect("nothing matches \"zzz\"").Press("Esc");
        screen.Press(":").Type("quit").Press("Enter");
        Assert.True(screen.HasQuit);
    }

    [Fact]
    public void The_palette_says_why_something_cannot_be_done_now()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press(":").Type("next-match").Expect("unavailable: no filter is set");
    }

    [Fact]
    public void It_starts_with_what_fits_the_run_that_is_selected_then_runs_then_the_rest_and_what_cannot_be_done_last()
    {
        using var screen = ScreenDriver.Live(120, 40, "approval-approved", 11.3);

        var titles = screen.Press(":").Model.Layout.Choices.Select(static choice => choice.Title).ToList();

        Assert.Equal(
            [
                "Open checkout-flow", "Open the log of checkout-flow", "Approve checkout-flow", "Reject checkout-flow",
                "Describe checkout-flow", "Show checkout-flow",
            ],
            titles.Take(6));
        var choices = screen.Model.Layout.Choices;
        Assert.DoesNotContain(choices.SkipWhile(static choice => choice.WhyNot is null), static choice => choice.WhyNot is null);
    }

    [Fact]
    public void Each_action_reads_as_a_sentence()
    {
        using var screen = ScreenDriver.Rich();

        foreach (var choice in screen.Press(":").Model.Layout.Choices)
        {
            Assert.Matches(@"^(\p{Lu}|replay |at$|seek)", choice.Title);
            Assert.DoesNotContain(":", choice.Title.Replace("PAGER", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("kill", "cancel-run")]
    [InlineData("exit", "quit")]
    [InlineData("quit", "quit")]
    [InlineData("tests", "show-gates")]
    [InlineData("cost", "show-usage")]
    [InlineData("ack", "acknowledge")]
    [InlineData("fullscreen", "zoom")]
    [InlineData("shortcuts", "help")]
    [InlineData("theme", "next-theme", "theme ")]
    [InlineData("replay", "replay")]
    [InlineData("in its state", "show-why")]
    [InlineData("bigger", "grow-pane")]
    [InlineData("smaller", "shrink-pane")]
    [InlineData("reset", "reset-panes")]
    [InlineData("collapse", "scroll-left", "fold-iterations")]
    [InlineData("expand", "scroll-right", "fold-iterations")]
    public void It_finds_by_other_words_and_by_words_of_the_sentence(string typed, params string[] found)
    {
        using var screen = ScreenDriver.Live(140, 45, "completes", 3);

        screen.Press(":").Type(typed);

        Assert.Contains(
            screen.Model.Layout.Choices.Take(4),
            choice => found.Any(name => choice.Text.StartsWith(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("stop the run", "cancel-run")]
    [InlineData("stop run", "cancel-run")]
    [InlineData("ack", "acknowledge")]
    [InlineData("dark mode", "theme dark")]
    [InlineData("bigger", "grow-pane")]
    public void What_is_named_comes_first_also_where_it_cannot_be_done_now(string typed, string first)
    {
        foreach (var seconds in new[] { 3, 20 })
        {
            using var screen = ScreenDriver.Live(140, 45, "completes", seconds);

            Assert.Equal(first, screen.Press(":").Type(typed).Model.Layout.Choices[0].Text);
        }
    }

    [Fact]
    public void Columns_never_touch_and_what_is_cut_says_so()
    {
        using var screen = ScreenDriver.Live(80, 24, "completes", 3);

        screen.Press(":").Type("stop the run");
        Assert.Matches(@"Cancel the run of checkout-flow +x +Cancel the run of[^\n]*…│", screen.Text);
    }

    [Fact]
    public void What_matches_nothing_says_so_while_it_is_typed()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press(":").Type("zzz").Expect("nothing matches").ExpectNot("PALETTE");
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
