using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>
/// The keys that come first in a replay: what moves the recording, what goes into what is selected, then what answers "why" and shows the
/// files of the moment.
/// </summary>
internal static class ReplayHints
{
    /// <summary>What moves the recording.</summary>
    public static IEnumerable<Hint> Moving(AppModel model)
    {
        Hint?[] all =
        [
            Hint.Of(model.Keymap, "play", ActionId.Pause),
            Hint.Of(model.Keymap, "step", ActionId.ReplayStep, ActionId.ReplayStepBack),
            Hint.Of(model.Keymap, "problem", ActionId.ReplayNextProblem),
            model is { IsPast: true, Ui.Overlay: Overlay.None } ? Hint.Of(model.Keymap, "live run", ActionId.Back) : null,
        ];
        return all.OfType<Hint>();
    }

    /// <summary>What answers "why", and shows the files of the moment; most useful first.</summary>
    public static IEnumerable<Hint> Views(AppModel model)
    {
        var (ui, keymap) = (model.Ui, model.Keymap);
        Hint?[] all = ui.Overlay == Overlay.Pager ? [] :
        [
            ui.Focus == PaneId.Detail && Is(model, DetailTab.Files) && ui.Detail.FileOf(model.Current) is not null
                ? Hint.Of(keymap, "open", ActionId.Open)
                : null,
            ui.Focus != PaneId.Detail && Is(model, DetailTab.Files) ? Hint.Of(keymap, "go in", ActionId.ShowDetail) : null,
            Is(model, DetailTab.Why) ? null : Hint.Of(keymap, "why", ActionId.ShowWhy),
            Is(model, DetailTab.Files) ? null : Hint.Of(keymap, "files", ActionId.ShowFiles),
            Hint.Of(keymap, "find", ActionId.Palette),
            model.Target is { } loop && Sending.IsAsked(loop) ? Hint.Of(keymap, "decision", ActionId.ApproveRun) : null,
        ];
        return all.OfType<Hint>();
    }

    /// <summary>Those for which there is room in a wide terminal only.</summary>
    public static IEnumerable<Hint> Last(AppModel model)
    {
        Hint?[] all =
        [
            Hint.Of(model.Keymap, "iteration", ActionId.ReplayNextIteration, ActionId.ReplayPreviousIteration),
            Hint.Of(model.Keymap, "speed", ActionId.ReplayFaster, ActionId.ReplaySlower),
        ];
        return all.OfType<Hint>();
    }

    private static bool Is(AppModel model, DetailTab tab) =>
        model.Current is not null && model.Ui.Detail.Tab == tab && model.Layout.Panes.ContainsKey(PaneId.Detail);
}
