using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>The log of a run: which one, how it is followed, and how one goes from one to another.</summary>
public sealed class RunLogTests
{
    [Fact]
    public void The_log_of_a_run_that_is_over_is_its_last_at_the_end_and_brackets_go_to_the_others()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow");

        screen.Press("l").Expect("LOG  checkout-flow · iteration 1 · reviewer").Expect("verdict: approve");
        screen.Press("]").Expect("this is the last log of the run");
        screen.Press("[").Expect("iteration 1 · tester").Expect("214 passed");
        screen.Press("[", "[").Expect("iteration 1 · planner").Press("[").Expect("this is the first log of the run");
        screen.Press("Esc").Expect("TIMELINE (2)");
    }

    [Fact]
    public void An_event_opens_the_log_that_it_names_and_one_that_names_none_says_so()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("2", "F", "g");

        screen.Press("l").Expect("this event names no log");
        screen.Press("j", "j", "l").Expect("LOG  checkout-flow · iteration 1 · planner").Expect("keep the gateway idempotent");
    }

    [Fact]
    public void A_run_without_logs_says_so()
    {
        using var screen = ScreenDriver.Rich();

        screen.Select("role-fails/checkout-flow").Press("l").Expect("LOG  checkout-flow").Expect("no log of this run was found");
        screen.Press("]").Expect("no log of this run was found");
    }

    [Fact]
    public void In_a_recording_the_log_is_that_of_the_moment_and_goes_on_to_the_next_role()
    {
        using var screen = ScreenDriver.At(100, 30, OpsManager.Tui.Terminal.Colour.ColorDepth.None, ("tokens-and-logs", 65));
        screen.Press("l").Expect("iteration 1 · implementer").Expect("following");

        screen.Advance("tokens-and-logs", 80).Wait(1).Expect("iteration 1 · tester").Expect("iteration 1 · tester has started");
        screen.Press("k").Advance("tokens-and-logs", 90).Wait(1).Expect("iteration 1 · tester").ExpectNot("following");
        screen.Press("G").Wait(1).Expect("iteration 1 · reviewer");
    }
}
