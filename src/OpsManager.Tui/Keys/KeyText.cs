using Terminal.Gui.Input;

namespace OpsManager.Tui.Keys;

/// <summary>Keys as people write them: "j", "G", "Ctrl+D", "PageDown", "?".</summary>
public static class KeyText
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Escape"] = "Esc", ["Up"] = "CursorUp", ["Down"] = "CursorDown", ["Left"] = "CursorLeft", ["Right"] = "CursorRight",
        ["PgUp"] = "PageUp", ["PgDn"] = "PageDown", ["Del"] = "Delete", ["Ins"] = "InsertChar", ["Return"] = "Enter",
    };

    private static readonly Dictionary<string, string> Shown = new(StringComparer.Ordinal)
    {
        ["CursorUp"] = "Up", ["CursorDown"] = "Down", ["CursorLeft"] = "Left", ["CursorRight"] = "Right", ["PageUp"] = "PgUp", ["PageDown"] = "PgDn",
    };

    public static bool TryParse(string text, out Key key)
    {
        key = Key.Empty;
        string[] parts = text == "+" ? ["+"] : text.EndsWith("++", StringComparison.Ordinal) ? [.. text[..^2].Split('+'), "+"] : text.Split('+');
        if (parts.Any(static part => part.Length == 0))
        {
            return false;
        }

        parts[^1] = Aliases.GetValueOrDefault(parts[^1], parts[^1]);
        return Key.TryParse(string.Join('+', parts), out key!) && key != Key.Empty;
    }

    /// <summary>A key as the hint bar and the help write it.</summary>
    public static string Show(string text) => Shown.GetValueOrDefault(text, text);
}
