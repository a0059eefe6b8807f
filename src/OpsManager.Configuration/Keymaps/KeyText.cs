using System.Globalization;
using System.Text;

namespace OpsManager.Configuration.Keymaps;

/// <summary>Keys as people write them: "j", "G", "Ctrl+D", "PageDown", "Alt+&lt;".</summary>
internal static class KeyText
{
    private static readonly string[] Modifiers = ["Ctrl+", "Alt+", "Shift+"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Esc"] = "Esc",
        ["Escape"] = "Esc",
        ["Enter"] = "Enter",
        ["Return"] = "Enter",
        ["Tab"] = "Tab",
        ["Space"] = "Space",
        ["Backspace"] = "Backspace",
        ["Delete"] = "Delete",
        ["Del"] = "Delete",
        ["Insert"] = "Insert",
        ["Ins"] = "Insert",
        ["Home"] = "Home",
        ["End"] = "End",
        ["PageUp"] = "PgUp",
        ["PgUp"] = "PgUp",
        ["PageDown"] = "PgDn",
        ["PgDn"] = "PgDn",
        ["Up"] = "Up",
        ["Down"] = "Down",
        ["Left"] = "Left",
        ["Right"] = "Right",
        ["CursorUp"] = "Up",
        ["CursorDown"] = "Down",
        ["CursorLeft"] = "Left",
        ["CursorRight"] = "Right",
    };

    static KeyText()
    {
        for (var number = 1; number <= 24; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"F{number}");
            Names[name] = name;
        }
    }

    /// <summary>
    /// Reads one key: modifiers, each at most once, then a name or one character. With Ctrl or Alt, letters have no case.
    /// </summary>
    public static bool TryParse(string text, out KeyPress key)
    {
        key = default;
        var rest = text;
        var taken = "";
        while (Modifiers.FirstOrDefault(
            modifier => rest.Length > modifier.Length && rest.StartsWith(modifier, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            if (taken.Contains(found, StringComparison.Ordinal))
            {
                return false;
            }

            taken += found;
            rest = rest[found.Length..];
        }

        if (!Names.TryGetValue(rest, out var name) && (name = OneCharacter(rest)) is null)
        {
            return false;
        }

        bool Has(string modifier) => taken.Contains(modifier, StringComparison.Ordinal);
        var (control, alt) = (Has("Ctrl+"), Has("Alt+"));
        key = new KeyPress(Upper(name), control, alt, Has("Shift+") || (name is [>= 'A' and <= 'Z'] && !control && !alt));
        return true;
    }

    /// <summary>Whether pressing it types a digit.</summary>
    public static bool IsDigit(KeyPress key) => Typed(key) is { } rune && Rune.IsDigit(rune);

    /// <summary>Whether pressing it types a letter.</summary>
    public static bool IsLetter(KeyPress key) => Typed(key) is { } rune && Rune.IsLetter(rune);

    /// <summary>Whether pressing it types a character.</summary>
    public static bool IsTyped(KeyPress key) => Typed(key) is not null;

    private static string Upper(string name) => name is [>= 'a' and <= 'z'] ? name.ToUpperInvariant() : name;

    private static Rune? Typed(KeyPress key) => key switch
    {
        { IsCtrl: true } or { IsAlt: true } => null,
        { Name: "Space" } => new Rune(' '),
        _ => Rune.TryGetRuneAt(key.Name, 0, out var rune) && rune.Utf16SequenceLength == key.Name.Length ? rune : null,
    };

    private static string? OneCharacter(string text) =>
        Rune.TryGetRuneAt(text.Length == 0 ? " " : text, 0, out var rune) && rune.Utf16SequenceLength == text.Length && IsVisible(rune)
            ? text
            : null;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark);
}
