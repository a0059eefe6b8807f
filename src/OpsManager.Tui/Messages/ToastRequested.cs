namespace OpsManager.Tui.Messages;

/// <summary>Something to tell the operator.</summary>
public sealed record ToastRequested(string Text, bool IsFault = false) : Message;
