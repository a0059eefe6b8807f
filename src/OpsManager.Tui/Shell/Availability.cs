using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Replay;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Shell;

/// <summary>Whether an action can be done now, and if not, why: for keys, palette and hints alike.</summary>
internal static class Availability
{
    /// <summary>Why nothing is sent, whatever the key.</summary>
    public const string NothingSent = "nothing can be sent in a replay";

    /// <summary>Null where it can be done.</summary>
    public static string? WhyNot(AppModel model, ActionId action)
    {
        var (ui, loop) = (model.Ui, model.Current);
        return action switch
        {
            ActionId.Pause when model.Replay is not null || MarkedRuns.InGroup(model) => null,
            _ when ReplayUpdate.IsOnlyInReplay(action) => model.Replay is null ? ReplayChoices.OnlyInReplay : null,
            ActionId.LookBack when model.Target is null && model.Replay is null => NoRun(model),
            ActionId.LookBack => RecordChoices.WhyNoPast(model, model.Target is { } of ? model.SourceOf(of.Repo) : null),
            ActionId.Wake when model.Replay is not null => "a recording has nothing to wake",
            _ when Bindings.For(action).Context == KeyContext.Pager && ui.Overlay != Overlay.Pager => "only a text that is open has this",
            ActionId.NextLog or ActionId.PreviousLog when ui.Pager is { Logs: null, Review: null } => "this text is not the log of a run",
            ActionId.NextFound or ActionId.PreviousFound when ui.Pager is { Search: null } =>
                $"nothing is searched; {Keys(model, ActionId.SearchText)} searches",
            ActionId.ShowLog when model.Target is null => NoRun(model),
            ActionId.ScrollLeft or ActionId.ScrollRight when ui is { Overlay: Overlay.None, Focus: PaneId.Runs } =>
                WhyNotFolded(model, action),
            ActionId.ScrollLeft or ActionId.ScrollRight when ui is { Overlay: Overlay.None, Focus: PaneId.Alerts } =>
                "only the timeline, the detail and the pager scroll left and right",
            ActionId.NextMatch or ActionId.PreviousMatch or ActionId.ToggleContext when ui.Timeline.Filter.Length == 0 =>
                $"no filter is set; {Keys(model, ActionId.Filter)} sets one",
            ActionId.Open when model.CurrentSource is not null || model.FocusedAlert is not null => null,
            ActionId.Copy when ui.Focus == PaneId.Runs && Opening.Command(model) is not null => null,
            ActionId.Open or ActionId.OpenInPager or ActionId.Copy or ActionId.NextProblem or ActionId.PreviousProblem
                or ActionId.Follow or ActionId.Pause or ActionId.FoldIterations
                when loop is null && model.Alerts.Count == 0 => NoRun(model),
            ActionId.Filter when ui.Overlay == Overlay.Help => null,
            ActionId.Filter when model.AllRuns.Count == 0 && model.Alerts.Count == 0 && !model.Sources.Any() => NoRun(model),
            ActionId.NextProblem or ActionId.PreviousProblem when WhyNoProblems(loop) is { } reason => reason,
            ActionId.ApproveRun or ActionId.RejectRun or ActionId.CancelRun when model.Target is null => NoRun(model),
            ActionId.ApproveRun or ActionId.RejectRun
                when Sending.NothingWaits(model, model.Target!) is { } nothing => nothing,
            ActionId.Send or ActionId.EditNote when ui.Confirm is { IsReplay: true } => NothingSent,
            // While a key that sends waits for silence, any other one stops it.
            ActionId.Send or ActionId.EditNote when ui.Confirm is { PressedAt: null, IsSent: true } =>
                "this was sent; close the box to send something else",
            ActionId.Send when ui.Confirm is { PressedAt: null, Code: { Length: > 0 } code } => $"type {code} to send the cancel",
            ActionId.Send when ui.Confirm is { PressedAt: null } confirm
                && ConfirmUpdate.Obstacles(model, confirm) is [var obstacle, ..] =>
                $"Cannot {confirm.Plan.Intent.Word}: {obstacle}",
            ActionId.CopyCommand when ui.Confirm is { IsReplay: true } => "a recording has no command",
            ActionId.Mark when model.Lists.Chosen(ui.Runs.Selected) is null => NoRun(model),
            ActionId.Mark when ui.Focus != PaneId.Runs => "only runs in the list can be marked",
            ActionId.ClearMarks when ui.Runs.Marked.IsEmpty => "no run is marked",
            ActionId.Acknowledge or ActionId.Wake
                when MarkedRuns.Of(model) is { Count: > 0 } marked => WhyNotMarked(model, action, marked),
            ActionId.Acknowledge when WhyNoAcknowledgement(model) is { } reason => reason,
            ActionId.Acknowledge when Reviewing.Next(model.FocusedAlert, model.Target) is null => "nothing here needs to be acknowledged",
            ActionId.ShowIncident when Rearming.Note(model.Target) is null =>
                "the loop is not rolled back; earlier incident notes are in the tab Files",
            ActionId.Wake when model.TargetRepo is null => NoRun(model),
            ActionId.Wake when WhyNotWoken(model, model.TargetRepo) is { } reason => reason,
            ActionId.Rearm => WhyNotRearmed(model),
            ActionId.OpenInPager when model.CurrentRepo?.Replay is not null =>
                $"a replayed run has no files on disk; {Keys(model, ActionId.Open)} shows the text here",
            _ => null,
        };
    }

    /// <summary>
    /// Why an action is not offered, though its key may still show something: what sends is offered only where it can send, and a
    /// decision only where something waits for one. Null where it is offered.
    /// </summary>
    public static string? WhyNotOffered(AppModel model, ActionId action) => WhyNot(model, action) ?? action switch
    {
        ActionId.ApproveRun or ActionId.RejectRun when model.Target is { } loop =>
            Sending.IsAsked(loop) ? Sending.WhyNot(model, loop) : $"no decision is needed in {model.NameOf(loop)}",
        ActionId.CancelRun when model.Target is { } loop => Sending.WhyNot(model, loop),
        _ => null,
    };

    /// <summary>Why the stage of the run that is acted on cannot be changed; null where it can.</summary>
    public static string? WhyNotStaged(AppModel model) =>
        model.WhyNoControl ?? (model.Target is { } loop ? Staging.WhyNot(model, loop) : NoRun(model));

    /// <summary>Why the loop that is acted on cannot be re-armed; null where it can be tried.</summary>
    public static string? WhyNotRearmed(AppModel model) =>
        model.WhyNoControl ?? (model.Target is { } loop ? Rearming.WhyNot(model, loop) : NoRun(model));

    /// <summary>Why there is no run to do anything with.</summary>
    public static string NoRun(AppModel model) =>
        model.FocusedAlert is { Loop: null } alert ? NoRunOf(model, alert.Repo)
        : model.CurrentSource is { } source ? NoRunOf(model, source)
        : model.AllRuns.Count > 0 ? "no run matches the filter" : "there is no run yet";

    private static string NoRunOf(AppModel model, RepoModel source) => model.StandingOf(source) switch
    {
        { Condition: SourceCondition.Read } when !source.Loops.IsEmpty =>
            $"{model.NameOf(source.Path)} is a group: choose one of its runs",
        { Condition: SourceCondition.Read } => $"{model.NameOf(source.Path)} has no loops yet",
        { Condition: SourceCondition.NotRead } => $"{model.NameOf(source.Path)} is not read yet",
        var standing when WhyNotWoken(model, source) is null =>
            $"{model.NameOf(source.Path)} is {standing.Word}; {Keys(model, ActionId.Wake)} "
            + (standing.Condition == SourceCondition.Asleep ? "wakes it" : "retries now"),
        var standing => $"{model.NameOf(source.Path)} is {standing.Word}: {standing.Fault}",
    };

    /// <summary>Why the group that the cursor is on or in cannot be folded, or unfolded; null where it can.</summary>
    private static string? WhyNotFolded(AppModel model, ActionId action) => model.Lists.GroupOf(model.Chosen) is not { } group
        ? "only groups of runs fold; the timeline, the detail and the pager scroll left and right"
        : model.Ui.Runs.Filter.Length > 0 ? "a filter shows what it finds: no group folds"
        : (action == ActionId.ScrollLeft) == model.Ui.Runs.Folded.Contains(group)
            ? $"{model.NameOf(group)} is {(action == ActionId.ScrollLeft ? "closed" : "open")} already"
        : null;

    /// <summary>Why nobody can ask a source now; null where they can.</summary>
    private static string? WhyNotWoken(AppModel model, RepoModel source) =>
        model.Sprites.GetValueOrDefault(source.Path)?.Fault is { } fault ? $"it cannot be watched: {fault}"
        : source.Sprite is not null ? null
        : SourceStanding.From(source).Condition == SourceCondition.Unreachable ? "it is read again automatically, twice a second"
        : "this repository is local: there is nothing to wake";

    /// <summary>Why an action does nothing to any of the marked runs; null where it does something to one.</summary>
    private static string? WhyNotMarked(AppModel model, ActionId action, IReadOnlyList<LoopModel> marked) =>
        action == ActionId.Wake
        ? marked.All(loop => model.Fleet.Repos[loop.Repo].Sprite is null) ? "the marked runs are local: there is nothing to wake" : null
        : model.WhyNoControl is { } why ? why
        : marked.All(static loop => Reviewing.Next(null, loop) is null) ? "nothing in the marked runs needs to be acknowledged"
        : null;

    private static string? WhyNoProblems(LoopModel? loop) => loop switch
    {
        { Observed.Count: > 0 } => null,
        { Withheld: not null } => "snapshot-only mode is on",
        { Log: not null } => null,
        _ => "the run has no log",
    };

    private static string? WhyNoAcknowledgement(AppModel model) =>
        Reviewing.Next(model.FocusedAlert, model.Target) is { } next ? model.WhyNotIn(next.Run.Repo) : model.WhyNoControl;

    private static string Keys(AppModel model, ActionId action) =>
        model.Keymap.KeysOf(action) is [var key, ..] ? key : Bindings.For(action).Name;
}
