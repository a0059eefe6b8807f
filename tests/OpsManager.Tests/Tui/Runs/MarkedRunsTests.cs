using OpsManager.Contract.Manager;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>Several runs at once: marked, and then acted on by one key. Decisions stay one at a time.</summary>
public sealed class MarkedRunsTests
{
    [Fact]
    public void Marked_runs_are_seen_and_counted_and_unmarked_one_by_one_or_all()
    {
        using var screen = Several();
        screen.Press("1", "g", "m", "j", "m").Expect("RUNS (1)  2 marked").Expect("!#role-fails");

        screen.Press("m").Expect("1 marked").Press("M").ExpectNot("marked").Press("M").Expect("no run is marked");
        screen.Press("m", "Esc").ExpectNot("marked");
    }

    [Fact]
    public void On_a_group_the_mark_is_that_of_all_its_runs()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 60), ("completes", 20));

        screen.Select("two-loops/api-pagination").Press("Space", "m").Expect("2 marked").Press("m").ExpectNot("marked");
    }

    [Fact]
    public void The_names_of_all_marked_runs_are_copied()
    {
        using var screen = Several();

        screen.Press("1", "g", "m", "j", "m", "y");

        Assert.Equal("/srv/role-fails checkout-flow\n/srv/approval-approved checkout-flow", screen.Copied);
        screen.Expect("2 runs sent to the terminal's clipboard: ");
    }

    [Fact]
    public void The_bar_says_what_marks_are_for()
    {
        using var screen = Several();

        screen.Press("1", "g", "m").Expect(": stage").Expect("y copy names").Expect("Esc clear marks");
        screen.Press("j", "m").Expect(": diff, stage").ExpectNot("A acknowledge").ExpectNot("W wake");
        screen.Press("Esc").ExpectNot("clear marks").Expect(": palette");
    }

    [Fact]
    public void What_can_do_nothing_to_any_of_them_says_so()
    {
        using var screen = Several();

        screen.Press("1", "g", "m", "j", "m", "W").Expect("the marked runs are local: there is nothing to wake");
        screen.Press("A").Expect("nothing in the marked runs needs to be acknowledged");
    }

    [Fact]
    public void A_decision_is_for_the_chosen_run_alone_and_says_so()
    {
        using var screen = Several();

        screen.Press("1", "g", "m", "j", "m", "a");

        screen.Expect("APPROVE").Expect("approve is for one run at a time: this is approval-approved/checkout-flow");
    }

    [Fact]
    public void A_stage_is_set_for_each_with_one_reason_and_one_word_of_what_came_of_it()
    {
        using var screen = Several();
        var model = screen.Press("1", "g", "m", "j", "m", "j", "m").Model;

        var asked = Updater.Change(model, new StageChosen(RolloutStage.Passive)).Model;
        var prompt = asked.Ui.Prompt!;
        Assert.Equal(3, prompt.Marked.Length);
        Assert.Contains("type a reason", MarkedRuns.SetStage(asked, prompt, RolloutStage.Passive).Toast!.Text, StringComparison.Ordinal);

        var kept = (KeepAll)MarkedRuns.SetStage(Live(asked), prompt.Insert("a night off"), RolloutStage.Passive).Effect!;
        Assert.Equal(3, kept.Each.Cast<KeepStage>().Select(static each => each.Run).Distinct().Count());
        Assert.All(kept.Each.Cast<KeepStage>(), static each => Assert.Equal("a night off", each.Reason));
        Assert.Equal((0, 0, "set to passive"), (kept.Nothing, kept.Refused, kept.Words.Done));

        var recorded = (KeepAll)MarkedRuns.SetStage(asked, prompt.Insert("a night off"), RolloutStage.Passive).Effect!;
        Assert.Equal((0, 3), (recorded.Each.Count, recorded.Refused));
    }

    [Fact]
    public void A_run_that_is_gone_is_not_marked_any_more()
    {
        using var screen = Several();
        screen.Press("1", "g", "m");
        var fleet = screen.Model.Fleet;

        screen.Send(new FleetChanged(fleet with { Repos = fleet.Repos.Remove("/srv/role-fails") }));

        Assert.Empty(screen.Model.Ui.Runs.Marked);
    }

    private static ScreenDriver Several() =>
        ScreenDriver.At(120, 40, ColorDepth.True, ("role-fails", 8), ("approval-approved", 11.3), ("completes", 20));

    /// <summary>As if the recordings were live.</summary>
    private static AppModel Live(AppModel model) => model with
    {
        Fleet = model.Fleet with
        {
            Repos = model.Fleet.Repos.SetItems(model.Fleet.Repos.Select(static repo =>
                KeyValuePair.Create(repo.Key, repo.Value with { Replay = null }))),
        },
    };
}
