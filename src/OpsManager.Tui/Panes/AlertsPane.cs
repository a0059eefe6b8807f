using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;

namespace OpsManager.Tui.Panes;

/// <summary>Findings of all runs that nothing explains, the most severe first; with their evidence where there is room.</summary>
public static class AlertsPane
{
    public static PaneContent Compose(AppModel model, int width, int height)
    {
        var alerts = model.Alerts;
        var selected = Cursor.Alert(model);
        var top = model.Ui.AlertsTop;
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(alerts.Count, top + height); i++)
        {
            rows.Add(RowOf(model, alerts[i], width));
        }

        if (alerts.Count == 0)
        {
            rows.Add(Row.Of(new Span(Nothing(model.Header), StyleRole.Muted)));
        }

        return new PaneContent("ALERTS (4)", alerts.Count == 0 ? "" : alerts.Count.ToString(CultureInfo.InvariantCulture), rows, selected < 0 ? -1 : selected - top);
    }

    /// <summary>Nothing is wrong only where everything was read.</summary>
    private static string Nothing(HeaderFacts facts) => facts.NotRead == facts.Sources ? " nothing has been read yet"
        : facts is { Read: > 0, NotRead: 0, Unreachable: 0, Asleep: 0 } ? " nothing is wrong"
        : " no alert in what was read last";

    private static Row RowOf(AppModel model, Alert alert, int width)
    {
        var (repo, loop, finding) = alert;
        var (glyph, role) = LifecycleLook.Of(finding.Severity);
        var age = Ages.Short(finding.Since, model.NowIn(repo)).PadLeft(4);
        var name = loop is null ? model.NameOf(repo.Path) : model.NameOf(loop);
        var isWide = width >= 80;
        var code = isWide ? 26 : Math.Min(28, Math.Max(8, (width - 8) * 6 / 10));
        List<Span> spans = [new(" ", StyleRole.Text), new(glyph, role), new(" ", StyleRole.Text), new(finding.Code, role, code), new(" ", StyleRole.Text)];
        if (!isWide)
        {
            return new Row([.. spans, new(name, StyleRole.Text, Math.Max(0, width - code - 8)), new(age, StyleRole.Muted)]);
        }

        return new Row([.. spans, new(name, StyleRole.Text, 28), new(age, StyleRole.Muted), new("  ", StyleRole.Text), new(Evidence(finding), StyleRole.Muted)]);
    }

    private static string Evidence(FindingRecord finding) => string.Join("; ", finding.Evidence.Select(EvidenceText.Of));
}
