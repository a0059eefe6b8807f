using System.Text;
using OpsManager.Configuration.Keymaps;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;

namespace OpsManager.Tui.Terminal.Input;

/// <summary>Keys of the library as keymaps write them.</summary>
internal static class TerminalKey
{
    private const KeyCode Modifiers = KeyCode.CtrlMask | KeyCode.AltMask | KeyCode.ShiftMask;

    public static KeyPress Read(Key key) => new(NameOf(key.KeyCode & ~Modifiers), key.IsCtrl, key.IsAlt, key.IsShift);

    private static string NameOf(KeyCode code) => code switch
    {
        KeyCode.Esc => "Esc",
        KeyCode.Enter => "Enter",
        KeyCode.Tab => "Tab",
        KeyCode.Space => "Space",
        KeyCode.Backspace => "Backspace",
        KeyCode.Delete => "Delete",
        KeyCode.Insert => "Insert",
        KeyCode.Home => "Home",
        KeyCode.End => "End",
        KeyCode.PageUp => "PgUp",
        KeyCode.PageDown => "PgDn",
        KeyCode.CursorUp => "Up",
        KeyCode.CursorDown => "Down",
        KeyCode.CursorLeft => "Left",
        KeyCode.CursorRight => "Right",
        >= KeyCode.F1 and <= KeyCode.F24 => $"F{code - KeyCode.F1 + 1}",
        _ when Rune.TryCreate((uint)code, out var rune) => rune.ToString(),
        // No keymap has such a key; it is told from others all the same.
        _ => $"key {(uint)code}",
    };
}
