using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Core.Reports;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Alerts;

/// <summary>Findings of all runs that nothing explains, the most severe first; with their evidence where there is room.</summary>
internal static class AlertsView
{
    public static PaneContent Compose(Watched watched, AlertsState state, int width, int height)
    {
        var alerts = watched.Alerts;
        var selected = state.RowIn(alerts);
        var top = state.Top;
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(alerts.Count, top + height); i++)
        {
            rows.Add(RowOf(watched, alerts[i], width));
        }

        if (alerts.Count == 0)
        {
            rows.Add(Row.From(new Span(Nothing(watched.Header), StyleRole.Muted)));
        }

        var count = alerts.Count == 0 ? "" : alerts.Count.ToString(CultureInfo.InvariantCulture);
        return new PaneContent("ALERTS (4)", count, rows, selected < 0 ? -1 : selected - top);
    }

    /// <summary>Nothing is wrong only where everything was read.</summary>
    private static string Nothing(FleetCounts facts) => facts.NotRead == facts.Sources ? " nothing has been read yet"
        : facts is { Read: > 0, NotRead: 0, Unreachable: 0, Asleep: 0 } ? " nothing is wrong"
        : " no alerts in what was last read";

    private static Row RowOf(Watched watched, Alert alert, int width)
    {
        var (repo, loop, finding) = alert;
        var (glyph, role) = LifecycleStyle.For(finding.Severity);
        var age = Ages.Short(finding.Since, watched.NowIn(repo)).PadLeft(4);
        var name = loop is null ? watched.NameOf(repo.Path) : watched.NameOf(loop);
        var isWide = width >= 80;
        var code = isWide ? 26 : Math.Min(28, Math.Max(8, (width - 8) * 6 / 10));
        Span blank = new(" ", StyleRole.Text);
        List<Span> spans = [blank, new(glyph, role), blank, new(finding.Code, role, code), blank];
        if (!isWide)
        {
            return new Row([.. spans, new(name, StyleRole.Text, Math.Max(0, width - code - 8)), new(age, StyleRole.Muted)]);
        }

        Span evidence = new(Evidence(finding), StyleRole.Muted);
        return new Row([.. spans, new(name, StyleRole.Text, 28), new(age, StyleRole.Muted), new("  ", StyleRole.Text), evidence]);
    }

    private static string Evidence(FindingRecord finding) => string.Join("; ", finding.Evidence.Select(EvidenceText.For));
}
