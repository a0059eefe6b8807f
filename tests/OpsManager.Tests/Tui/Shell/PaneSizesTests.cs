using System.Drawing;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>Room goes to the pane that needs it, nothing moves while a key is being pressed, and what was given by hand stays.</summary>
public sealed class PaneSizesTests
{
    public static TheoryData<int, int, int, int, int, int, int> Sizes()
    {
        var data = new TheoryData<int, int, int, int, int, int, int>();
        foreach (var (width, height) in new[] { (60, 13), (80, 22), (120, 38), (160, 43), (300, 100) })
        {
            foreach (var (needed, runs, alerts, timeline, detail) in new[]
            {
                (0, 0, 0, 0, 0), (34, 3, 0, 200, 34), (400, 3, 1, 5, 34), (34, 60, 40, 200, 3), (34, 10_000, 500, 1_000_000, 500)
            })
            {
                data.Add(width, height, needed, runs, alerts, timeline, detail);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_panes_fill_the_room_and_none_covers_another(
        int width, int height, int needed, int runs, int alerts, int timeline, int detail)
    {
        PaneSplit[] splits =
        [
            PaneSplit.Natural, new(1, 1, 1), new(999, 999, 999), new(null, 999), new(null, null, 999), new(40, 5, 9), new(null, 1), new(25)
        ];
        foreach (var split in splits)
        {
            var body = new Rectangle(0, 1, width, height);
            var (panes, rule) = PaneAreas.Share(body, new PaneNeeds(needed, runs, alerts, timeline, detail), split);

            Rectangle[] areas = [.. panes.Values, rule];
            Assert.Equal(width * height, areas.Sum(static area => area.Width * area.Height));
            Assert.All(areas, area => Assert.True(body.Contains(area) && area is { Width: > 0, Height: > 0 }, $"{split}: {area}"));
            Assert.All(areas.Index(), one => Assert.DoesNotContain(areas.Skip(one.Index + 1), other => other.IntersectsWith(one.Item)));
        }
    }

    [Fact]
    public void With_few_runs_and_no_alert_the_detail_has_the_room_that_they_leave()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20));

        Assert.Equal(80, screen.Model.Layout.WidthOf(PaneId.Detail));
        Assert.InRange(screen.Model.Layout.RowsOf(PaneId.Detail), 9, 12);
        Assert.Equal(1, screen.Model.Layout.RowsOf(PaneId.Alerts));
    }

    [Fact]
    public void With_many_runs_the_list_has_the_height_of_the_screen()
    {
        var model = Updater.Update(MadeFleet.Of(10) with { Ui = new UiState { Size = new(120, 40) } }, new ClockTicked(default)).Model;

        Assert.InRange(model.Layout.RowsOf(PaneId.Runs), 30, 36);
        Assert.InRange(model.Layout.WidthOf(PaneId.Detail), 40, 90);
    }

    [Fact]
    public void A_pane_gets_smaller_only_with_another_row_or_when_nobody_presses_a_key()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("role-fails", 8));
        screen.Press("j", "i");
        var high = screen.Model.Layout.RowsOf(PaneId.Detail);

        screen.Press("v", "w");
        Assert.InRange(screen.Model.Layout.RowsOf(PaneId.Detail), high, 40);
        var held = screen.Model.Ui.Needs.DetailRows;

        screen.Wait(1);
        Assert.Equal(held, screen.Model.Ui.Needs.DetailRows);

        screen.Wait(3);
        Assert.Equal(screen.Model.Layout.Detail.Count, screen.Model.Ui.Needs.DetailRows);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public void A_pane_grows_and_shrinks_by_key_and_gets_its_own_size_back(string pane)
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("role-fails", 8));
        var before = screen.Press(pane).Model.Layout.Panes[screen.Model.Ui.Focus];

        screen.Press("+");
        var larger = screen.Model.Layout.Panes[screen.Model.Ui.Focus];
        Assert.True(larger.Width * larger.Height > before.Width * before.Height);

        screen.Press("-", "-");
        var smaller = screen.Model.Layout.Panes[screen.Model.Ui.Focus];
        Assert.True(smaller.Width * smaller.Height < larger.Width * larger.Height);

        screen.Press("=");
        Assert.Equal(before, screen.Model.Layout.Panes[screen.Model.Ui.Focus]);
        Assert.Equal(PaneSplit.Natural, screen.Model.Ui.Split);
    }

    [Fact]
    public void At_its_end_a_pane_says_so_and_the_way_back_is_felt_at_once()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20));
        for (var i = 0; i < 30; i++)
        {
            screen.Press("+");
        }

        var widest = screen.Expect("the pane cannot be larger").Model.Layout.WidthOf(PaneId.Runs);
        Assert.Equal(widest - 4, screen.Press("-").Model.Layout.WidthOf(PaneId.Runs));
        screen.Press("z", "+").Expect("one pane has the whole screen");
    }

    [Fact]
    public void What_was_given_by_hand_is_taken_up_by_the_next_session()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20));
        screen.Press("+", "3", "+");

        var kept = SessionState.From(screen.Model, ColorDepth.True);
        var next = kept.Apply(new UiState());

        Assert.Equal(screen.Model.Ui.Split, next.Split);
        var nonsense = new SessionState { RunsWidth = -5, AlertsHeight = int.MaxValue, DetailHeight = 0 };
        Assert.Equal(PaneSplit.Natural, nonsense.Apply(new()).Split);
    }
}
