namespace OpsManager.Tui.Watch;

/// <summary>An alert's identity.</summary>
internal readonly record struct AlertKey(LoopKey Loop, string Code);
