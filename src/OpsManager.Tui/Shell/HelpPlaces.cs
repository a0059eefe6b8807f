using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Help;

namespace OpsManager.Tui.Shell;

/// <summary>Where the help was asked for.</summary>
internal static class HelpPlaces
{
    private const string MouseIsTaken = "Mouse: a click chooses, a double click opens, the wheel scrolls, a drag on the bar of a "
        + "replay goes to its moment. Most terminals select text while Shift is held.";

    private const string MouseIsFree = "Mouse: not used, so that the terminal's own selection works. Start with --mouse, or write "
        + "mouse: true into config.yaml, to click and to scroll.";

    public static HelpPlace Of(AppModel model)
    {
        // What can be done on the panes, over which the help stands.
        var panes = model with { Ui = model.Ui with { Overlay = Overlay.None, Prompt = null } };
        return new(
            model.Ui.Focus.ToString().ToUpperInvariant(), HintBar.Pane(model.Ui.Focus), model.Replay is not null,
            action => Bindings.For(action).Context is KeyContext.Screen or KeyContext.Replay
                ? Availability.WhyNotOffered(panes, action)
                : null)
        {
            Notes = [model.HasMouse ? MouseIsTaken : MouseIsFree],
        };
    }
}
