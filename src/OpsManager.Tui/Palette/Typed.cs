using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Palette;

/// <summary>Text was typed or pasted into the line.</summary>
internal sealed record Typed(string Text) : Message;
