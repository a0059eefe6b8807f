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

    public static PaneContent Compose(AppModel model, int width, int height)
    {
        if (model.Current is not { } loop)
        {
            var source = model.CurrentSource is { } chosen ? SourceTab.Rows(model, chosen, width) : [];
            return new PaneContent("DETAIL (3)", "", [.. source.Take(height)]);
        }

        var rows = RowsOf(model, model.CurrentRepo!, loop, width);
        var top = model.Ui.DetailTop;
        var selected = model.Ui.Tab == DetailTab.Files && Cursor.File(model) is >= 0 and var file ? file - top : -1;
        return new PaneContent("DETAIL (3)", rows.Count > top + height ? $"{rows.Count - top - height} more" : "", [.. rows.Skip(top).Take(height)], selected)
        {
            Tabs = Tabs,
            Tab = (int)model.Ui.Tab,
        };
    }

    /// <summary>The first visible row, so that the cursor is visible and no row is wasted.</summary>
    public static int Settle(AppModel model, int width, int height)
    {
        // Nothing is scrolled, as mostly, and nothing has to be counted for that to stay so.
        if (model.Ui is { DetailTop: 0, Tab: not DetailTab.Files })
        {
            return 0;
        }

        var count = RowsOf(model, model.CurrentRepo!, model.Current!, width).Count;
        var top = Math.Clamp(model.Ui.DetailTop, 0, Math.Max(0, count - height));
        return model.Ui.Tab == DetailTab.Files ? ListWindow.Follow(top, Cursor.File(model), height, count) : top;
    }

    /// <summary>The tab that is shown as plain text.</summary>
    public static string Plain(AppModel model) => string.Join(
        '\n', RowsOf(model, model.CurrentRepo!, model.Current!, PlainWidth).Select(static row => string.Concat(row.Spans.Select(PlainOf)).TrimEnd()));

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
