namespace OpsManager.Tui.Shell;

/// <summary>What stands over the panes.</summary>
internal enum Overlay
{
    None, Help, Describe, Pager, Confirm,
}
