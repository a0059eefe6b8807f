using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Core.Reports;
using OpsManager.Tui.Content;
using OpsManager.Tui.Text;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Alerts;

/// <summary>Findings of all runs that nothing explains, the most severe first; with their evidence where there is room.</summary>
internal static class AlertsView
{
    private const int AgeWidth = 5;

    /// <summary>From this width on the list has the evidence.</summary>
    private const int SmallestForEvidence = 80;

    private const int ShortestEvidence = 16;

    public static PaneContent Compose(Watched watched, AlertsState state, int width, int height)
    {
        var alerts = watched.Alerts;
        var selected = state.RowIn(alerts);
        var top = state.Top;
        var rows = new List<Row>(height);
        var widths = Fit(watched, alerts, width);
        for (var i = top; i < Math.Min(alerts.Count, top + height); i++)
        {
            rows.Add(RowOf(watched, alerts[i], widths));
        }

        if (alerts.Count == 0)
        {
            rows.Add(Row.From(new Span(Nothing(watched.Header), StyleRole.Muted)));
        }

        string[] notes =
        [
            alerts.Count == 0 ? "" : alerts.Count.ToString(CultureInfo.InvariantCulture), ListWindow.Hidden(top, height, alerts.Count),
        ];
        var note = string.Join(" · ", notes.Where(static part => part.Length > 0));
        return new PaneContent("ALERTS (4)", note, rows, selected < 0 ? -1 : selected - top);
    }

    /// <summary>Nothing is wrong only where everything was read.</summary>
    private static string Nothing(FleetCounts facts) => facts.NotRead == facts.Sources ? " nothing has been read yet"
        : facts is { Read: > 0, NotRead: 0, Unreachable: 0, Asleep: 0 } ? " nothing is wrong"
        : " no alerts in what was last read";

    private static Row RowOf(Watched watched, Alert alert, Widths widths)
    {
        var finding = alert.Finding;
        var (glyph, role) = LifecycleStyle.For(finding.Severity);
        var age = Ages.Short(finding.Since, watched.NowIn(alert.Repo)).PadLeft(AgeWidth);
        Span blank = new(" ", StyleRole.Text);
        List<Span> spans =
        [
            blank, new(glyph, role), blank, new(finding.Code, role, widths.Code), blank,
            new(NameOf(watched, alert), StyleRole.Text, widths.Name), new(age, StyleRole.Muted),
        ];
        return widths.Evidence == 0
            ? new Row(spans)
            : new Row([.. spans, new("  ", StyleRole.Text), new(Evidence(finding), StyleRole.Muted, widths.Evidence)]);
    }

    /// <summary>The code has what the longest one needs, then the name; the evidence has the rest of a wide list.</summary>
    private static Widths Fit(Watched watched, IReadOnlyList<Alert> alerts, int width)
    {
        // Glyph, blanks and age.
        var room = Math.Max(0, width - 4 - AgeWidth);
        var code = alerts.Select(static alert => CellText.Width(alert.Finding.Code)).DefaultIfEmpty(0).Max();
        var name = alerts.Select(alert => CellText.Width(SafeText.Clean(NameOf(watched, alert)))).DefaultIfEmpty(0).Max();
        if (width >= SmallestForEvidence && room - code - name - 2 >= ShortestEvidence)
        {
            return new(code, name, room - code - name - 2);
        }

        // Where both do not fit, the name keeps a part of the room.
        code = Math.Min(code, Math.Max(8, room - Math.Min(name, room * 4 / 10)));
        return new(code, Math.Max(0, room - code), 0);
    }

    private static string NameOf(Watched watched, Alert alert) =>
        alert.Loop is { } loop ? watched.NameOf(loop) : watched.NameOf(alert.Repo.Path);

    private static string Evidence(FindingRecord finding) => string.Join("; ", finding.Evidence.Select(EvidenceText.For));

    /// <summary>Cells of each column.</summary>
    private readonly record struct Widths(int Code, int Name, int Evidence);
}
