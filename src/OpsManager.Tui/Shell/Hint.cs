using OpsManager.Configuration.Keymaps;

namespace OpsManager.Tui.Shell;

/// <summary>A key in the bottom line, or two that belong together, and what it does.</summary>
internal readonly record struct Hint(ActionId Action, string Key, string Label)
{
    /// <summary>Cells that it takes.</summary>
    public int Width => Key.Length + Label.Length + 3;

    /// <summary>The first key of each action; null where the keymap has none for the first of them.</summary>
    public static Hint? Of(Keymap keymap, string label, params ReadOnlySpan<ActionId> actions)
    {
        List<string> keys = [];
        foreach (var action in actions)
        {
            keys.AddRange(keymap.KeysOf(action).Take(1));
        }

        return keymap.KeysOf(actions[0]).Count == 0 ? null : new(actions[0], string.Join(' ', keys), label);
    }
}
