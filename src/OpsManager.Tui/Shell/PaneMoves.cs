using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Alerts;
using OpsManager.Tui.Content;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>Keys on the panes, where nothing is over them.</summary>
internal static class PaneMoves
{
    public static Step Ask(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        return action switch
        {
            ActionId.NextPane => On(model, ui with { Focus = Cycle.Turn(ui.Focus, 1) }),
            ActionId.PreviousPane => On(model, ui with { Focus = Cycle.Turn(ui.Focus, -1) }),
            ActionId.ShowRuns => On(model, ui with { Focus = PaneId.Runs }),
            ActionId.ShowTimeline => On(model, ui with { Focus = PaneId.Timeline }),
            ActionId.ShowDetail => On(model, ui with { Focus = PaneId.Detail }),
            ActionId.ShowAlerts => On(model, ui with { Focus = PaneId.Alerts }),
            ActionId.Zoom => On(model, ui with { Zoomed = !ui.Zoomed }),
            ActionId.Back => On(model, Back(ui)),
            ActionId.Help => On(model, ui with { Overlay = Overlay.Help, Help = new() }),
            ActionId.PreviousTab => ShowDetail(model, DetailUpdate.Turn(ui.Detail, -1)),
            ActionId.NextTab => ShowDetail(model, DetailUpdate.Turn(ui.Detail, 1)),
            ActionId.ScrollLeft when ui.Focus == PaneId.Detail => ShowDetail(model, DetailUpdate.Turn(ui.Detail, -1)),
            ActionId.ScrollRight when ui.Focus == PaneId.Detail => ShowDetail(model, DetailUpdate.Turn(ui.Detail, 1)),
            >= ActionId.ShowWhy and <= ActionId.ShowFiles =>
                ShowDetail(model, DetailUpdate.Show(ui.Detail, (DetailTab)(action - ActionId.ShowWhy))),
            ActionId.Sort => Sorted(model),
            ActionId.Filter when ui.Focus == PaneId.Runs => On(model, ui with { Prompt = PromptState.Runs(ui.Runs.Filter) }),
            ActionId.Filter => On(model, ui with { Prompt = PromptState.Filter(ui.Timeline.Filter) }),
            ActionId.TimeFormat => On(model, ui with { Timeline = ui.Timeline with { Times = Cycle.Turn(ui.Timeline.Times, 1) } }),
            ActionId.ToggleContext => On(model, ui with { Timeline = ui.Timeline with { ShowsContext = !ui.Timeline.ShowsContext } }),
            ActionId.Open => Opening.Open(model),
            ActionId.Describe => Described(model),
            ActionId.OpenInPager => Opening.InPager(model),
            ActionId.ShowLog => Opening.Log(model),
            ActionId.Copy => Opening.Copy(model),
            ActionId.ShowIncident => Opening.Incident(model),
            ActionId.Acknowledge => PromptUpdater.AskAcknowledgement(model),
            ActionId.Rearm => PromptUpdater.AskRearming(model),
            ActionId.Wake => new Step(model, new WakeSprite(model.CurrentRepo!.Path)),
            ActionId.SnapshotOnly => new Step(model, new SwitchStream(!model.Fleet.SnapshotOnly)),
            _ => Move(model, action),
        };
    }

    /// <summary>Another run, which the filter of the list may hide: then the filter goes.</summary>
    public static UiState ShowRun(AppModel model, LoopKey run)
    {
        var ui = model.Ui;
        var isHidden = model.Find(run) is { } loop && model.Lists.PlaceOf(loop) < 0;
        return (isHidden ? ui with { Runs = ui.Runs with { Filter = "" } } : ui).Select(run);
    }

    /// <summary>Where the filter hides the chosen run, the one that is shown in its place is the chosen one from now on.</summary>
    public static UiState SelectShown(AppModel model) =>
        model.Ui.Runs.Selected is { } run && model.Find(run) is not null && model.Current is { } shown
            ? model.Ui.Select(LoopKey.From(shown))
            : model.Ui;

    private static Step Described(AppModel model) => model switch
    {
        { FocusedAlert: { } alert } => Described(model, new DescribeState(alert.Key, alert.Key.Loop)),
        { Current: { } loop } => Described(model, new DescribeState(null, LoopKey.From(loop))),
        { CurrentSource: { } source } when model.Alerts.FirstOrDefault(alert => alert.Repo.Path == source.Path) is { } alert =>
            Described(model, new DescribeState(alert.Key, alert.Key.Loop)),
        _ => model.Say(Availability.NoRun(model)),
    };

    private static Step Described(AppModel model, DescribeState state) =>
        On(model, model.Ui with { Overlay = Overlay.Describe, Describe = state });

    private static Step On(AppModel model, UiState ui) => model with { Ui = ui };

    private static Step ShowDetail(AppModel model, DetailState detail) =>
        model with { Ui = model.Ui with { Detail = detail, Focus = PaneId.Detail } };

    private static UiState Back(UiState ui) =>
        ui.Focus == PaneId.Runs && ui.Runs.Filter.Length > 0 ? ui with { Runs = ui.Runs with { Filter = "" } }
        : ui.Timeline.Filter.Length > 0 ? ui with { Timeline = ui.Timeline with { Filter = "", ShowsContext = false } }
        : ui with { Zoomed = false };

    private static Step Sorted(AppModel model)
    {
        var sort = Cycle.Turn(model.Ui.Runs.Sort, 1);
        var sorted = model with { Ui = model.Ui with { Runs = RunsUpdate.SortBy(model.Ui.Runs, sort) } };
        return sorted.Say($"runs sorted by {sort.ToString().ToLowerInvariant()}");
    }

    private static Step Move(AppModel model, ActionId action)
    {
        var ui = model.Ui;
        var page = model.Layout.RowsOf(ui.Focus);
        if (action is ActionId.Follow or ActionId.Pause || TimelineUpdate.IsJump(action))
        {
            return InTimeline(model, action);
        }

        return ui.Focus switch
        {
            PaneId.Runs => RunsUpdate.Target(ui.Runs, model.Lists, action, page) is { } run ? On(model, ui.Select(run)) : model,
            PaneId.Timeline => InTimeline(model, action),
            PaneId.Detail => On(model, ui with { Detail = DetailUpdate.Move(ui.Detail, model.Current, action, page) }),
            _ => On(model, ui with { Alerts = AlertsUpdate.Move(ui.Alerts, model.Alerts, action, page) }),
        };
    }

    private static Step InTimeline(AppModel model, ActionId action)
    {
        if (model.Timeline is not { } rows)
        {
            return model;
        }

        var ui = model.Ui;
        var step = TimelineUpdate.Move(ui.Timeline, rows, action, model.Layout.RowsOf(PaneId.Timeline), model.Steady);
        // Whoever jumped to a row goes on from there; a word says that there was none.
        var focus = TimelineUpdate.IsJump(action) && step.Toast is null ? PaneId.Timeline : ui.Focus;
        return (model with { Ui = ui with { Timeline = step.State, Focus = focus } }).With(step.Toast);
    }
}
