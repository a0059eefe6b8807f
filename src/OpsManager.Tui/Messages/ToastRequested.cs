namespace OpsManager.Tui.Messages;

/// <summary>A message to the operator, shown for a moment.</summary>
public sealed record ToastRequested(string Text, bool IsFault = false) : Message;
