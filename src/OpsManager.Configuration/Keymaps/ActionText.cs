using System.Text.RegularExpressions;

namespace OpsManager.Configuration.Keymaps;

/// <summary>A text that names actions in braces, such as <c>press {acknowledge}</c>, with the keys of a keymap in their places.</summary>
public static partial class ActionText
{
    /// <param name="quote">Stands before and behind each key, as a document sets it off; empty on the screen.</param>
    public static string WithKeys(string text, Keymap keymap, string quote = "") =>
        Named().Replace(text, name => $"{quote}{KeyOf(name.Groups[1].Value, keymap)}{quote}");

    /// <summary>The first key of an action; where it has none, how it is reached by the palette.</summary>
    /// <param name="action">Its name as keymap files have it.</param>
    public static string KeyOf(string action, Keymap keymap) =>
        Bindings.Find(action) is { } binding && keymap.KeysOf(binding.Action) is [var key, ..] ? key : $":{action}";

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Named();
}
