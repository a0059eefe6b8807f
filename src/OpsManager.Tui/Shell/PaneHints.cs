using OpsManager.Configuration.Keymaps;
using OpsManager.Contract;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Confirm;
using OpsManager.Tui.Detail;

namespace OpsManager.Tui.Shell;

/// <summary>
/// What is useful for what is selected, and in which order the bottom line and the palette show it: what the state of the run asks for
/// comes first.
/// </summary>
internal static class PaneHints
{
    /// <summary>Most useful first. What is not named here comes behind these, as the table of bindings has it.</summary>
    private static readonly ActionId[] Order =
    [
        ActionId.Wake, ActionId.Open, ActionId.ShowLog, ActionId.ShowIncident, ActionId.Rearm, ActionId.Acknowledge, ActionId.ApproveRun,
        ActionId.RejectRun, ActionId.CancelRun, ActionId.Copy, ActionId.Describe,
    ];

    /// <summary>The place of an action; smaller is more useful.</summary>
    public static int Rank(Binding binding) => Array.IndexOf(Order, binding.Action) is >= 0 and var place ? place : Order.Length;

    /// <summary>The same in the bottom line, where copying is told early only beside the runs: there it copies a command.</summary>
    public static int Rank(AppModel model, Binding binding) =>
        binding.Action == ActionId.Copy && model.Ui.Focus != PaneId.Runs ? Order.Length
        : IsForMarked(model, binding.Action) ? -1
        // Beside opening the group.
        : binding.Action == ActionId.Pause && model.Ui.Focus == PaneId.Runs ? Rank(Bindings.For(ActionId.Open))
        : Rank(binding);

    /// <summary>While runs are marked, the line of commands is what acts on all of them.</summary>
    public static bool IsForMarked(AppModel model, ActionId action) => action == ActionId.Palette && MarkedRuns.Of(model).Count > 0;

    /// <summary>Whether it is one of those that act on what is selected.</summary>
    public static bool IsRanked(Binding binding) => Rank(binding) < Order.Length;

    /// <summary>Whether an action that can be done does something for what is selected.</summary>
    public static bool IsUseful(AppModel model, ActionId action) => action switch
    {
        ActionId.Wake when MarkedRuns.Of(model) is { Count: > 0 } marked =>
            marked.Any(loop => model.SourceOf(loop.Repo).Sprite is not null),
        ActionId.Wake => model.TargetRepo is { Sprite: { } sprite } repo
            && (sprite.IsLeftAlone || model.StandingOf(repo).Condition is SourceCondition.Asleep or SourceCondition.Unreachable),
        ActionId.CancelRun => IsRunning(model),
        ActionId.Open when model.Ui.Focus == PaneId.Alerts => model.FocusedAlert is not null,
        ActionId.Open when model.Ui.Focus == PaneId.Timeline => model.Timeline is { Count: > 0 },
        ActionId.ShowLog when model.Ui.Focus == PaneId.Timeline => Opening.NamesLog(model),
        ActionId.Open or ActionId.ShowLog => model.Target is not null || model.CurrentSource is not null,
        ActionId.OpenInPager when model.Ui.Overlay == Overlay.None => Opening.HasFile(model),
        ActionId.Copy when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Detail } =>
            model.Current is not null || (model.Ui.Detail.Tab == DetailTab.Why && Opening.Command(model) is not null),
        ActionId.NextTab => model.Current is not null,
        ActionId.Pause when model.Ui.Focus == PaneId.Runs => IsOnGroup(model),
        ActionId.ResetPanes => model.Ui.Split != PaneSplit.Natural,
        ActionId.Back => model.Ui.Overlay != Overlay.None || Cleared(model) is not null,
        ActionId.Describe => model.Target is not null || model.FocusedAlert is not null
            || model.Alerts.Any(alert => alert.Repo.Path == model.CurrentSource?.Path),
        ActionId.FollowText or ActionId.ShowRaw or ActionId.OpenInPager when model.Ui.Pager is { Made: not null } => false,
        ActionId.NextFound => model.Ui.Pager?.Search is not null,
        ActionId.NextLog => model.Ui.Pager is { Review: not null } or { Logs.Files.Count: > 1 },
        ActionId.Sort => model.AllRuns.Count > 1,
        ActionId.Acknowledge when MarkedRuns.Of(model) is { Count: > 0 } marked =>
            marked.Any(static loop => Reviewing.Next(null, loop) is not null),
        ActionId.Acknowledge => Reviewing.Next(model.FocusedAlert, model.Target) is not null,
        ActionId.Rearm => model.Target?.Rollback is not null,
        ActionId.Copy when model.Ui is { Overlay: Overlay.Describe, Describe: { } shown } => Opening.Command(model, shown) is not null,
        ActionId.Copy when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Runs } =>
            Opening.Command(model) is not null || MarkedRuns.Of(model).Count > 0,
        _ => true,
    };

    /// <summary>The words of an action in the bottom line.</summary>
    public static string Label(AppModel model, Binding binding) =>
        binding.Action switch
        {
            ActionId.Copy when model.Ui.Overlay == Overlay.Describe => "copy command",
            ActionId.Copy when model.Ui.Overlay == Overlay.None && MarkedRuns.Of(model).Count > 0 => "copy names",
            // What can be done to all of them by name.
            ActionId.Palette when model.Ui.Overlay == Overlay.None && MarkedRuns.Of(model).Count is > 0 and var marked =>
                marked == 2 ? "diff, stage" : "stage",
            ActionId.Pause when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Runs } && model.Chosen is { } group =>
                model.Ui.Runs.Folded.Contains(group.Repo) ? "unfold" : "fold",
            ActionId.Back when model.Ui.Overlay == Overlay.None && Cleared(model) is { } what => $"clear {what}",
            ActionId.Copy when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Runs } => "copy command",
            ActionId.Filter when model.Ui.Overlay == Overlay.Help => "search",
            ActionId.NextLog when model.Ui.Pager?.Review is not null => "next text",
            _ => binding.Label,
        };

    /// <summary>What narrows the pane, and goes by the key that leads back; null where nothing does.</summary>
    private static string? Cleared(AppModel model) => model.Ui switch
    {
        { Focus: PaneId.Runs, Runs.Marked.IsEmpty: false } => "marks",
        { Focus: PaneId.Runs, Runs.Filter.Length: > 0 } => "filter",
        { Timeline.Filter.Length: > 0, Focus: PaneId.Timeline } or { Timeline.Filter.Length: > 0, Focus: PaneId.Runs, Zoomed: false } =>
            "filter",
        _ => null,
    };

    /// <summary>The cursor is on the title of a group.</summary>
    private static bool IsOnGroup(AppModel model) => MarkedRuns.InGroup(model) && model.Chosen is { Loop: "" };

    /// <summary>Something that a cancel would stop: a run at work, or a process of one whose files say otherwise.</summary>
    private static bool IsRunning(AppModel model) =>
        model.Target is { } loop && (loop.Verdict.Lifecycle == Lifecycle.Running || loop.IsHeld);
}
