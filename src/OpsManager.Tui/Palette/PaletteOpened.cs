using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Palette;

/// <summary>The palette is to be opened with something typed already: the beginning of a command that needs more.</summary>
internal sealed record PaletteOpened(string Text) : Message;
