using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Facts.Observations;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tests.Tui.Shell;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>Repositories with several loops are groups that fold, with a word about their runs.</summary>
public sealed class RunGroupsTests
{
    private static readonly LoopKey Group = new("/srv/two-loops", "");

    [Fact]
    public void Space_folds_the_group_that_the_cursor_is_in_and_unfolds_it_again()
    {
        using var screen = Two();
        screen.Expect("▾  two-loops · 2 loops").Select("two-loops/api-pagination");

        screen.Press("Space").Expect("▸v two-loops").ExpectNot("api-pagination  ");
        Assert.Equal(Group, screen.Model.Chosen);

        screen.Press("Space").Expect("▾  two-loops");
        Assert.Equal(new LoopKey("/srv/two-loops", "api-pagination"), screen.Model.Chosen);
    }

    [Theory]
    [InlineData("Left", "Right")]
    [InlineData("h", "Right")]
    public void Left_folds_the_group_and_right_unfolds_it_and_each_says_where_there_is_nothing_to_do(string left, string right)
    {
        using var screen = Two();
        screen.Select("two-loops/api-pagination").Press(right).Expect("two-loops is open already");

        screen.Press(left).Expect("▸v two-loops").Expect("Space unfold").Press(left).Expect("two-loops is closed already");
        screen.Press(right).Expect("▾  two-loops");
        screen.Select("completes/checkout-flow").Press(left).Expect("only groups of runs fold");
    }

    [Theory]
    [InlineData("collapse")]
    [InlineData("fold group")]
    public void A_group_is_folded_by_name(string typed)
    {
        using var screen = Two();

        screen.Select("two-loops/api-pagination").Press(":").Type(typed).Press("Enter").Expect("▸v two-loops");
        screen.Press(":").Type("expand").Press("Enter").Expect("▾  two-loops");
    }

    [Fact]
    public void The_bar_says_which_key_folds_on_the_title_of_a_group_only()
    {
        using var screen = Two();

        screen.Select("two-loops/api-pagination").ExpectNot("Space fold").Press("k").Expect("Space fold");
    }

    [Fact]
    public void With_the_first_run_of_a_group_its_title_is_visible_also_after_sorting()
    {
        using var screen = Many();
        screen.Select("two-loops/api-pagination");
        for (var sorts = 0; sorts < 4; sorts++)
        {
            screen.Press("s");
            var rows = screen.Model.Lists.Rows;
            var top = screen.Model.Ui.Runs.Top;
            var chosen = screen.Model.Lists.RowOf(screen.Model.Chosen!.Value);
            Assert.InRange(chosen, top, top + screen.Model.Layout.RowsOf(PaneId.Runs) - 1);
            Assert.True(!rows[top].IsInGroup || !rows[top - 1].IsGroup, $"row {top} has its title above");
        }
    }

    [Fact]
    public void Rows_that_are_not_visible_are_counted_in_the_title()
    {
        using var screen = Many();
        var hidden = screen.Model.Lists.Rows.Count - screen.Model.Layout.RowsOf(PaneId.Runs);
        Assert.InRange(hidden, 1, 12);

        screen.Press("1", "g").Expect($"11 runs · {hidden} more").Press("G").Expect($"11 runs · {hidden} above");
    }

    [Fact]
    public void Enter_on_a_group_opens_it_and_goes_to_its_first_run()
    {
        using var screen = Two();
        screen.Select("two-loops/api-pagination").Press("Space", "Enter");

        Assert.Equal("/srv/two-loops", screen.Model.Current!.Repo);
        Assert.Empty(screen.Model.Ui.Runs.Folded);
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
    }

    [Fact]
    public void A_group_that_is_chosen_says_so_and_nothing_is_sent_to_it()
    {
        using var screen = Two();
        screen.Select("two-loops/api-pagination").Press("Space");

        screen.Expect("2 loops: choose one in the list to see it").Press("x").Expect("two-loops is a group: choose one of its runs");
    }

    [Fact]
    public void A_run_that_is_found_by_name_is_shown_although_its_group_is_folded()
    {
        using var screen = Two();
        screen.Select("two-loops/api-pagination").Press("Space", "g").Send(new RunChosen(new("/srv/two-loops", "search-index")));

        Assert.Equal("search-index", screen.Model.Current!.Id);
        Assert.Empty(screen.Model.Ui.Runs.Folded);
    }

    [Fact]
    public void A_filter_shows_what_it_finds_also_in_a_folded_group()
    {
        using var screen = Two();
        screen.Select("two-loops/api-pagination").Press("Space", "/").Type("search").Press("Enter");

        Assert.Equal("search-index", screen.Model.Current!.Id);
    }

    [Theory]
    [InlineData("two-loops")]
    [InlineData("completes")]
    public void A_loop_that_appears_while_the_order_is_held_comes_to_those_of_its_repository(string repository)
    {
        using var screen = Two();
        screen.Press("j");
        Assert.NotNull(screen.Model.Ui.Runs.Held);

        screen.Take(new LoopAppeared(screen.Model.Clock, $"/srv/{repository}", "newer"));

        int[] places =
        [
            .. screen.Model.Lists.All.Index().Where(run => run.Item.Repo == $"/srv/{repository}").Select(static run => run.Index),
        ];
        Assert.Contains(screen.Model.Lists.All, static run => run.Id == "newer");
        Assert.Equal(places.Length, places[^1] - places[0] + 1);
    }

    [Fact]
    public void One_repository_has_no_group()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 60));

        Assert.All(screen.Model.Lists.Rows, static row => Assert.False(row.IsGroup));
        screen.Press("Space").Expect("paused");
    }

    [Fact]
    public void The_row_of_a_group_counts_its_runs_by_state()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 25), ("completes", 20));

        var group = screen.Model.Lists.Rows.Single(static row => row.IsGroup);
        Assert.Equal(2, group.Runs.Runs);
        screen.Expect($"two-loops · {group.Runs.Text}");
    }

    [Fact]
    public void Ten_thousand_loops_are_sorted_once_and_only_visible_rows_are_made()
    {
        var model = Step(MadeFleet.Of(2000) with { Ui = new UiState { Size = new(120, 40) } }, new ClockTicked(default));
        model = Step(model, new Asked(ActionId.MoveDown));
        var lists = model.Lists;
        Assert.Equal(10_000, lists.All.Count);

        ActionId[] keys =
            [ActionId.MoveDown, ActionId.PageDown, ActionId.MoveToBottom, ActionId.MoveUp, ActionId.MoveToTop, ActionId.ShowUsage];
        foreach (var key in keys)
        {
            model = Step(model, new Asked(key));
            Assert.Same(lists, model.Lists);
        }

        var rows = model.Layout.RowsOf(PaneId.Runs);
        var content = RunsView.Compose(model, model.Keymap, model.Ui.Runs, lists, model.Layout.WidthOf(PaneId.Runs), rows);
        Assert.Equal(rows, content.Rows.Count);
    }

    private static ScreenDriver Many() => ScreenDriver.At(
        100, 18, ColorDepth.True, ("two-loops", 60), ("completes", 20), ("role-fails", 8), ("cancelled", 8), ("max-iterations", 20),
        ("invalid-line", 8), ("torn-stays", 60), ("rate-limit-stop", 20), ("delegation", 20), ("long-run", 20));

    private static ScreenDriver Two() => ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 60), ("completes", 20));

    private static AppModel Step(AppModel model, Message message) => Updater.Update(model, message).Model;
}
