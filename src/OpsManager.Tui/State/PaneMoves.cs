using OpsManager.Configuration.Keymaps;


namespace OpsManager.Tui.State;

/// <summary>Moving in the panes.</summary>
public static class PaneMoves
{
    /// <summary>Cells of one step to the left or the right.</summary>
    private const int ScrollStep = 16;

    private const int FarthestLeft = 4096;

    public static Step Move(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        var page = model.Layout.RowsOf(ui.Focus);
        if (action is ActionId.Follow or ActionId.Pause or ActionId.NextMatch or ActionId.PreviousMatch or ActionId.NextProblem or ActionId.PreviousProblem)
        {
            return InTimeline(model, action);
        }

        return ui.Focus switch
        {
            PaneId.Runs when State.Move.Target(action, Cursor.Run(model), page, model.Lists.Choices.Count) is { } target && model.Lists.Choices.Count > 0 =>
                model with { Ui = SelectRun(ui, model.Lists.Choices[ListWindow.Clamp(target, model.Lists.Choices.Count)]) },
            PaneId.Timeline => InTimeline(model, action),
            PaneId.Detail when ui.Tab == DetailTab.Files => InFiles(model, action, page),
            PaneId.Detail when State.Move.Target(action, ui.DetailTop, page, int.MaxValue / 2) is { } target => model with { Ui = ui with { DetailTop = target } },
            PaneId.Alerts when State.Move.Target(action, Cursor.Alert(model), page, model.Alerts.Count) is { } target && model.Alerts.Count > 0 =>
                model with { Ui = ui with { SelectedAlert = model.Alerts[ListWindow.Clamp(target, model.Alerts.Count)].Key } },
            _ => model,
        };
    }

    /// <summary>Another run is another log: its timeline starts at the end.</summary>
    public static UiState SelectRun(UiState ui, LoopKey run) => ui.Selected == run
        ? ui
        : ui with { Selected = run, Timeline = TimelinePosition.AtEnd, Paused = false, TimelineLeft = 0, DetailTop = 0, SelectedFile = null };

    /// <summary>Another run, which the filter of the list may hide: then the filter goes.</summary>
    public static UiState ShowRun(AppModel model, LoopKey run) =>
        SelectRun(model.Fleet.Loop(run.Repo, run.Loop) is { } loop && model.Lists.PlaceOf(loop) < 0 ? model.Ui with { RunFilter = "" } : model.Ui, run);

    /// <summary>Where the filter hides the chosen run, the one that is shown in its place is the chosen one from now on.</summary>
    public static UiState SelectShown(AppModel model) =>
        model.Ui.Selected is { } run && model.Fleet.Loop(run.Repo, run.Loop) is not null && model.Current is { } shown ? SelectRun(model.Ui, LoopKey.Of(shown)) : model.Ui;

    private static AppModel InFiles(AppModel model, ActionId action, int page)
    {
        var files = model.CurrentFiles.Files;
        return files.Count > 0 && State.Move.Target(action, Cursor.File(model), page, files.Count) is { } target
            ? model with { Ui = model.Ui with { SelectedFile = files[ListWindow.Clamp(target, files.Count)].Path } }
            : model;
    }

    private static AppModel InTimeline(AppModel model, ActionId action)
    {
        if (model.Timeline is not { } rows)
        {
            return model;
        }

        var ui = model.Ui;
        var page = model.Layout.RowsOf(PaneId.Timeline);
        var (selected, top) = rows.Window(ui.Timeline, page);
        switch (action)
        {
            case ActionId.ScrollLeft:
                return model with { Ui = ui with { TimelineLeft = Math.Max(0, ui.TimelineLeft - ScrollStep) } };
            case ActionId.ScrollRight:
                return model with { Ui = ui with { TimelineLeft = Math.Min(FarthestLeft, ui.TimelineLeft + ScrollStep) } };
            case ActionId.Follow or ActionId.Pause when ui.Timeline.Follows:
                return model with { Ui = ui with { Timeline = rows.At(rows.Count - 1, top, page), Paused = action == ActionId.Pause } };
            case ActionId.Pause when !ui.Paused:
                return model with { Ui = ui with { Paused = true } };
            case ActionId.Follow or ActionId.Pause or ActionId.MoveToBottom:
                return model with { Ui = ui with { Timeline = TimelinePosition.AtEnd, Paused = false } };
            case ActionId.NextMatch or ActionId.PreviousMatch:
                return Jump(model, rows, action == ActionId.NextMatch, "match", static (rows, row) => rows.IsMatch(row));
            case ActionId.NextProblem or ActionId.PreviousProblem:
                return Jump(model, rows, action == ActionId.NextProblem, "problem", static (rows, row) => rows.IsProblem(row));
        }

        if (State.Move.Target(action, selected, page, rows.Count) is not { } target)
        {
            return model;
        }

        // Going on past the last line is how one follows it.
        var isForward = action is ActionId.MoveDown or ActionId.PageDown;
        return isForward && target >= rows.Count
            ? model with { Ui = ui with { Timeline = TimelinePosition.AtEnd, Paused = false } }
            : model with { Ui = ui with { Timeline = rows.At(target, top, page) } };
    }

    private static AppModel Jump(AppModel model, TimelineRows rows, bool forward, string what, Func<TimelineRows, int, bool> wanted)
    {
        var ui = model.Ui;
        var page = model.Layout.RowsOf(PaneId.Timeline);
        var (selected, top) = rows.Window(ui.Timeline, page);
        var step = forward ? 1 : -1;
        var found = rows.Find(selected + step, step, wanted);
        return found < 0
            ? model with { Ui = ui with { Toast = Toast.Note($"no {what} {(forward ? "after" : "before")} this line", model.Steady) } }
            : model with { Ui = ui with { Timeline = rows.At(found, top, page), Focus = PaneId.Timeline } };
    }
}
