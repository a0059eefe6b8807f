using OpsManager.Tests.Tui.Session;
using OpsManager.Tests.Tui.Shell;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Text;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>The columns of the run list: names are cut last, and a column that is empty for every row has no room.</summary>
public sealed class RunColumnsTests
{
    public static TheoryData<string, int> Names()
    {
        var data = new TheoryData<string, int>();
        string[] names =
        [
            "a", "checkout-flow", new('n', 300), string.Concat(Enumerable.Repeat("寿司-", 9)),
            string.Concat(Enumerable.Repeat("e\u0301", 40)), "a_b_c"
        ];
        foreach (var name in names)
        {
            foreach (var width in new[] { 22, 30, 36, 54, 59, 60, 61, 80, 120, 160 })
            {
                data.Add(name, width);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_is_as_wide_as_its_heading_and_none_is_wider_than_the_pane(string name, int width)
    {
        var model = MadeFleet.Named(name, "other");
        var content = RunsView.Compose(model, model.Keymap, model.Ui.Runs, model.Lists, width, 20);

        var heading = Width(content.Heading[0]);
        Assert.InRange(heading, 1, width);
        Assert.All(content.Rows, row => Assert.Equal(heading, Width(row)));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(160, 45)]
    public void The_headings_are_always_there_and_mark_the_order(int columns, int rows)
    {
        using var screen = ScreenDriver.Rich(columns, rows);

        Assert.Matches("   RUN +STATE↓ +AGE│", screen.Text);
        Assert.Matches("   RUN↓ +STATE +AGE│", screen.Press("s").Text);
        Assert.Matches("   RUN +STATE +AGE↓│", screen.Press("s").Text);
        Assert.Matches("   RUN +STATE +AGE +LAG↓", screen.Press("s", "z").Text);
    }

    [Fact]
    public void A_run_at_work_shows_its_role_and_iteration_in_place_of_a_state()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("long-run", 40));

        Assert.Matches("> checkout-flow (running|planner|implementer|tester|reviewer) [0-9]+/[0-9]+ ", screen.Text);
    }

    [Fact]
    public void No_column_moves_from_one_role_to_the_next()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 2));
        var widths = new HashSet<int>();
        for (var at = 2.5; at < 12; at += 0.5)
        {
            widths.Add(screen.Advance("completes", at).Model.Layout.WidthOf(PaneId.Runs));
        }

        Assert.Single(widths);
    }

    [Fact]
    public void Without_an_alert_there_is_no_column_for_its_mark()
    {
        using var well = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20));
        using var ill = ScreenDriver.At(120, 40, ColorDepth.True, ("role-fails", 8));

        Assert.False(well.Model.Lists.Columns.HasAlerts);
        Assert.True(ill.Model.Lists.Columns.HasAlerts);
        Assert.Matches("! checkout-flow failed +! +[0-9]", ill.Text);
    }

    [Fact]
    public void A_zoomed_list_has_what_is_known_and_no_empty_column()
    {
        using var screen = ScreenDriver.At(160, 45, ColorDepth.True, ("tokens-and-logs", 300), ("completes", 20));

        screen.Press("z").Expect("COST TODAY").Expect("LAST EVENT").ExpectNot("HOST").ExpectNot("LAST READ").ExpectNot("STAGE");
        Assert.Matches("tokens-and-logs/checkout-flow .*\\$[0-9]+\\.[0-9][0-9]", screen.Text);
    }

    [Theory]
    [InlineData("checkout-and-payment-flow-v2", 16, "checkout…flow-v2")]
    [InlineData("short", 16, "short")]
    [InlineData("寿司寿司寿司", 7, "寿…寿司")]
    public void A_name_that_is_cut_keeps_its_start_and_its_end(string name, int cells, string expected) =>
        Assert.Equal(expected, CellText.CutMiddle(name, cells));

    [Fact]
    public void Of_a_run_in_one_of_several_repositories_the_repository_is_cut_first()
    {
        var model = MadeFleet.Named("checkout-flow", "x", repo: "a-very-long-name-of-a-repository");
        var row = model.Lists.Rows.Single(row => row.Loop?.Id == "checkout-flow");

        Assert.Equal("a-v…ory/checkout-flow", RunText.Name(model, row, 21));
        Assert.Equal("a-…y/check…flow", RunText.Name(model, row, 15));
    }

    [Fact]
    public void Where_repositories_have_loops_of_one_name_that_name_is_cut_first()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("role-fails", 8), ("completes", 20), ("cancelled", 20));

        screen.Expect(" role-fails/ch").Expect(" completes/che").Expect(" cancelled/che");
    }

    private static int Width(OpsManager.Tui.Content.Row row) => row.Spans.Sum(static span => span.Width ?? CellText.Width(span.Text));
}
