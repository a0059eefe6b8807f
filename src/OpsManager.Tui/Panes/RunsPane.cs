using System.Globalization;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.State;
using OpsManager.Tui.Themes;

namespace OpsManager.Tui.Panes;

/// <summary>The run list: what needs somebody first.</summary>
public static class RunsPane
{
    public static PaneContent Compose(AppModel model, int width, int height)
    {
        var selected = Updater.Cursors(model).Run;
        var top = model.Ui.RunsTop;
        var rows = new List<Row>(height);
        for (var i = top; i < Math.Min(model.Runs.Count, top + height); i++)
        {
            rows.Add(RowOf(model, model.Runs[i], width));
        }

        if (model.Runs.Count == 0)
        {
            rows.Add(Empty(model));
        }

        return new PaneContent("RUNS (1)", Count(model.Runs.Count), rows, selected < 0 ? -1 : selected - top);
    }

    private static Row Empty(AppModel model) => model.Fleet.Repos.Values.FirstOrDefault(static repo => repo.Failure is not null)?.Failure is { } failure
        ? Row.Of(new Span($" {failure.Fault}", StyleRole.Error))
        : Row.Of(new Span(" no loop has run here yet", StyleRole.Muted));

    private static Row RowOf(AppModel model, LoopModel loop, int width)
    {
        var (glyph, word, role) = LifecycleLook.Of(loop.Verdict.Lifecycle);
        var age = Ages.Short(loop.Verdict.Ruling.Since, model.NowIn(model.Fleet.Repos[loop.Repo]));
        var alert = loop.Verdict.Findings.Count > 0 ? LifecycleLook.Of(loop.Verdict.Findings[0].Severity) : (Glyph: " ", Role: StyleRole.Text);
        List<Span> tail = [new(word, role, 8), new(" ", StyleRole.Text), new(alert.Glyph, alert.Role), new(age.PadLeft(4), StyleRole.Muted)];
        if (width >= 38)
        {
            tail.Insert(0, new(Iteration(loop), StyleRole.Muted, 6));
        }

        if (width >= 50)
        {
            tail.Insert(0, new(RoleAtWork(loop), StyleRole.Muted, 12));
        }

        var name = Math.Max(4, width - 4 - tail.Sum(static span => span.Width ?? span.Text.Length));
        return new Row([new(" ", StyleRole.Text), new(glyph, role), new(" ", StyleRole.Text), new(model.NameOf(loop), StyleRole.Text, name), new(" ", StyleRole.Text), .. tail]);
    }

    private static string Iteration(LoopModel loop)
    {
        var now = loop.Tally.Newest?.Iteration ?? loop.Projected.Iteration;
        var text = now.ToString(CultureInfo.InvariantCulture);
        return loop.Tally.MaxIterations is { } max ? $"{text}/{max.ToString(CultureInfo.InvariantCulture)}" : text;
    }

    private static string RoleAtWork(LoopModel loop) =>
        loop.Verdict.Lifecycle == Contract.Lifecycle.Running ? loop.Tally.RoleAtWork?.Role ?? "" : "";

    private static string Count(int runs) => runs == 1 ? "1 run" : $"{runs.ToString(CultureInfo.InvariantCulture)} runs";
}
