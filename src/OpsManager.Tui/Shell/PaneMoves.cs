using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Tui.Alerts;
using OpsManager.Tui.Content;
using OpsManager.Tui.Describe;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Palette;
using OpsManager.Tui.Replay;
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
            ActionId.NextPane => On(model, ui.TurnTo(Cycle.Turn(ui.Focus, 1))),
            ActionId.PreviousPane => On(model, ui.TurnTo(Cycle.Turn(ui.Focus, -1))),
            ActionId.ShowRuns => On(model, ui.TurnTo(PaneId.Runs)),
            ActionId.ShowTimeline => On(model, ui.TurnTo(PaneId.Timeline)),
            ActionId.ShowDetail => On(model, ui.TurnTo(PaneId.Detail)),
            ActionId.ShowAlerts => On(model, ui.TurnTo(PaneId.Alerts)),
            ActionId.Zoom => On(model, ui.Zoom()),
            ActionId.GrowPane or ActionId.ShrinkPane => Resized(model, action),
            ActionId.ResetPanes => On(model, ui with { Split = PaneSplit.Natural, NeedsOf = null }),
            // What was kept of a live session is a step in, too.
            ActionId.Back when model.IsPast && Back(model) == ui => new Step(model, new Leave()),
            ActionId.Back => On(model, Back(model)),
            ActionId.LookBack when model.Target is { } loop => new Step(model, new LeaveForPast(LoopKey.From(loop))),
            ActionId.Help => On(model, ui with { Overlay = Overlay.Help, Help = new() }),
            ActionId.PreviousTab => ShowDetail(model, DetailUpdate.Turn(ui.Detail, -1)),
            ActionId.NextTab => ShowDetail(model, DetailUpdate.Turn(ui.Detail, 1)),
            ActionId.ScrollLeft or ActionId.ScrollRight when ui.Focus == PaneId.Runs =>
                On(model, ui with { Runs = RunsUpdate.Fold(ui.Runs, model.Lists) }),
            ActionId.ScrollLeft when ui.Focus == PaneId.Detail => ShowDetail(model, DetailUpdate.Turn(ui.Detail, -1)),
            ActionId.ScrollRight when ui.Focus == PaneId.Detail => ShowDetail(model, DetailUpdate.Turn(ui.Detail, 1)),
            >= ActionId.ShowWhy and <= ActionId.ShowFiles =>
                ShowDetail(model, DetailUpdate.Show(ui.Detail, (DetailTab)(action - ActionId.ShowWhy))),
            ActionId.Sort => Sorted(model),
            ActionId.Mark => On(model, ui with { Runs = RunsUpdate.Mark(ui.Runs, model.Lists) }),
            ActionId.ClearMarks => On(model, ui with { Runs = RunsUpdate.ClearMarks(ui.Runs) }),
            ActionId.Pause when MarkedRuns.InGroup(model) => On(model, ui with { Runs = RunsUpdate.Fold(ui.Runs, model.Lists) }),
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
            ActionId.Wake when MarkedRuns.Of(model).Count > 0 => MarkedRuns.Wake(model),
            ActionId.Wake => new Step(model, new WakeSprite(model.TargetRepo!.Path)),
            ActionId.SnapshotOnly => new Step(model, new SwitchStream(!model.Fleet.SnapshotOnly)),
            _ => Move(model, action),
        };
    }

    /// <summary>Another run, which the filter of the list or its folded group may hide: then that goes.</summary>
    public static UiState ShowRun(AppModel model, LoopKey run)
    {
        var ui = model.Ui;
        var isHidden = model.Find(run) is { } loop && model.Lists.PlaceOf(loop) < 0;
        var runs = ui.Runs with { Filter = isHidden ? "" : ui.Runs.Filter, Folded = ui.Runs.Folded.Remove(run.Repo) };
        return (ui with { Runs = runs }).Select(run);
    }

    /// <summary>The row of a source, which the filter of the list may hide: then that goes.</summary>
    public static UiState ShowSource(AppModel model, RepoModel source)
    {
        var (ui, row) = (model.Ui, new LoopKey(source.Path, ""));
        return (model.Lists.RowOf(row) >= 0 ? ui : ui with { Runs = ui.Runs with { Filter = "" } }).Select(row);
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

    /// <summary>The focus stays where it is, so that the operator can go on in the list; where the detail is not shown it comes.</summary>
    private static Step ShowDetail(AppModel model, DetailState detail)
    {
        var ui = model.Ui with { Detail = detail };
        return model with { Ui = model.Layout.Panes.ContainsKey(PaneId.Detail) ? ui : ui.GoTo(PaneId.Detail) };
    }

    /// <summary>One step: what narrows the pane first, then the way that led here.</summary>
    private static UiState Back(AppModel model) => model.Ui switch
    {
        { Focus: PaneId.Runs, Runs.Marked.IsEmpty: false } ui => ui with { Runs = RunsUpdate.ClearMarks(ui.Runs) },
        { Focus: PaneId.Runs, Runs.Filter.Length: > 0 } ui => ui with { Runs = ui.Runs with { Filter = "" } },
        { Timeline.Filter.Length: > 0 } ui when ui.Focus == PaneId.Timeline || (ui.Focus == PaneId.Runs && !ui.Zoomed) =>
            ui with { Timeline = TimelineUpdate.Unfiltered(ui.Timeline, model.Current) },
        var ui => ui.StepBack(),
    };

    private static Step Resized(AppModel model, ActionId action)
    {
        if (model.Layout.Panes.Count < 2)
        {
            return model.Say("one pane has the whole screen");
        }

        var ui = PaneSplit.Resize(model.Ui, model.Layout, model.Lines, action);
        return ReferenceEquals(ui, model.Ui)
            ? model.Say($"the pane cannot be {(action == ActionId.GrowPane ? "larger" : "smaller")}")
            : On(model, ui);
    }

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
        if (action is ActionId.Follow or ActionId.Pause or ActionId.FoldIterations || TimelineUpdate.IsJump(action))
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
        var page = model.Layout.RowsOf(PaneId.Timeline);
        var step = TimelineUpdate.Move(ui.Timeline, rows, action, page, model.Steady);
        if (step.Toast is { } none && TimelineUpdate.Opposite(action) is { } back && model.Keymap.KeysOf(back) is [var key, ..]
            && TimelineUpdate.Move(ui.Timeline, rows, back, page, model.Steady).Toast is null)
        {
            var where = TimelineUpdate.IsForward(action) ? "back" : "forward";
            step = step with { Toast = none with { Text = $"{none.Text}; {key} goes {where}" } };
        }

        // Whoever jumped to a row goes on from there; a word says that there was none.
        ui = TimelineUpdate.IsJump(action) && step.Toast is null ? ui.GoTo(PaneId.Timeline) : ui;
        return (model with { Ui = ui with { Timeline = step.State } }).With(step.Toast);
    }
}
