using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Shell;
using OpsManager.Tui.Terminal.Colour;
using Xunit;

namespace OpsManager.Tests.Tui.Alerts;

/// <summary>Alerts lead to their evidence, and keys act on their runs.</summary>
public sealed class AlertsFlowTests
{
    [Fact]
    public void An_alert_without_a_line_leads_to_the_reasons()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("torn-stays", 600));
        screen.Press("u", "4");
        string Code() => screen.Model.FocusedAlert!.Finding.Code;
        for (var i = 1; i < screen.Model.Alerts.Count && Code() != "torn_artifact"; i++)
        {
            screen.Press("j");
        }

        Assert.Equal("torn_artifact", Code());
        screen.Press("Enter").Expect("[Why]");
        Assert.Equal((PaneId.Detail, DetailTab.Why), (screen.Model.Ui.Focus, screen.Model.Ui.Detail.Tab));
    }

    [Fact]
    public void What_is_asked_for_in_the_alerts_is_for_the_run_of_the_alert()
    {
        using var screen = ScreenDriver.Rich();
        screen.Select("tokens-and-logs/checkout-flow").Press("4", "g");
        var alert = screen.Model.Alerts[0];
        Assert.NotEqual("/srv/tokens-and-logs", alert.Repo.Path);

        screen.Press("x");

        Assert.Equal((alert.Repo.Path, alert.Loop!.Id), (screen.Model.Ui.Confirm!.Run.Repo, screen.Model.Ui.Confirm.Run.Loop));
    }

    [Fact]
    public void A_name_is_whole_where_the_codes_leave_it_room()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("invalid-line", 8), ("completes", 20));
        var alert = screen.Model.Alerts[0];

        var content = OpsManager.Tui.Alerts.AlertsView.Compose(screen.Model, screen.Model.Ui.Alerts, 45, 6);

        var row = string.Concat(content.Rows[0].Spans.Select(static span => span.Text.PadRight(span.Width ?? 0)));
        Assert.Contains($" {alert.Finding.Code} {screen.Model.NameOf(alert.Loop!)} ", row, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_leads_to_its_run()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("completes", 20), ("invalid-line", 8));

        screen.Press("4").Expect("event_invalid").Press("Enter")
            .Expect("TIMELINE (2)  invalid-line/invoice-").Expect("not an event");
        Assert.Equal(PaneId.Timeline, screen.Model.Ui.Focus);
    }
}
