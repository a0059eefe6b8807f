using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Panes.Detail;
using OpsManager.Tui.State;

namespace OpsManager.Tui.Panes;

/// <summary>Everything about the current run, in tabs.</summary>
public static class DetailPane
{
    /// <summary>Widest text that is copied.</summary>
    private const int PlainWidth = 160;

    private static readonly IReadOnlyList<string> Tabs = Enum.GetNames<DetailTab>();

    /// <param name="rows">All rows of the tab.</param>
    public static PaneContent Compose(AppModel model, IReadOnlyList<Row> rows, int height)
    {
        if (model.Current is null)
        {
            return new PaneContent("DETAIL (3)", "", [.. rows.Take(height)]);
        }

        var top = model.Ui.DetailTop;
        var selected = model.Ui.Tab == DetailTab.Files && Cursor.File(model) is >= 0 and var file ? file - top : -1;
        return new PaneContent("DETAIL (3)", rows.Count > top + height ? $"{rows.Count - top - height} more" : "", [.. rows.Skip(top).Take(height)], selected)
        {
            Tabs = Tabs,
            Tab = (int)model.Ui.Tab,
        };
    }

    /// <summary>All rows of the tab that is shown, or of the source where there is no run.</summary>
    public static IReadOnlyList<Row> Rows(AppModel model, int width) => model.Current is { } loop ? RowsOf(model, model.CurrentRepo!, loop, width)
        : model.CurrentSource is { } source ? SourceTab.Rows(model, source, width)
        : [];

    /// <summary>The tab that is shown as plain text.</summary>
    public static string Plain(AppModel model) => string.Join(
        '\n', Rows(model, PlainWidth).Select(static row => string.Concat(row.Spans.Select(PlainOf)).TrimEnd()));

    private static string PlainOf(Span span) => span.Width is { } width ? span.Text.PadRight(width) : span.Text;

    private static IReadOnlyList<Row> RowsOf(AppModel model, RepoModel repo, LoopModel loop, int width) => model.Ui.Tab switch
    {
        DetailTab.Gates => GatesTab.Rows(model, repo, loop, width),
        DetailTab.Approval => ApprovalTab.Rows(model, repo, loop, width),
        DetailTab.Iterations => IterationsTab.Rows(model, repo, loop, width),
        DetailTab.Usage => UsageTab.Rows(loop, width),
        DetailTab.Control => ControlTab.Rows(model, repo, loop, width),
        DetailTab.Files => FilesTab.Rows(model, repo, width),
        _ => WhyTab.Rows(model, repo, loop, width),
    };
}
