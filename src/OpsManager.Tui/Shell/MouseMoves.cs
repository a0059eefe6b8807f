using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Timeline;

namespace OpsManager.Tui.Shell;

/// <summary>
/// What the mouse does: a click chooses, a second one on the same cell opens, the wheel scrolls what is under it, and a drag along the bar
/// of a recording goes to its moment. Nothing is ever sent by it.
/// </summary>
internal static class MouseMoves
{
    /// <summary>A second click that comes later is a first one.</summary>
    private static readonly TimeSpan DoubleClick = TimeSpan.FromMilliseconds(400);

    private const int WheelRows = 3;

    /// <param name="ask">Does an action as its key would.</param>
    public static Step Do(AppModel model, MousePressed pressed, Func<AppModel, ActionId, Step> ask)
    {
        var place = MousePlace.At(model, pressed.Row, pressed.Column);
        if (place is MousePlace.OfScrub scrub && pressed.Kind is MouseKind.Press or MouseKind.Drag)
        {
            return Seek(model, scrub.Column);
        }

        return pressed.Kind switch
        {
            MouseKind.WheelUp or MouseKind.WheelDown => Scroll(model, place, pressed.Kind == MouseKind.WheelUp, ask),
            MouseKind.Press => Press(model, pressed, place, ask),
            _ => model,
        };
    }

    private static Step Press(AppModel model, MousePressed pressed, MousePlace place, Func<AppModel, ActionId, Step> ask)
    {
        if (model.Ui.Context == KeyContext.Confirm)
        {
            // As a key that means nothing there: what waits to be sent is not.
            return Updater.Change(model, new UnexpectedInput());
        }

        var before = model.Ui.Click;
        var isSecond = before is { } first && (first.Row, first.Column) == (pressed.Row, pressed.Column)
            && model.Uptime - first.At <= DoubleClick;
        // A third click is a first one again.
        var ui = model.Ui with { Click = isSecond ? null : new(pressed.Row, pressed.Column, model.Uptime) };
        var chosen = Choose(Updater.Touched(model with { Ui = ui }), place);
        return isSecond ? Open(chosen, place, ask) : chosen;
    }

    private static AppModel Choose(AppModel model, MousePlace place)
    {
        var ui = model.Ui;
        return place switch
        {
            MousePlace.OfChoice { Index: >= 0 and var index } when ui.Prompt is { } prompt =>
                model with { Ui = ui with { Prompt = prompt with { Choice = index } } },
            MousePlace.OfTab tab => model with
            {
                Ui = ui with { Focus = PaneId.Detail, Detail = DetailUpdate.Show(ui.Detail, (DetailTab)tab.Index) },
            },
            MousePlace.OfPane pane => ChooseRow(model with { Ui = ui with { Focus = pane.Pane } }, pane),
            _ => model,
        };
    }

    private static AppModel ChooseRow(AppModel model, MousePlace.OfPane pane)
    {
        var (ui, row) = (model.Ui, pane.Row);
        if (row < 0)
        {
            return model;
        }

        switch (pane.Pane)
        {
            case PaneId.Runs:
                var index = ui.Runs.Top + row;
                return index < model.Lists.Rows.Count && model.Lists.Rows[index].Key is { } run
                    ? model with { Ui = ui.Select(run) }
                    : model;
            case PaneId.Timeline:
                return model.Layout.Timeline is { } window && window.Top + row < window.End
                    ? model with
                    {
                        Ui = ui with
                        {
                            Timeline = TimelineUpdate.Place(
                                ui.Timeline with { Paused = false }, window.Rows.Loop,
                                window.Rows.At(window.Top + row, window.Top, model.Layout.RowsOf(PaneId.Timeline))),
                        },
                    }
                    : model;
            case PaneId.Alerts:
                return ui.Alerts.Top + row < model.Alerts.Count
                    ? model with { Ui = ui with { Alerts = ui.Alerts with { Selected = model.Alerts[ui.Alerts.Top + row].Key } } }
                    : model;
            default:
                var files = ui.Detail.FilesOf(model.Current).Files;
                return ui.Detail.Tab == DetailTab.Files && ui.Detail.Top + row < files.Count
                    ? model with { Ui = ui with { Detail = ui.Detail with { SelectedFile = files[ui.Detail.Top + row].Path } } }
                    : model;
        }
    }

    private static Step Open(AppModel model, MousePlace place, Func<AppModel, ActionId, Step> ask) => place switch
    {
        MousePlace.OfChoice { Index: >= 0 } => ask(model, ActionId.Accept),
        MousePlace.OfPane { Row: >= 0 } => ask(model, ActionId.Open),
        MousePlace.OfPane => ask(model, ActionId.Zoom),
        _ => model,
    };

    private static Step Scroll(AppModel model, MousePlace place, bool isUp, Func<AppModel, ActionId, Step> ask)
    {
        switch (place)
        {
            case MousePlace.OfChoice:
                return ask(model, isUp ? ActionId.PreviousChoice : ActionId.NextChoice);
            case MousePlace.OfBox when model.Ui.Overlay == Overlay.Confirm:
                return Repeated(model, isUp ? ActionId.ConfirmUp : ActionId.ConfirmDown, WheelRows, ask);
            case MousePlace.OfBox:
                return Repeated(model, isUp ? ActionId.MoveUp : ActionId.MoveDown, WheelRows, ask);
            case MousePlace.OfPane pane:
                // Of a list the cursor moves, row by row.
                var rows = pane.Pane is PaneId.Runs or PaneId.Alerts ? 1 : WheelRows;
                var focus = model.Ui.Focus;
                var step = Repeated(
                    model with { Ui = model.Ui with { Focus = pane.Pane } }, isUp ? ActionId.MoveUp : ActionId.MoveDown, rows, ask);
                return step with { Model = step.Model with { Ui = step.Model.Ui with { Focus = focus } } };
            default:
                return model;
        }
    }

    private static Step Repeated(AppModel model, ActionId action, int times, Func<AppModel, ActionId, Step> ask)
    {
        Step step = model;
        for (var i = 0; i < times; i++)
        {
            step = ask(step.Model, action);
        }

        return step;
    }

    private static Step Seek(AppModel model, int column)
    {
        if (model.Replay is not { } state)
        {
            return model;
        }

        return Updater.Change(model, new MomentChosen(ScrubScale.TimeAt(state, model.Layout.Header.Width, column), null));
    }
}
