using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Describe;

/// <summary>The box that says what an alert means.</summary>
public sealed class DescribeFlowTests
{
    [Fact]
    public void An_alert_is_described_with_its_evidence_and_what_to_do_and_the_keys_that_do_it()
    {
        using var screen = ScreenDriver.At(80, 24, ColorDepth.True, ("log-truncated", 60));

        screen.Press("4", "d");

        Golden.Assert("describe-alert-80x24", screen.Text);
        screen.Press("Esc").ExpectNot("DESCRIBE").Expect("ALERTS (4)");
    }

    [Fact]
    public void A_run_is_described_with_all_its_alerts()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("log-truncated", 60));

        screen.Press("1", "d");

        Golden.Assert("describe-run-120x40", screen.Text);
        screen.Press("d").ExpectNot("DESCRIBE");
        Assert.False(screen.HasQuit);
    }

    [Fact]
    public void A_key_that_the_box_names_does_what_it_says()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("log-truncated", 60));

        screen.Press("4", "d").Expect("2 timeline").Press("2").ExpectNot("DESCRIBE");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
    }
}
