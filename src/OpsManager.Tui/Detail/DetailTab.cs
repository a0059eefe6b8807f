namespace OpsManager.Tui.Detail;

/// <summary>The tabs of the detail pane, in the order in which they stand.</summary>
internal enum DetailTab
{
    Why, Gates, Approval, Iterations, Usage, Control, Files,
}
