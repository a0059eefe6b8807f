namespace OpsManager.Tui.Messages;

/// <summary>What the bottom line has said is to be shown.</summary>
internal sealed record MessagesAsked : Message;
