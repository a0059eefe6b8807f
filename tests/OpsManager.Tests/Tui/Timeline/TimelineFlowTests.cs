using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>Moving and filtering in the timeline.</summary>
public sealed class TimelineFlowTests
{
    [Fact]
    public void A_filter_counts_while_it_is_typed_and_hides_what_does_not_match()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("role:planner").Expect("/role:planner").Expect("4 of ");
        Assert.Equal("role:planner", screen.Model.Ui.Timeline.Filter);

        screen.Press("Enter").Expect("4 of ").Expect("match").ExpectNot("tests started");
        screen.Press("Esc").Expect("lines").Expect("tests started");
    }

    [Fact]
    public void A_filter_that_is_left_is_the_one_before()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("2", "/").Type("iter:1").Press("Enter").Press("2", "/").Type("0 nonsense");
        Assert.Equal("iter:10 nonsense", screen.Model.Ui.Timeline.Filter);

        screen.Press("Esc");

        Assert.Equal("iter:1", screen.Model.Ui.Timeline.Filter);
    }

    [Fact]
    public void A_filter_that_cannot_be_understood_says_so_and_hides_nothing()
    {
        using var screen = ScreenDriver.Rich();

        screen.Select("tokens-and-logs/checkout-flow")
            .Press("2", "/")
            .Type("iter:x")
            .Expect("iter")
            .Expect("tests started")
            .Press("Enter");

        Assert.NotNull(screen.Model.Ui.Prompt);
    }

    [Fact]
    public void A_jump_that_finds_nothing_says_which_key_goes_back()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("invalid-line", 8));

        screen.Press("2", "g", "e", "j", "e").Expect("no problem after this line; E goes back");
        screen.Press("g", "E").Expect("no problem before this line; e goes forward");
    }

    [Fact]
    public void The_log_is_offered_only_on_an_event_that_names_one()
    {
        using var screen = ScreenDriver.At(140, 40, ColorDepth.True, ("completes", 20));
        screen.Press("2", "/").Type("event:role_start").Press("Enter", "g").Expect("l log");

        screen.Press("Esc", "/").Type("event:promise_checked").Press("Enter", "g").ExpectNot("l log");
    }

    [Fact]
    public void Between_matches_the_rest_can_be_shown_and_n_goes_from_match_to_match()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow")
            .Press("2", "/")
            .Type("event:gates_evaluated")
            .Press("Enter", "c")
            .Expect("gates")
            .Expect("tests passed");
        screen.Press("g", "n").Expect("gates");
        var first = screen.Model.Ui.Timeline.Position.Offset;
        screen.Press("n");

        Assert.True(screen.Model.Ui.Timeline.Position.Offset > first);
        screen.Press("N");
        Assert.Equal(first, screen.Model.Ui.Timeline.Position.Offset);
        screen.Press("N").Expect("no match before this line");
    }

    [Fact]
    public void Without_a_filter_the_keys_of_matches_say_why_they_do_nothing()
    {
        using var screen = ScreenDriver.Rich();

        screen.Press("n").Expect("no filter is set; / sets one").Press("j").ExpectNot("no filter is set");
    }

    [Fact]
    public void A_word_of_the_filter_is_completed_from_what_the_log_has()
    {
        using var screen = ScreenDriver.Rich();

        screen.Select("tokens-and-logs/checkout-flow").Press("2", "/").Type("ro").Press("Tab").Type("rev").Press("Tab");

        Assert.Equal("role:reviewer", screen.Model.Ui.Timeline.Filter);
    }

    [Fact]
    public void Problems_are_gone_through_in_both_directions()
    {
        using var screen = ScreenDriver.At(140, 45, ColorDepth.True, ("delegation", 60));
        screen.Press("2", "g", "e");
        var first = screen.Model.Ui.Timeline.Position;
        Assert.False(first.Follows);

        screen.Press("e");
        Assert.True(screen.Model.Ui.Timeline.Position.Offset > first.Offset);
        screen.Press("E");
        Assert.Equal(first.Offset, screen.Model.Ui.Timeline.Position.Offset);
        screen.Press("E").Expect("no problem before this line");
    }

    [Fact]
    public void A_paused_timeline_holds_still_and_says_how_far_behind_it_is()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("long-run", 20));
        screen.Expect("following").Press("Space").Expect("paused · at the end");
        var held = screen.Model.Ui.Timeline.Position.Offset;

        screen.Advance("long-run", 24).Expect("paused").ExpectNot("paused · at the end");
        Assert.Equal(held, screen.Model.Ui.Timeline.Position.Offset);
        screen.Press("Space").Expect("following");
    }

    [Fact]
    public void Times_are_of_day_with_the_date_or_ages()
    {
        using var screen = ScreenDriver.At(160, 40, ColorDepth.True, ("completes", 20));

        screen.Press("2", "z")
            .Expect(" 19:19:")
            .Press("t")
            .Expect(" 2026-11-22 19:19:")
            .Press("t")
            .Expect("\n -")
            .Press("t")
            .Expect(" 19:19:");
    }

    [Fact]
    public void Long_lines_are_scrolled_and_scrolled_back()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.True, ("completes", 20));
        screen.Press("2", "z");
        var before = screen.Text;

        Assert.NotEqual(before, screen.Press("l").Text);
        Assert.Equal(before, screen.Press("h").Text);
    }

    [Fact]
    public void The_timeline_stops_following_when_one_moves_up_and_follows_again_at_the_end()
    {
        using var screen = ScreenDriver.At(100, 30, ColorDepth.True, ("long-run", 60));

        screen.Expect("following")
            .Press("2", "k", "k")
            .Expect("2 lines behind")
            .Press("j", "j")
            .Expect("not following")
            .Press("j")
            .Expect("following");
        screen.Press("g").Expect("loop started").ExpectNot("following").Press("f").Expect("following");
    }

    [Fact]
    public void A_broken_log_has_a_row_that_says_so()
    {
        using var screen = ScreenDriver.At(160, 45, ColorDepth.True, ("log-truncated", 14.5));

        screen.Press("2", "g").Expect("the log was cut from").Expect("events_truncated");
    }
}
