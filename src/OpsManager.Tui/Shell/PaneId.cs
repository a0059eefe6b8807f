namespace OpsManager.Tui.Shell;

/// <summary>The panes, in the order in which Tab visits them; the number in the title is one more.</summary>
internal enum PaneId
{
    Runs, Timeline, Detail, Alerts,
}
