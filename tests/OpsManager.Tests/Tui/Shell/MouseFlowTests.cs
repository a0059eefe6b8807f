using OpsManager.Tests.Tui.Replay;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Input;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>What the mouse does, cell by cell.</summary>
public sealed class MouseFlowTests
{
    [Fact]
    public void A_click_in_the_list_chooses_the_run_and_the_pane()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press("2");
        var (row, column) = Find(screen, "> tokens-");

        Click(screen, row, column);

        Assert.Equal((PaneId.Runs, "tokens-and-logs/checkout-flow"), (screen.Model.Ui.Focus, screen.Model.NameOf(screen.Model.Current!)));
    }

    [Fact]
    public void A_second_click_on_the_same_cell_opens_and_a_late_one_does_not()
    {
        using var screen = ScreenDriver.Rich();
        var (row, column) = Find(screen, "! role-f");

        Click(screen, row, column);
        screen.Wait(1);
        Click(screen, row, column);
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
        Click(screen, row, column);
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
    }

    [Fact]
    public void A_click_on_a_tab_shows_it()
    {
        using var screen = ScreenDriver.Rich();
        var (row, column) = Find(screen, " Usage ");

        Click(screen, row, column + 2);

        Assert.Equal((PaneId.Detail, DetailTab.Usage), (screen.Model.Ui.Focus, screen.Model.Ui.Detail.Tab));
    }

    [Fact]
    public void Each_tab_is_chosen_by_each_of_its_cells()
    {
        using var screen = ScreenDriver.Rich(160, 45);
        screen.Press("w");
        foreach (var tab in Enum.GetValues<DetailTab>().Skip(1))
        {
            var (row, column) = Find(screen, $" {tab} ");
            foreach (var cell in new[] { 0, tab.ToString().Length + 1 })
            {
                screen.Press("w");
                Click(screen, row, column + cell);
                Assert.Equal(tab, screen.Model.Ui.Detail.Tab);
            }

            screen.Press("w");
        }
    }

    [Fact]
    public void A_click_in_the_timeline_goes_to_its_row_and_the_wheel_scrolls_the_pane_under_it()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow");
        var area = screen.Model.Layout.Panes[PaneId.Timeline];

        Click(screen, area.Y + 6, area.X + 5);
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
        Assert.Equal(4, screen.Model.Layout.Timeline!.Selected - screen.Model.Layout.Timeline.Top);

        screen.Press("1");
        var top = screen.Model.Layout.Timeline.Selected;
        screen.Send(new MousePressed(area.Y + 6, area.X + 5, MouseKind.WheelUp));
        Assert.Equal((PaneId.Runs, top - 3), (screen.Model.Ui.Focus, screen.Model.Layout.Timeline!.Selected));
    }

    [Fact]
    public void The_wheel_scrolls_a_box_and_a_click_beside_it_does_nothing()
    {
        using var screen = ScreenDriver.Rich(80, 24);
        screen.Press("?");

        screen.Send(new MousePressed(10, 20, MouseKind.WheelDown));
        Assert.Equal(3, screen.Model.Ui.Help.Top);
        Click(screen, 0, 0);
        Assert.Equal(Overlay.Help, screen.Model.Ui.Overlay);
    }

    [Fact]
    public void A_click_chooses_in_the_palette_and_a_second_one_takes_it()
    {
        using var screen = ScreenDriver.Rich();
        screen.Press(":").Type("theme ");
        var (row, column) = Find(screen, "Use the theme mono");

        Click(screen, row, column);
        Click(screen, row, column);

        Assert.Equal("mono", screen.Model.Theme.Name);
    }

    [Fact]
    public void In_the_box_that_asks_nothing_is_sent_by_any_click()
    {
        using var screen = ScreenDriver.Live(100, 30, "approval-approved", 11.3);
        screen.Press("a").Wait(2);

        for (var row = 0; row < 30; row++)
        {
            for (var column = 0; column < 100; column += 3)
            {
                Click(screen, row, column);
                Click(screen, row, column);
            }
        }

        Assert.Null(screen.Model.Ui.Confirm!.PressedAt);
        Assert.Equal(Overlay.Confirm, screen.Model.Ui.Overlay);
    }

    [Fact]
    public void Clicks_and_wheel_at_every_cell_and_far_outside_are_taken_in_every_place()
    {
        using var screen = ScreenDriver.Rich(80, 24);
        foreach (var keys in new[] { new[] { "1" }, ["z"], ["?"], ["d"], [":"] })
        {
            screen.Press(keys);
            for (var row = -1; row < 26; row++)
            {
                foreach (var column in new[] { -1, 0, 5, 27, 40, 79, 4000 })
                {
                    screen.Send(new MousePressed(row, column, MouseKind.WheelDown)).Send(new MousePressed(row, column, MouseKind.Drag));
                    Click(screen, row, column);
                }
            }

            screen.Press("Esc");
        }

        Assert.False(screen.HasQuit);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 2.8)]
    [InlineData(1, 5)]
    public void A_drag_on_the_bar_of_a_recording_goes_to_its_moment(double part, double seconds)
    {
        using var screen = new ReplayScreen(110, 34, "role-fails");
        var scrub = screen.Model.Layout.Scrub!.Value;
        var cells = screen.Line(scrub.Y).LastIndexOf('·') is > 0 and var last ? last : 83;

        screen.Send(new MousePressed(scrub.Y, (int)(part * cells), MouseKind.Press));
        screen.Send(new MousePressed(scrub.Y, (int)(part * cells), MouseKind.Drag)).Pass(1);

        Assert.InRange(screen.State.At.TotalSeconds, seconds - 0.9, seconds + 0.9);
    }

    private static void Click(ScreenDriver screen, int row, int column) => screen.Send(new MousePressed(row, column, MouseKind.Press));

    private static (int Row, int Column) Find(ScreenDriver screen, string text)
    {
        var lines = screen.Text.Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        Assert.True(row >= 0, screen.Text);
        return (row, lines[row].IndexOf(text, StringComparison.Ordinal));
    }
}
