using System.Globalization;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>Findings of all runs, the most severe first.</summary>
public static class AlertsPane
{
    public static PaneContent Compose(AppModel model, int width, int height)
    {
        var alerts = model.Alerts;
        var selected = Updater.Cursors(model).Alert;
        var top = model.Ui.AlertsTop;
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(alerts.Count, top + height); i++)
        {
            var (repo, loop, finding) = alerts[i];
            var (glyph, role) = LifecycleLook.Of(finding.Severity);
            var age = Ages.Short(finding.Since, model.NowIn(repo));
            var code = Math.Min(28, Math.Max(8, (width - 8) * 6 / 10));
            rows.Add(Row.Of(
                new(" ", StyleRole.Text),
                new(glyph, role),
                new(" ", StyleRole.Text),
                new(finding.Code, role, code),
                new(" ", StyleRole.Text),
                new(loop is null ? AppModel.RepoName(repo.Path) : model.NameOf(loop), StyleRole.Text, Math.Max(0, width - code - 8)),
                new(age.PadLeft(4), StyleRole.Muted)));
        }

        if (alerts.Count == 0)
        {
            rows.Add(Row.Of(new Span(" nothing is wrong", StyleRole.Muted)));
        }

        return new PaneContent("ALERTS (4)", alerts.Count == 0 ? "" : alerts.Count.ToString(CultureInfo.InvariantCulture), rows, selected < 0 ? -1 : selected - top);
    }
}
