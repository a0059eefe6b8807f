using System.Drawing;
using OpsManager.Configuration.Keymaps;
using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tests.Tui.Shell;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Content;
using OpsManager.Tui.Messages;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

public sealed class RunFilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("shop", true)]
    [InlineData("SHO", true)]
    [InlineData("checkout", true)]
    [InlineData("shop checkout", true)]
    [InlineData("shop search", false)]
    [InlineData("/srv", false)]
    [InlineData("!search", true)]
    [InlineData("!shop", false)]
    [InlineData("@prod", true)]
    [InlineData("@PROD", true)]
    [InlineData("@pro", false)]
    [InlineData("label:eu", true)]
    [InlineData("@prod @eu", true)]
    [InlineData("@prod !@eu", false)]
    [InlineData("is:waiting", true)]
    [InlineData("is:awaiting_approval", true)]
    [InlineData("IS:Waiting", true)]
    [InlineData("is:failed", false)]
    [InlineData("!is:failed @eu out", true)]
    [InlineData("!", true)]
    [InlineData("@", true)]
    [InlineData("label:", true)]
    [InlineData("is:fai", false)]
    [InlineData("is:wai", true)]
    [InlineData("is:await", true)]
    [InlineData("!is:wai", false)]
    [InlineData("is:comp", false)]
    [InlineData("is:", true)]
    [InlineData("is:zzz", false)]
    [InlineData("!is:zzz", false)]
    public void Every_word_must_hold(string text, bool holds)
    {
        var loop = new LoopModel("/srv/x", "checkout-flow");
        loop = loop with { Verdict = loop.Verdict with { Ruling = loop.Verdict.Ruling with { Lifecycle = Lifecycle.AwaitingApproval } } };

        Assert.Equal(holds, RunFilter.Parse(text).Holds(loop, "shop", ["prod", "eu"]));
    }

    [Fact]
    public void Only_a_state_that_is_none_is_a_fault()
    {
        Assert.Null(RunFilter.Parse("a @b !c label:d is:running !is:wai is:unreach is:").Fault);
        Assert.Equal("no state begins with \"zzz\"", RunFilter.Parse("is:zzz").Fault);
    }

    [Fact]
    public void A_state_that_is_none_finds_nothing_and_the_title_says_so()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("role-fails", 8));

        screen.Press("1", "/").Type("is:zzz").Expect("RUNS (1) no such state  /is:zzz").Expect(" no state begins with \"zzz\"");
        screen.Press("Enter");
        Assert.NotNull(screen.Model.Ui.Prompt);
        screen.Press("Ctrl+U").Type("is:comp").Press("Enter").Expect("1 of 2  /is:comp");
        Assert.Equal("completes/checkout-flow", screen.Model.NameOf(screen.Model.Current!));
    }

    [Fact]
    public void The_states_are_offered_while_one_is_typed()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20), ("role-fails", 8));

        screen.Press("1", "/").Type("role is:").Expect("is:failed").Type("un").Expect("is:unreachable").ExpectNot("is:failed");
        screen.Press("Down", "Tab");
        Assert.Equal("role is:unreachable", screen.Model.Ui.Runs.Filter);
    }

    [Fact]
    public void A_filter_in_force_says_which_key_clears_it()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("completes", 20), ("role-fails", 8));

        screen.Press("1").ExpectNot("clear").Press("/").Type("role").Press("Enter").Expect("Esc clear filter");
        screen.Press("Esc").ExpectNot("clear filter").Press("2", "/").Type("role:planner").Press("Enter").Expect("Esc clear filter");
    }

    [Fact]
    public void The_chosen_run_stays_where_it_matches_and_else_the_nearest_that_does_is_shown()
    {
        var model = MadeFleet.Of(4) with { Ui = new UiState { Size = new Size(80, 24), Runs = new RunsState { Sort = RunSort.Name } } };
        model = model with { Ui = model.Ui.Select(new LoopKey(PathOf(model, "app-0001"), "loop-3")) };

        Assert.Equal("app-0001/loop-3", Shown(model, "@dev"));
        Assert.Equal("app-0002/loop-0", Shown(model, "@prod"));
        Assert.Equal("app-0000/loop-4", Shown(model, "app-0000"));
        Assert.Null(Shown(model, "nothing"));
        Assert.Equal("app-0001/loop-3", Shown(model, ""));
    }

    [Fact]
    public void Typing_filters_Esc_goes_back_and_Enter_keeps()
    {
        var model = MadeFleet.Of(4) with { Ui = new UiState { Size = new Size(80, 24), Runs = new RunsState { Sort = RunSort.Name } } };
        model = model with { Ui = model.Ui.Select(new LoopKey(PathOf(model, "app-0001"), "loop-3")) };

        var typed = Ask(model, ActionId.Filter);
        typed = Ask(Updater.Update(typed, new Typed("@prodd")).Model, ActionId.DeleteBack);
        Assert.Equal(("@prod", 10, 20), (typed.Ui.Runs.Filter, typed.Runs.Count, typed.AllRuns.Count));

        var left = Ask(typed, ActionId.Cancel);
        Assert.Equal(("", 20, model.Ui.Runs.Selected), (left.Ui.Runs.Filter, left.Runs.Count, left.Ui.Runs.Selected));

        var kept = Ask(typed, ActionId.Accept);
        Assert.Equal(("@prod", PaneId.Runs, null), (kept.Ui.Runs.Filter, kept.Ui.Focus, kept.Ui.Prompt));
        Assert.Equal(PathOf(model, "app-0002"), kept.Ui.Runs.Selected!.Value.Repo);
        Assert.Equal(20, Ask(kept, ActionId.Back).Runs.Count);
        Assert.Equal("", kept.Ui.Timeline.Filter);

        var wrong = Ask(Updater.Update(Ask(model, ActionId.Filter), new Typed("is:zzz")).Model, ActionId.Accept);
        Assert.NotNull(wrong.Ui.Prompt);
    }

    [Fact]
    public void A_run_that_is_opened_by_name_takes_away_the_filter_that_hides_it()
    {
        var model = MadeFleet.Of(4) with { Ui = new UiState { Size = new Size(80, 24), Runs = new RunsState { Filter = "@prod" } } };

        var same = Updater.Update(model, new RunChosen(new LoopKey(PathOf(model, "app-0002"), "loop-1"))).Model;
        Assert.Equal(("@prod", "app-0002/loop-1"), (same.Ui.Runs.Filter, same.NameOf(same.Current!)));
        var other = Updater.Update(model, new RunChosen(new LoopKey(PathOf(model, "app-0001"), "loop-1"))).Model;
        Assert.Equal(("", "app-0001/loop-1"), (other.Ui.Runs.Filter, other.NameOf(other.Current!)));
    }

    [Fact]
    public void A_sprite_that_is_kept_passive_may_not_be_acted_on_and_the_others_may()
    {
        var model = MadeFleet.Of(2) with { Ui = new UiState { Size = new Size(80, 24), Runs = new RunsState { Sort = RunSort.Name } } };
        var path = PathOf(model, "app-0000");
        model = Updater.Update(
            model, new SpritesChanged(model.Sprites.SetItem(path, model.Sprites[path] with { IsPassive = true }))).Model;

        Assert.Equal("config.yaml sets this sprite to passive", model.WhyNotIn(path));
        Assert.Null(model.WhyNotIn(PathOf(model, "app-0001")));
        var asked = Ask(model, ActionId.CancelRun);
        Assert.Contains("config.yaml sets this sprite to passive", ConfirmUpdate.Obstacles(asked, asked.Ui.Confirm!));
        Assert.Equal("config.yaml sets this sprite to passive", Availability.WhyNotStaged(model));
        Assert.Equal("config.yaml sets this sprite to passive", Availability.WhyNotRearmed(model));
    }

    [Fact]
    public void A_thousand_runs_are_ordered_and_filtered_once_and_in_linear_work()
    {
        var model = MadeFleet.Of(200) with
        {
            Ui = new UiState { Size = new Size(140, 40), Runs = new RunsState { Sort = RunSort.Name, Filter = "@prod !loop-4" } }
        };
        Assert.Equal((400, 1000), (model.Runs.Count, model.AllRuns.Count));

        // Whatever happens that the list does not follow from, it is the same list.
        var lists = model.Lists;
        Assert.Same(lists, Updater.Update(model, new ClockTicked(model.Clock.AddSeconds(1))).Model.Lists);
        Assert.Same(lists, Updater.Update(model, new ToastRequested("a word")).Model.Lists);
        Assert.Same(model.Alerts, Updater.Update(model, new ClockTicked(model.Clock.AddSeconds(1))).Model.Alerts);
        Assert.NotSame(lists, Filtered(model, "").Lists);

        Assert.InRange(Composed(model).Rows.Count, 1, 20);

        // What is allocated is counted, after a first time that makes what is made once.
        Cost(MadeFleet.Of(10));
        var (few, many) = (Cost(MadeFleet.Of(50)), Cost(MadeFleet.Of(200)));
        Assert.True(many < few * 6, $"{few} bytes for 250 runs, {many} for 1000");
    }

    [Fact]
    public void A_model_in_which_one_run_has_changed_makes_the_rows_of_one_repository_again()
    {
        var model = MadeFleet.Of(200);
        var (before, path) = (model.Lists, PathOf(model, "app-0042"));
        var repo = model.Fleet.Repos[path];
        var moved = repo.Loops["loop-3"] with { NewestReadAt = model.Clock };
        var next = model.Fleet with { Repos = model.Fleet.Repos.SetItem(path, repo with { Loops = repo.Loops.SetItem("loop-3", moved) }) };

        var after = Updater.Update(model, new FleetChanged(next)).Model.Lists;
        var made = before.Groups.All.Zip(after.Groups.All).Where(static pair => !ReferenceEquals(pair.First, pair.Second));
        Assert.Equal(path, Assert.Single(made).Second.Runs.Repo.Path);
        Assert.Same(moved, after.All[before.Groups.PlaceOf(new LoopKey(path, "loop-3"))]);

        // Sprites that were looked at and are as they were have rows of their newest models, in the same order.
        var looked = next with
        {
            Repos = next.Repos.SetItems(next.Repos.Values.Select(
                known => KeyValuePair.Create(known.Path, known with { LookedAt = model.Clock }))),
        };
        var last = Updater.Update(model, new FleetChanged(looked)).Model.Lists;
        Assert.Same(looked.Repos[path], last.Rows[last.RowOf(new LoopKey(path, "loop-3"))].Repo);
        Assert.Equal(after.Choices, last.Choices);
    }

    [Theory]
    [InlineData("ab", "a", true)]
    [InlineData("a b", "a", true)]
    [InlineData("a", "", true)]
    [InlineData("is:ru", "is:r", true)]
    [InlineData("a", "ab", false)]
    [InlineData("!ab", "!a", false)]
    [InlineData("@pr", "@p", false)]
    [InlineData("is:", "is", false)]
    [InlineData("is:rz", "is:r", false)]
    public void A_filter_that_was_made_longer_narrows_the_one_before(string longer, string before, bool narrows) =>
        Assert.Equal(narrows, RunFilter.Parse(longer).Narrows(RunFilter.Parse(before)));

    private static long Cost(AppModel model)
    {
        var held = new HeldOrder(model.Lists.Groups, model.Clock.AddSeconds(3));
        model = model with { Ui = new UiState { Size = new Size(140, 40), Runs = new RunsState { Filter = "@prod", Held = held } } };
        var before = GC.GetAllocatedBytesForCurrentThread();
        model = Updater.Update(model, new FleetChanged(model.Fleet)).Model;
        Composed(model);
        HeaderBar.Compose(model, 140);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static PaneContent Composed(AppModel model) => RunsView.Compose(model, model.Keymap, model.Ui.Runs, model.Lists, 80, 20);

    private static AppModel Filtered(AppModel model, string filter) =>
        model with { Ui = model.Ui with { Runs = model.Ui.Runs with { Filter = filter } } };

    private static string? Shown(AppModel model, string filter)
    {
        model = Filtered(model, filter);
        return model.Current is { } loop ? model.NameOf(loop) : null;
    }

    private static string PathOf(AppModel model, string sprite) => model.Sprites.Single(known => known.Value.Name == sprite).Key;

    private static AppModel Ask(AppModel model, ActionId action) => Updater.Update(model, new Asked(action)).Model;
}
