namespace OpsManager.Tui.State;

/// <summary>What stands over the panes.</summary>
public enum Overlay
{
    None, Help, Pager, Confirm,
}
