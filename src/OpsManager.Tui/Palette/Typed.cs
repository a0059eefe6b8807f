using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Palette;

/// <summary>Text was typed or pasted into the line.</summary>
public sealed record Typed(string Text) : Message;
