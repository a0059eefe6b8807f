namespace OpsManager.Tui.Shell;

/// <summary>A pane, and whether it had the whole screen.</summary>
internal readonly record struct UiPlace(PaneId Pane, bool IsZoomed);
