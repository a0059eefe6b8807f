using OpsManager.Tui.Detail;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

public sealed class SessionStateTests
{
    [Fact]
    public void What_was_kept_is_taken_up_again()
    {
        var ui = new SessionState
        {
            Pane = "Detail",
            Zoomed = true,
            Tab = "Usage",
            Filter = "role:planner",
            Sort = "Lag",
            Times = "Age",
            Repo = "/srv/a",
            Loop = "l"
        }.Apply(new UiState());

        Assert.Equal(
            (PaneId.Detail, true, DetailTab.Usage, "role:planner", RunSort.Lag, TimeFormat.Age),
            (ui.Focus, ui.Zoomed, ui.Detail.Tab, ui.Timeline.Filter, ui.Runs.Sort, ui.Timeline.Times));
        Assert.Equal(new LoopKey("/srv/a", "l"), ui.Runs.Selected);
    }

    [Theory]
    [InlineData("Nonsense")]
    [InlineData("99")]
    [InlineData("")]
    [InlineData(null)]
    public void Words_that_nobody_knows_change_nothing(string? word)
    {
        var ui = new SessionState { Pane = word, Tab = word, Sort = word, Times = word, Repo = word, Loop = "" }.Apply(new UiState());

        Assert.Equal(new UiState(), ui);
    }

    [Fact]
    public void A_filter_from_a_file_is_made_harmless()
    {
        Assert.DoesNotContain('\e', new SessionState { Filter = "a\e]52;c;eA==\a" }.Apply(new UiState()).Timeline.Filter);
        Assert.Equal("", new SessionState { Filter = new string('x', 1_000_000) }.Apply(new UiState()).Timeline.Filter);
        Assert.DoesNotContain('\e', new SessionState { RunFilter = "a\e]52;c;eA==\a" }.Apply(new UiState()).Runs.Filter);
        Assert.Equal(("", "@prod"), (
            new SessionState { RunFilter = new string('x', 1_000_000) }.Apply(new UiState()).Runs.Filter,
            new SessionState { RunFilter = "@prod" }.Apply(new UiState()).Runs.Filter));
    }

    [Fact]
    public void Only_a_theme_that_was_chosen_is_kept()
    {
        var kept = new SessionState { Theme = "light", Colors = "True" };

        Assert.Null(new SessionState { Theme = "dark", Colors = "True" }.WithoutUnchosenTheme("dark", null).Theme);
        Assert.Equal(kept, new SessionState { Theme = "mono", Colors = "None" }.WithoutUnchosenTheme("mono", kept));
        Assert.Equal(kept, kept.WithoutUnchosenTheme("light", kept));
        Assert.Equal("dark", new SessionState { Theme = "dark", Colors = "True" }.WithoutUnchosenTheme("light", kept).Theme);
    }

    [Theory]
    [InlineData(ColorDepth.True, "light")]
    [InlineData(ColorDepth.None, null)]
    public void A_kept_theme_is_for_as_many_colours_as_it_was_chosen_for(ColorDepth depth, string? expected)
    {
        var kept = new SessionState { Theme = "light", Colors = "True" };

        Assert.Equal(expected, kept.ThemeFor(depth, ["dark", "light"]));
        Assert.Null(kept.ThemeFor(depth, ["dark"]));
    }
}
