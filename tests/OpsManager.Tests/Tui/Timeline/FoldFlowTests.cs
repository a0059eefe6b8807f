using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>Finished iterations as one line each, and events in words, on the screen.</summary>
public sealed class FoldFlowTests
{
    [Fact]
    public void A_finished_iteration_says_in_one_line_how_long_it_took_what_was_of_it_and_what_it_cost()
    {
        using var screen = LongRun();

        screen.Press("2", "z", "g")
            .Expect("+─ iteration  1 of 15")
            .Expect("no promise · 4 roles · $0.89")
            .Expect("iteration  2 of 15");
    }

    [Fact]
    public void One_key_opens_all_and_folds_all_again()
    {
        using var screen = LongRun();
        screen.Press("2", "z", "g").Expect("+─ iteration");

        screen.Press("F").ExpectNot("+─ iteration").Expect("planner      started").Press("F").Expect("+─ iteration  1 of 15");
    }

    [Fact]
    public void Enter_opens_the_iteration_under_the_cursor_and_then_the_event()
    {
        using var screen = LongRun();
        screen.Press("2", "z", "g", "j", "Enter").ExpectNot("iteration  1 of 15").Expect("+─ iteration  2 of 15");
        Assert.Null(screen.Model.Ui.Pager);

        screen.Press("Enter").Expect("\"event\": \"iteration_start\"");
    }

    [Fact]
    public void A_line_that_the_filter_found_is_there_when_the_filter_is_left()
    {
        using var screen = LongRun();
        screen.Press("2", "z", "/").Type("iter:3 role:tester").Press("Enter", "k").Expect("tester       started");

        screen.Press("Esc").Expect("tester       started").Expect("+─ iteration  4 of 15").ExpectNot("iteration  3 of 15");
    }

    [Fact]
    public void The_words_of_an_event_are_found_by_a_filter_and_its_copy_is_raw()
    {
        using var screen = LongRun();
        screen.Press("2", "z", "/").Type("\"tester ended\"").Press("Enter").Expect("of 290 match").Expect("tester       ended");

        screen.Press("y");

        Assert.Contains("\"event\":\"role_end\"", screen.Copied, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24, true)]
    [InlineData(120, 40, true)]
    [InlineData(160, 45, true)]
    [InlineData(120, 40, false)]
    public void Looks_as_it_did(int columns, int rows, bool colour)
    {
        var depth = colour ? ColorDepth.True : ColorDepth.None;
        using var screen = ScreenDriver.At(columns, rows, depth, ("long-run", 94), ("delegation", 16));

        screen.Select("long-run/checkout-flow").Press("2", "k");

        Golden.Assert($"folds-{columns}x{rows}{(colour ? "" : "-mono")}", screen.Styled);
    }

    private static ScreenDriver LongRun() => ScreenDriver.At(120, 40, ColorDepth.True, ("long-run", 94));
}
