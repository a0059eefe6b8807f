namespace OpsManager.Tui.Keys;

/// <summary>One thing that can be done: what it is called and what it is for. Its keys come from the keymap.</summary>
/// <param name="Label">One or two words, for the hint bar.</param>
/// <param name="Help">A sentence, for the help.</param>
/// <param name="Hint">Whether the hint bar shows it when there is room.</param>
public sealed record Binding(ActionId Action, string Label, string Help, bool Hint = false)
{
    /// <summary>The action's name in keymap files.</summary>
    public string Name { get; } = string.Concat(Action.ToString().Select(static (c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>The one table of bindings: it feeds dispatch, the hint bar, the help and the check of keymap files.</summary>
public static class Bindings
{
    public static readonly IReadOnlyList<Binding> All =
    [
        new(ActionId.MoveDown, "down", "Move down in the pane"),
        new(ActionId.MoveUp, "up", "Move up in the pane"),
        new(ActionId.PageDown, "page down", "Move down a page"),
        new(ActionId.PageUp, "page up", "Move up a page"),
        new(ActionId.MoveToTop, "top", "Go to the first row"),
        new(ActionId.MoveToBottom, "bottom", "Go to the last row; the timeline then follows"),
        new(ActionId.NextPane, "pane", "Go to the next pane", Hint: true),
        new(ActionId.PreviousPane, "pane back", "Go to the previous pane"),
        new(ActionId.ShowRuns, "runs", "Go to the runs"),
        new(ActionId.ShowTimeline, "timeline", "Go to the timeline"),
        new(ActionId.ShowDetail, "detail", "Go to the detail of the run"),
        new(ActionId.ShowAlerts, "alerts", "Go to the alerts"),
        new(ActionId.Open, "open", "Run: to its timeline. Alert: to its evidence", Hint: true),
        new(ActionId.Follow, "follow", "Follow the newest event, or stop following", Hint: true),
        new(ActionId.Zoom, "zoom", "Give the pane the whole screen, or take it back", Hint: true),
        new(ActionId.Help, "help", "Show or close this help", Hint: true),
        new(ActionId.Back, "back", "Close what is open: the help, then the zoom"),
        new(ActionId.Suspend, "suspend", "Back to the shell; its fg comes back here"),
        new(ActionId.Quit, "quit", "Leave", Hint: true),
    ];

    public static Binding Of(ActionId action) => All[Index[action]];

    private static readonly Dictionary<ActionId, int> Index = All.Select(static (binding, i) => (binding.Action, i)).ToDictionary();
}
