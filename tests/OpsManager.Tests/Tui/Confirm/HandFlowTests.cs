using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using Xunit;

namespace OpsManager.Tests.Tui.Confirm;

/// <summary>What was done by hand is verified by name, and the tab Control says so.</summary>
public sealed class HandFlowTests
{
    [Fact]
    public void What_was_done_by_hand_is_verified_and_its_result_is_told()
    {
        using var screen = ScreenDriver.Live(140, 40, "approval-approved", 11.3);

        screen.Press(":").Type("confirm approve").Press("Enter");

        screen.Expect("the approval of checkout-flow is not confirmed: approve of checkout-flow has no evidence");
    }

    [Fact]
    public void The_tab_control_offers_it()
    {
        using var screen = ScreenDriver.Live(140, 40, "approval-approved", 11.3);

        screen.Press(":").Type("show-control").Press("Enter")
            .Expect("done by hand? :confirm verifies it from the run's files; nothing is sent");
    }

    [Fact]
    public void A_recording_offers_it_to_nobody()
    {
        using var screen = new Replay.ReplayScreen(140, 40, "approval-approved");

        screen.Press(":").Type("show-control").Press("Enter").ExpectNot("done by hand?");

        Assert.All(
            Commands.Choices(screen.Model, "confirm").Where(static choice => choice.Text.StartsWith("confirm ", StringComparison.Ordinal)),
            static choice => Assert.NotNull(choice.WhyNot));
    }
}
