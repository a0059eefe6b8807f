using OpsManager.Tests.Tui.Session;
using Xunit;

namespace OpsManager.Tests.Tui.Pager;

/// <summary>Texts over the panes, and in the operator's own pager.</summary>
public sealed class PagerFlowTests
{
    [Fact]
    public void A_file_opens_in_the_pager_and_in_the_operators_own()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow")
            .Press("v", "Enter")
            .Expect(".superloop/state.json")
            .Expect("current_loop_id")
            .Expect("lines");
        screen.Press("q").ExpectNot("current_loop_id");
        Assert.False(screen.HasQuit);

        screen.Press("j", "o").Expect("replayed run has no files");
        Assert.Null(screen.Paged);
    }

    [Fact]
    public void In_a_live_repository_the_operators_pager_gets_the_file_and_the_line()
    {
        using var screen = ScreenDriver.Live(120, 40, "completes", 20);

        screen.Press("2", "g", "j", "o");

        Assert.Equal(("/srv/completes", ".superloop/loops/checkout-flow/events.jsonl", (int?)2), screen.Paged);
    }

    [Fact]
    public void An_event_is_shown_in_full_and_copied_as_it_stands_in_the_file()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow")
            .Press("2", "g", "Enter")
            .Expect("\"event\": \"loop_start\"")
            .Press("y")
            .Expect("sent to the terminal's clipboard");

        Assert.StartsWith("{\"timestamp\":", screen.Copied, StringComparison.Ordinal);
    }
}
