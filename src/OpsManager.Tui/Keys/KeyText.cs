using System.Globalization;
using System.Text;
using Terminal.Gui.Input;

namespace OpsManager.Tui.Keys;

/// <summary>Keys as people write them: "j", "G", "Ctrl+D", "PageDown", "Alt+&lt;".</summary>
public static class KeyText
{
    private static readonly string[] Modifiers = ["Ctrl+", "Alt+", "Shift+"];

    // The library's own reader takes far more (numbers, "A+B") and throws on some: it is given nothing but these.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Esc"] = "Esc", ["Escape"] = "Esc", ["Enter"] = "Enter", ["Return"] = "Enter", ["Tab"] = "Tab", ["Space"] = "Space",
        ["Backspace"] = "Backspace", ["Delete"] = "Delete", ["Del"] = "Delete", ["Insert"] = "Insert", ["Ins"] = "Insert",
        ["Home"] = "Home", ["End"] = "End",
        ["PageUp"] = "PageUp", ["PgUp"] = "PageUp", ["PageDown"] = "PageDown", ["PgDn"] = "PageDown",
        ["Up"] = "CursorUp", ["Down"] = "CursorDown", ["Left"] = "CursorLeft", ["Right"] = "CursorRight",
        ["CursorUp"] = "CursorUp", ["CursorDown"] = "CursorDown", ["CursorLeft"] = "CursorLeft", ["CursorRight"] = "CursorRight",
    };

    private static readonly Dictionary<string, string> Shown = new(StringComparer.Ordinal)
    {
        ["CursorUp"] = "Up", ["CursorDown"] = "Down", ["CursorLeft"] = "Left", ["CursorRight"] = "Right", ["PageUp"] = "PgUp", ["PageDown"] = "PgDn",
    };

    static KeyText()
    {
        for (var number = 1; number <= 24; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"F{number}");
            Names[name] = name;
        }
    }

    /// <summary>Reads one key: modifiers, each at most once, then a name or one character. With Ctrl or Alt, letters have no case.</summary>
    public static bool TryParse(string text, out Key key)
    {
        key = Key.Empty;
        var rest = text;
        var taken = "";
        while (Modifiers.FirstOrDefault(modifier => rest.Length > modifier.Length && rest.StartsWith(modifier, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            if (taken.Contains(found, StringComparison.Ordinal))
            {
                return false;
            }

            taken += found;
            rest = rest[found.Length..];
        }

        return (Names.TryGetValue(rest, out var name) || (name = OneCharacter(rest)) is not null) && Key.TryParse(taken + name, out key!) && key != Key.Empty;
    }

    /// <summary>A key as the hint bar and the help write it.</summary>
    public static string Show(string text)
    {
        var from = text.LastIndexOf('+', Math.Max(0, text.Length - 2)) + 1;
        return text.Length < 3 ? text : text[..from] + Shown.GetValueOrDefault(text[from..], text[from..]);
    }

    /// <summary>Whether pressing it types a digit.</summary>
    public static bool IsDigit(Key key) => Typed(key) is { } rune && Rune.IsDigit(rune);

    /// <summary>Whether pressing it types a letter.</summary>
    public static bool IsLetter(Key key) => Typed(key) is { } rune && Rune.IsLetter(rune);

    private static Rune? Typed(Key key) => key.IsCtrl || key.IsAlt ? null : key.AsRune;

    private static string? OneCharacter(string text) =>
        Rune.TryGetRuneAt(text.Length == 0 ? " " : text, 0, out var rune) && rune.Utf16SequenceLength == text.Length && IsVisible(rune) ? text : null;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark);
}
