namespace OpsManager.Tui.Shell;

/// <summary>What is over the panes.</summary>
internal enum Overlay
{
    None, Help, Describe, Pager, Confirm,
}
