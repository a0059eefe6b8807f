using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Detail;

/// <summary>Everything about the current run, in tabs.</summary>
internal static class DetailView
{
    /// <summary>Widest text that is copied.</summary>
    private const int PlainWidth = 160;

    /// <param name="loop">The run that is shown; null where none is.</param>
    /// <param name="rows">All rows of the tab.</param>
    public static PaneContent Compose(DetailState state, LoopModel? loop, IReadOnlyList<Row> rows, int height)
    {
        if (loop is null)
        {
            return new PaneContent(DetailTabs.Title, "", [.. rows.Take(height)]);
        }

        var top = state.Top;
        var selected = state.Tab == DetailTab.Files && state.FileRow(state.FilesOf(loop)) is >= 0 and var file ? file - top : -1;
        return DetailTabs.Header(state) with
        {
            Note = ListWindow.Hidden(top, height, rows.Count),
            Rows = [.. rows.Skip(top).Take(height)],
            SelectedRow = selected,
        };
    }

    /// <summary>All rows of the tab that is shown, or of the source where there is no run.</summary>
    public static IReadOnlyList<Row> Rows(
        Watched watched, Keymap keymap, DetailState state, LoopModel? loop, RepoModel? source, int width) =>
        loop is not null ? RowsOf(watched, keymap, state, watched.Fleet.Repos[loop.Repo], loop, width)
        : source is not null ? SourceTab.Rows(watched, keymap, source, width)
        : Empty(watched, keymap, width);

    /// <summary>Of a single repository without loops: how to start one.</summary>
    private static IReadOnlyList<Row> Empty(Watched watched, Keymap keymap, int width)
    {
        var rows = new RowsBuilder(width);
        if (NextSteps.OfOnly(watched) is { } step)
        {
            rows.Next(NextSteps.Text(step, keymap));
        }

        return rows.Rows;
    }

    /// <summary>The tab that is shown as plain text.</summary>
    public static string Plain(Watched watched, Keymap keymap, DetailState state, LoopModel loop) => string.Join(
        '\n',
        RowsOf(watched, keymap, state, watched.Fleet.Repos[loop.Repo], loop, PlainWidth)
            .Select(static row => string.Concat(row.Spans.Select(PlainOf)).TrimEnd()));

    private static string PlainOf(Span span) => span.Width is { } width ? span.Text.PadRight(width) : span.Text;

    private static IReadOnlyList<Row> RowsOf(
        Watched watched, Keymap keymap, DetailState state, RepoModel repo, LoopModel loop, int width) =>
        state.Tab switch
        {
            DetailTab.Gates => GatesTab.Rows(watched, repo, loop, width),
            DetailTab.Approval => ApprovalTab.Rows(watched, repo, loop, width),
            DetailTab.Iterations => IterationsTab.Rows(watched, repo, loop, width),
            DetailTab.Usage => UsageTab.Rows(watched, repo, loop, width),
            DetailTab.Control => ControlTab.Rows(watched, repo, loop, width),
            DetailTab.Files => FilesTab.Rows(watched, state, repo, loop, width),
            _ => WhyTab.Rows(watched, keymap, repo, loop, width),
        };
}
