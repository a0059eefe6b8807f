using System.Drawing;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Shell;

/// <summary>Room goes to the pane that needs it, nothing moves while a key is being pressed, and what was given by hand stays.</summary>
public sealed class PaneSizesTests
{
    public static TheoryData<int, int, int, int, int> Sizes()
    {
        var data = new TheoryData<int, int, int, int, int>();
        foreach (var (width, height) in new[] { (60, 13), (80, 22), (120, 38), (160, 43), (300, 100) })
        {
            foreach (var (needed, runs, alerts) in new[] { (0, 0, 0), (34, 3, 0), (400, 3, 1), (34, 60, 40), (34, 10_000, 500) })
            {
                data.Add(width, height, needed, runs, alerts);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_panes_fill_the_room_and_none_covers_another(
        int width, int height, int needed, int runs, int alerts)
    {
        PaneSplit[] splits =
        [
            PaneSplit.Natural, new(1, 1, 1), new(999, 999, 999), new(null, 999), new(null, null, 999), new(40, 5, 9), new(null, 1), new(25)
        ];
        foreach (var split in splits)
        {
            var body = new Rectangle(0, 1, width, height);
            var (panes, rule) = PaneAreas.Share(body, new PaneNeeds(needed, runs, alerts), split);

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
    public void No_pane_moves_while_the_cursor_goes_through_the_runs_and_the_tabs()
    {
        using var screen = ScreenDriver.At(
            120, 40, ColorDepth.True,
            ("completes", 20), ("role-fails", 8), ("two-loops", 60), ("tokens-and-logs", 300), ("torn-stays", 600));
        screen.Press("1", "g");
        var before = screen.Model.Layout.Panes;
        string[] keys = ["j", "i", "j", "v", "j", "u", "j", "w", "k", "G", "g", "4", "3", "1"];
        foreach (var key in keys)
        {
            screen.Press(key).Wait(5);
            Assert.Equal(before, screen.Model.Layout.Panes);
        }
    }

    [Fact]
    public void A_list_that_needs_less_keeps_its_room_until_the_screen_has_another_size_or_the_panes_are_reset()
    {
        using var screen = ScreenDriver.At(140, 40, ColorDepth.True, ("completes", 20), ("two-loops", 60));
        screen.Select("two-loops/api-pagination");
        var before = screen.Model.Layout.Panes;

        screen.Press("Space").Wait(10);
        Assert.Equal(before, screen.Model.Layout.Panes);
        screen.Press("/").Type("nothing at all");
        Assert.Equal(before, screen.Model.Layout.Panes);
        screen.Press("Esc");
        Assert.NotEqual(screen.Model.Ui.Needs.RunsRows, screen.Model.Lists.Rows.Count);

        screen.Press("=");
        Assert.Equal(screen.Model.Ui.Needs.RunsRows, screen.Model.Lists.Rows.Count);
    }

    [Fact]
    public void Room_that_alerts_no_longer_need_is_given_back_when_nobody_presses_a_key()
    {
        var model = MadeFleet.Of(2) with
        {
            Ui = new UiState { Size = new(120, 40), QuietAt = WatchedRepo.Start + TimeSpan.FromSeconds(3) },
        };
        model = model with { Ui = model.Ui with { NeedsOf = ShownList.Of(model), Needs = new(30, 12, 9) } };

        var held = Updater.Update(model, new ClockTicked(WatchedRepo.Start + TimeSpan.FromSeconds(2))).Model;
        Assert.Equal(9, held.Ui.Needs.AlertsRows);

        var quiet = Updater.Update(held, new ClockTicked(WatchedRepo.Start + TimeSpan.FromSeconds(4))).Model;
        Assert.Equal(model.Alerts.Count, quiet.Ui.Needs.AlertsRows);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("4")]
    public void As_many_steps_back_as_forward_leave_the_pane_as_it_was_and_the_bar_offers_to_reset_it_meanwhile(string pane)
    {
        using var screen = ScreenDriver.At(220, 40, ColorDepth.True, ("completes", 20), ("role-fails", 8));
        var before = screen.Press(pane).ExpectNot("= reset panes").Model.Layout.Panes;

        screen.Press("+", "+", "+").Expect("= reset panes").Press("-", "-", "-");
        Assert.Equal(before, screen.Model.Layout.Panes);
        Assert.Equal(PaneSplit.Natural, screen.Model.Ui.Split);
        screen.ExpectNot("= reset panes");
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
