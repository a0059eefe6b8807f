namespace OpsManager.Tui.Shell;

/// <summary>What stands over the panes.</summary>
public enum Overlay
{
    None, Help, Pager, Confirm,
}
