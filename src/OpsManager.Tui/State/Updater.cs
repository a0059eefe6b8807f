using OpsManager.Tui.Keys;
using OpsManager.Tui.Panes;

namespace OpsManager.Tui.State;

/// <summary>The one way in which the screen's state changes: a model and a message in, the next model out. Pure.</summary>
public static class Updater
{
    public static AppModel Update(AppModel model, Message message) => message switch
    {
        FleetChanged changed => Settle(model with { Fleet = changed.Fleet }),
        ClockTicked ticked => model with { Clock = ticked.Now },
        Resized resized => Settle(model with { Ui = model.Ui with { Size = resized.Size } }),
        Asked asked => Settle(model with { Ui = Ask(model, asked.Action) }),
        _ => model,
    };

    private static UiState Ask(AppModel model, ActionId action)
    {
        // Until the first key the screen shows what is most urgent; from then on what it shows stays under the operator's hand.
        var ui = model.Ui.Selected is null && model.Current is { } current ? model.Ui with { Selected = LoopKey.Of(current) } : model.Ui;
        model = model with { Ui = ui };
        if (ui.HelpOpen)
        {
            return action switch
            {
                ActionId.Help or ActionId.Back => ui with { HelpOpen = false },
                _ => Move.Target(action, ui.HelpTop, ui.Size.Height - 4, HelpBox.RowCount) is { } top
                    ? ui with { HelpTop = Math.Clamp(top, 0, Math.Max(0, HelpBox.RowCount - HelpBox.VisibleRows(ui.Size))) }
                    : ui,
            };
        }

        return action switch
        {
            ActionId.NextPane => ui with { Focus = Turn(ui.Focus, 1) },
            ActionId.PreviousPane => ui with { Focus = Turn(ui.Focus, -1) },
            ActionId.ShowRuns => ui with { Focus = PaneId.Runs },
            ActionId.ShowTimeline => ui with { Focus = PaneId.Timeline },
            ActionId.ShowDetail => ui with { Focus = PaneId.Detail },
            ActionId.ShowAlerts => ui with { Focus = PaneId.Alerts },
            ActionId.Zoom => ui with { Zoomed = !ui.Zoomed },
            ActionId.Back => ui with { Zoomed = false },
            ActionId.Help => ui with { HelpOpen = true, HelpTop = 0 },
            ActionId.Follow => ui with { Timeline = ToggleFollow(model) },
            ActionId.Open => Open(model),
            _ => MoveIn(model, action),
        };
    }

    private static PaneId Turn(PaneId pane, int by)
    {
        var count = Enum.GetValues<PaneId>().Length;
        return (PaneId)(((int)pane + by + count) % count);
    }

    private static UiState MoveIn(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        var page = ScreenLayout.Of(ui).RowsOf(ui.Focus);
        switch (ui.Focus)
        {
            case PaneId.Runs when Move.Target(action, SelectedRun(model), page, model.Runs.Count) is { } target && model.Runs.Count > 0:
                return SelectRun(ui, LoopKey.Of(model.Runs[ListWindow.Clamp(target, model.Runs.Count)]));
            case PaneId.Timeline when model.Current is { } loop:
                return ui with { Timeline = MoveTimeline(new TimelineRows(loop), ui.Timeline, action, page) };
            case PaneId.Detail when Move.Target(action, ui.DetailTop, page, int.MaxValue / 2) is { } target:
                return ui with { DetailTop = target };
            case PaneId.Alerts when Move.Target(action, SelectedAlert(model), page, model.Alerts.Count) is { } target && model.Alerts.Count > 0:
                return ui with { SelectedAlert = model.Alerts[ListWindow.Clamp(target, model.Alerts.Count)].Key };
            default:
                return ui;
        }
    }

    private static TimelinePosition MoveTimeline(TimelineRows rows, TimelinePosition position, ActionId action, int page)
    {
        if (action == ActionId.MoveToBottom)
        {
            return TimelinePosition.AtEnd;
        }

        var (selected, top) = rows.Window(position, page);
        if (Move.Target(action, selected, page, rows.Count) is not { } target)
        {
            return position;
        }

        // Going on past the last line is how one follows it.
        var isForward = action is ActionId.MoveDown or ActionId.PageDown;
        return isForward && target >= rows.Count ? TimelinePosition.AtEnd : rows.At(target, top, page);
    }

    private static TimelinePosition ToggleFollow(AppModel model)
    {
        if (!model.Ui.Timeline.Follows || model.Current is not { } loop)
        {
            return TimelinePosition.AtEnd;
        }

        var rows = new TimelineRows(loop);
        var height = ScreenLayout.Of(model.Ui).RowsOf(PaneId.Timeline);
        return rows.At(rows.Count - 1, Math.Max(0, rows.Count - height), height);
    }

    /// <summary>From a run to its timeline; from an alert to its run, and to the line of its evidence where it has one.</summary>
    private static UiState Open(AppModel model)
    {
        var ui = model.Ui;
        if (ui.Focus == PaneId.Runs)
        {
            return ui with { Focus = PaneId.Timeline };
        }

        if (ui.Focus != PaneId.Alerts || SelectedAlert(model) is not (>= 0 and var index))
        {
            return ui;
        }

        if (model.Alerts[index] is not { Loop: { } loop, Finding: var finding })
        {
            return ui;
        }

        var opened = SelectRun(ui, LoopKey.Of(loop)) with { Focus = PaneId.Timeline };
        var line = finding.Evidence.Select(static evidence => evidence.Line).FirstOrDefault(static line => line is not null);
        if (line is not { } at || loop.Log is not { IsTail: false } || at > loop.Tally.Lines)
        {
            return opened;
        }

        var rows = new TimelineRows(loop);
        var height = ScreenLayout.Of(opened).RowsOf(PaneId.Timeline);
        var row = rows.Breaks + (int)at - 1;
        return opened with { Timeline = rows.At(row, row - (height / 2), height) };
    }

    private static UiState SelectRun(UiState ui, LoopKey run) =>
        ui.Selected == run ? ui : ui with { Selected = run, Timeline = TimelinePosition.AtEnd, DetailTop = 0 };

    private static int SelectedRun(AppModel model) => model.Current is { } current ? IndexOf(model.Runs, loop => LoopKey.Of(loop) == LoopKey.Of(current)) : -1;

    private static int SelectedAlert(AppModel model)
    {
        var index = model.Ui.SelectedAlert is { } key
            ? IndexOf(model.Alerts, alert => alert.Key == key)
            : 0;
        return ListWindow.Clamp(index, model.Alerts.Count);
    }

    private static int IndexOf<T>(IReadOnlyList<T> list, Func<T, bool> wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (wanted(list[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Keeps every cursor visible and every scroll inside what there is.</summary>
    private static AppModel Settle(AppModel model)
    {
        var ui = model.Ui;
        var layout = ScreenLayout.Of(ui);
        var detailRows = model.Current is null ? 0 : DetailPane.RowsOf(model, layout.WidthOf(PaneId.Detail)).Count;
        return model with
        {
            Ui = ui with
            {
                RunsTop = ListWindow.Follow(ui.RunsTop, SelectedRun(model), layout.RowsOf(PaneId.Runs), model.Runs.Count),
                AlertsTop = ListWindow.Follow(ui.AlertsTop, SelectedAlert(model), layout.RowsOf(PaneId.Alerts), model.Alerts.Count),
                DetailTop = Math.Clamp(ui.DetailTop, 0, Math.Max(0, detailRows - layout.RowsOf(PaneId.Detail))),
            },
        };
    }

    /// <summary>The rows that the cursors of the lists are on, for drawing.</summary>
    internal static (int Run, int Alert) Cursors(AppModel model) => (SelectedRun(model), SelectedAlert(model));
}
