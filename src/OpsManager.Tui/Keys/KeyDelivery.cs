using Terminal.Gui.Drivers;
using Terminal.Gui.Input;

namespace OpsManager.Tui.Keys;

/// <summary>
/// Which keys a terminal can send. It sends bytes, and many keys share theirs with another: Ctrl+I is the byte of Tab.
/// </summary>
public static class KeyDelivery
{
    private const string Nothing = "nothing arrives here when it is pressed";

    /// <summary>Why a key can never be pressed, as the rest of a sentence that begins with the key; null where it can.</summary>
    public static string? Obstacle(Key key)
    {
        var (control, alt, shift) = (key.IsCtrl, key.IsAlt, key.IsShift);
        var bare = key.KeyCode & ~(KeyCode.CtrlMask | KeyCode.AltMask | KeyCode.ShiftMask);
        return bare switch
        {
            >= KeyCode.F1 and <= KeyCode.F12 => null,
            KeyCode.CursorUp or KeyCode.CursorDown or KeyCode.CursorLeft or KeyCode.CursorRight => null,
            KeyCode.Home or KeyCode.End or KeyCode.PageUp or KeyCode.PageDown or KeyCode.Insert or KeyCode.Delete => null,
            KeyCode.Esc => control || alt || shift ? Instead("Esc") : null,
            KeyCode.Enter => alt ? Instead("Ctrl+Alt+M") : shift ? Instead(control ? "Ctrl+Enter" : "Enter") : null,
            KeyCode.Tab => alt ? Instead("Ctrl+Alt+I") : control ? Instead(shift ? "Shift+Tab" : "Tab") : null,
            KeyCode.Backspace => control && alt ? Instead("Ctrl+Alt+H") : shift ? Instead("Backspace") : null,
            KeyCode.Space => control && alt ? Nothing : shift ? Instead("Space") : null,
            >= KeyCode.A and <= KeyCode.Z => Letter((char)bare, control, alt, shift),
            _ when (uint)bare > 0x10FFFF => Nothing,
            _ when shift => "a terminal sends the character that it types; write that one, such as ! for Shift+1",
            _ when control => alt ? Nothing : ControlCharacter((char)bare),
            // These begin sequences of other keys and answers; what is not ASCII is not taken with Alt.
            _ when alt => (uint)bare is '[' or ']' or '\\' or '^' or > '~' ? Nothing : null,
            _ => null,
        };
    }

    private static string? Letter(char letter, bool control, bool alt, bool shift) => (control, alt, shift, letter) switch
    {
        (true, true, true, _) => Instead($"Ctrl+Alt+{letter}"),
        (true, false, _, 'I') => Instead("Tab"),
        (true, false, _, 'M') => Instead("Enter"),
        (true, false, _, 'J') => Instead("Ctrl+Enter"),
        (true, false, _, 'H') => Instead("Ctrl+Backspace"),
        (true, false, true, _) => Instead($"Ctrl+{letter}"),
        _ => null,
    };

    private static string? ControlCharacter(char character) => character switch
    {
        >= '4' and <= '7' => null,
        '2' or '@' => Instead("Ctrl+Space"),
        '3' or '[' => Instead("Esc"),
        '\\' => Instead("Ctrl+4"),
        ']' => Instead("Ctrl+5"),
        '^' => Instead("Ctrl+6"),
        '_' or '/' => Instead("Ctrl+7"),
        '8' or '?' => Instead("Backspace"),
        _ => Instead($"{character}"),
    };

    private static string Instead(string key) => $"{key} arrives in its place; write {key}, or another key";
}
