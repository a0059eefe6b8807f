using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Detail;

/// <summary>What keys change in the detail of a run.</summary>
internal static class DetailUpdate
{
    public static DetailState Show(DetailState state, DetailTab tab) => state with { Tab = tab, Top = 0 };

    public static DetailState Turn(DetailState state, int by) => Show(state, Cycle.Turn(state.Tab, by));

    /// <summary>Another run: its tab starts at the top.</summary>
    public static DetailState ShowTop(DetailState state) => state with { Top = 0, SelectedFile = null };

    /// <param name="loop">The run that is shown; null where none is.</param>
    /// <param name="page">Rows that the pane has.</param>
    public static DetailState Move(DetailState state, LoopModel? loop, ActionId action, int page)
    {
        if (state.Tab != DetailTab.Files)
        {
            return Content.Move.Target(action, state.Top, page, int.MaxValue / 2) is { } top ? state with { Top = top } : state;
        }

        var files = state.FilesOf(loop);
        return files.Files.Count > 0 && Content.Move.Target(action, state.FileRow(files), page, files.Files.Count) is { } target
            ? state with { SelectedFile = files.Files[ListWindow.Clamp(target, files.Files.Count)].Path }
            : state;
    }

    /// <summary>Keeps the cursor visible, and wastes no row.</summary>
    /// <param name="count">Rows that the tab has.</param>
    public static DetailState Fit(DetailState state, LoopModel loop, int height, int count)
    {
        var top = ListWindow.Inside(state.Top, height, count);
        return state with
        {
            Top = state.Tab == DetailTab.Files ? ListWindow.Follow(top, state.FileRow(state.FilesOf(loop)), height, count) : top,
        };
    }
}
