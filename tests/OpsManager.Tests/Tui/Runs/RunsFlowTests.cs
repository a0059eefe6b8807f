using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

/// <summary>Moving and sorting in the run list.</summary>
public sealed class RunsFlowTests
{
    private static readonly (string, double)[] Several =
        [
            ("role-fails", 8), ("approval-approved", 11.3), ("long-run", 40), ("cancelled", 7), ("completes", 20), ("log-truncated", 14.5),
            ("hostile-text", 13)
        ];

    [Fact]
    public void Runs_are_sorted_by_what_is_asked_and_the_cursor_stays_on_its_run()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("s").Expect("runs sorted by name").Expect("RUNS (1)  by name").Expect("RUN↓");
        Assert.Equal("/srv/tokens-and-logs", screen.Model.Ui.Runs.Selected!.Value.Repo);
        Assert.Equal(["/srv/role-fails", "/srv/tokens-and-logs"], screen.Model.Runs.Select(static loop => loop.Repo));

        screen.Press("s", "s", "s");
        Assert.Equal(RunSort.Urgency, screen.Model.Ui.Runs.Sort);
    }

    [Fact]
    public void No_run_moves_in_the_list_while_the_operator_moves_in_it()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("long-run", 20));
        screen.Press("j").Add("role-fails", 8);
        Assert.Equal("/srv/role-fails", screen.Model.Runs[^1].Repo);

        screen.Wait(4);
        Assert.Equal("/srv/role-fails", screen.Model.Runs[0].Repo);
    }

    [Fact]
    public void Loops_of_one_repository_stand_under_its_name()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("two-loops", 60), ("completes", 20));

        screen.Expect("two-loops · 2 loops").Expect("completes/checkout-flow").Press("j", "j", "j").Press("k");
        Assert.NotNull(screen.Model.Current);
    }

    [Fact]
    public void What_needs_somebody_stands_first_and_is_shown_at_once()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, Several);

        screen.Expect("TIMELINE (2)  role-fails/checkout-flow").Expect("1 failed").Expect("2 waiting");
        Assert.Equal(PaneId.Runs, screen.Model.Ui.Focus);
    }

    [Fact]
    public void Moving_in_the_runs_shows_the_next_one_everywhere()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, Several);

        screen.Press("j").Expect("TIMELINE (2)  approval-approved/").Expect("approval.json is pending");
        screen.Press("k", "k").Expect("TIMELINE (2)  role-fails/checkout-flow");
        screen.Press("G").Expect("TIMELINE (2)  completes/checkout-flow");
    }

    [Fact]
    public void What_is_shown_stays_once_the_operator_has_pressed_a_key()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20));
        screen.Expect("TIMELINE (2)  checkout-flow").Press("3");

        screen.Add("role-fails", 8).Expect("! role-fails/check").Expect("TIMELINE (2)  completes/checkout-flow");
    }
}
