using OpsManager.Configuration.Keymaps;
using OpsManager.Contract;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Confirm;

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
        binding.Action == ActionId.Copy && model.Ui.Focus != PaneId.Runs ? Order.Length : Rank(binding);

    /// <summary>Whether it is one of those that act on what is selected.</summary>
    public static bool IsRanked(Binding binding) => Rank(binding) < Order.Length;

    /// <summary>Whether an action that can be done does something for what is selected.</summary>
    public static bool IsUseful(AppModel model, ActionId action) => action switch
    {
        ActionId.Wake => model.CurrentRepo is { Sprite: { } sprite } repo
            && (sprite.IsLeftAlone || model.StandingOf(repo).Condition is SourceCondition.Asleep or SourceCondition.Unreachable),
        ActionId.CancelRun => IsRunning(model),
        ActionId.Open or ActionId.ShowLog => model.Target is not null || model.CurrentSource is not null,
        ActionId.Describe => model.Target is not null || model.FocusedAlert is not null
            || model.Alerts.Any(alert => alert.Repo.Path == model.CurrentSource?.Path),
        ActionId.FollowText or ActionId.ShowRaw or ActionId.OpenInPager when model.Ui.Pager is { Made: not null } => false,
        ActionId.NextFound => model.Ui.Pager?.Search is not null,
        ActionId.NextLog => model.Ui.Pager is { Review: not null } or { Logs.Files.Count: > 1 },
        ActionId.Sort => model.AllRuns.Count > 1,
        ActionId.Acknowledge => Reviewing.Next(model.FocusedAlert, model.Target) is not null,
        ActionId.Rearm => model.Target?.Rollback is not null,
        ActionId.Copy when model.Ui is { Overlay: Overlay.Describe, Describe: { } shown } => Opening.Command(model, shown) is not null,
        ActionId.Copy when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Runs } => Opening.Command(model) is not null,
        _ => true,
    };

    /// <summary>The words of an action in the bottom line.</summary>
    public static string Label(AppModel model, Binding binding) =>
        binding.Action switch
        {
            ActionId.Copy when model.Ui.Overlay == Overlay.Describe => "copy command",
            ActionId.Copy when model.Ui is { Overlay: Overlay.None, Focus: PaneId.Runs } => "copy command",
            ActionId.Filter when model.Ui.Overlay == Overlay.Help => "search",
            ActionId.NextLog when model.Ui.Pager?.Review is not null => "next text",
            _ => binding.Label,
        };

    /// <summary>Something that a cancel would stop: a run at work, or a process of one whose files say otherwise.</summary>
    private static bool IsRunning(AppModel model) =>
        model.Target is { } loop && (loop.Verdict.Lifecycle == Lifecycle.Running || loop.IsHeld);
}
