using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Shell;

namespace OpsManager.Tui.Session;

/// <summary>What the keys that were pressed ask for, where they were pressed.</summary>
internal static class KeyFinder
{
    /// <summary>A key that asks for nothing there is text that is typed.</summary>
    public static bool TakesText(KeyContext context) => context is KeyContext.Prompt or KeyContext.Confirm;

    /// <summary>
    /// On the panes of a replay and in the pager some keys mean something else; the others mean what they do on the panes.
    /// </summary>
    public static KeyMatch Find(AppModel model, KeyContext context, KeySequence pressed)
    {
        var isOnPanes = context == KeyContext.Screen
            && model is { Replay: not null, Ui.Overlay: Overlay.None, Layout.TooSmall: false };
        var own = isOnPanes ? KeyContext.Replay : context;
        var found = model.Keymap.Find(own, pressed);
        if (own is not (KeyContext.Replay or KeyContext.Pager))
        {
            return found;
        }

        // A recording plays on behind a text: the key that stops it is the same everywhere.
        var usual = model.Keymap.Find(KeyContext.Screen, pressed);
        var isTaken = found.Action is not null || found.IsBeginning;
        return isTaken && !(model.Replay is not null && usual.Action == ActionId.Pause) ? found : usual;
    }
}
