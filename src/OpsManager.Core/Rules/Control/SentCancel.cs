namespace OpsManager.Core.Rules.Control;

/// <summary>A cancel that took effect or is being carried out, and the loop that it was asked for: it may have hit another one.</summary>
public readonly record struct SentCancel(string Asked, ControlCase Known);
