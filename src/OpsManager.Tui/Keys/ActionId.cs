namespace OpsManager.Tui.Keys;

/// <summary>Everything that a key can ask for. Names in keymap files are these in kebab-case.</summary>
public enum ActionId
{
    MoveDown, MoveUp, PageDown, PageUp, MoveToTop, MoveToBottom,
    NextPane, PreviousPane, ShowRuns, ShowTimeline, ShowDetail, ShowAlerts,
    Follow, Zoom, Open, Help, Back, Suspend, Quit,
}
