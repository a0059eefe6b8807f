namespace OpsManager.Tui.Watch;

/// <summary>An alert's identity.</summary>
public readonly record struct AlertKey(LoopKey Loop, string Code);
