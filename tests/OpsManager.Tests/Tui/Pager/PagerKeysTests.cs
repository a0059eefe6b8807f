using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>Moving, searching and looks in a text that is open.</summary>
public sealed class PagerKeysTests
{
    [Fact]
    public void A_search_is_text_until_enter_and_esc_leaves_one_step_at_a_time()
    {
        using var screen = Event();

        screen.Press("/").Type("q ").Press("Esc");
        Assert.Null(screen.Model.Ui.Prompt);
        screen.Expect("Esc closes");
        screen.Press("/").Type("RUN_ID").Press("Enter").Expect("/RUN_ID").Expect("Esc ends the search");
        screen.Press("Esc").ExpectNot("/RUN_ID").Expect("Esc closes");
        screen.Press("Esc").ExpectNot("Esc closes");
        Assert.False(screen.HasQuit);
    }

    [Fact]
    public void The_next_match_and_the_one_before_go_round_and_say_so()
    {
        using var screen = Event();
        screen.Press("/").Type("iteration").Press("Enter");
        var first = screen.Model.Ui.Pager!.Search!.At;
        Assert.NotNull(first);
        var count = screen.Model.Ui.Pager.Search.Matches.Lines.Length;
        Assert.InRange(count, 2, 9);
        screen.Expect($"/iteration · match 1 of {count}");

        screen.Press("n").Expect($"match 2 of {count}");
        var second = screen.Model.Ui.Pager!.Search!.At;
        Assert.NotEqual(first, second);
        screen.Press("N");
        Assert.Equal(first, screen.Model.Ui.Pager!.Search!.At);
        screen.Press("N");
        screen.Expect("went on from the end");
        screen.Press("n").Expect("went on from the start");
        Assert.Equal(first, screen.Model.Ui.Pager!.Search!.At);
        screen.Press("/").Type("there is no such text").Press("Enter").Expect("not found: there is no such text");
    }

    [Fact]
    public void The_help_leads_back_to_the_text_and_its_search()
    {
        using var screen = Event();
        screen.Press("/").Type("iteration").Press("Enter", "?").Expect("HELP").Press("Esc").ExpectNot("HELP");

        Assert.Equal("iteration", screen.Model.Ui.Pager!.Search!.Text);
        screen.Press("Esc", "Esc");
        Assert.Null(screen.Model.Ui.Pager);
    }

    [Fact]
    public void Lines_are_numbered_wrapped_and_scrolled()
    {
        using var screen = ScreenDriver.At(60, 20, OpsManager.Tui.Terminal.Colour.ColorDepth.None, ("tokens-and-logs", 300));
        screen.Press("v", "3", "j", "j", "Enter", "r").Expect("raw");

        screen.Press("#").Expect("      1 {").Press("#").ExpectNot("      1 {");
        screen.Press("Shift+Right").Expect("from column 17").Press("Left").ExpectNot("from column");
        screen.Press("w");
        Assert.True(screen.Model.Ui.Pager!.Wraps);
        screen.Press("Right").Expect("lines are wrapped");
        screen.Press("G");
        var end = screen.Model.Ui.Pager!.Text.Top;
        screen.Press("k", "j", "Space", "b", "G");
        Assert.Equal(end, screen.Model.Ui.Pager!.Text.Top);
        screen.Press("g");
        Assert.Equal((0, 0), (screen.Model.Ui.Pager!.Text.Top.Offset, screen.Model.Ui.Pager!.Text.Top.Row));
    }

    [Fact]
    public void An_event_is_formatted_and_raw_where_it_is_asked_for()
    {
        using var screen = Event();

        screen.Expect("\"event\": \"loop_start\"").Press("r").ExpectNot("\"event\": \"loop_start\"").Expect("\"event\":\"loop_start\"");
        screen.Press("r").Expect("\"event\": \"loop_start\"");
    }

    private static ScreenDriver Event()
    {
        var screen = ScreenDriver.Rich();
        return screen.Select("tokens-and-logs/checkout-flow").Press("2", "g", "Enter");
    }
}
