using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Help;

/// <summary>What keys change in the help.</summary>
internal static class HelpUpdate
{
    /// <param name="visible">Rows that the box has room for.</param>
    /// <param name="count">Rows that the help has.</param>
    public static HelpState Move(HelpState state, ActionId action, int visible, int count) =>
        Content.Move.Target(action, state.Top, visible, count) is { } top ? state with { Top = top } : state;

    /// <summary>Wastes no row.</summary>
    public static HelpState Fit(HelpState state, int visible, int count) =>
        state with { Top = ListWindow.Inside(state.Top, visible, count) };

    /// <summary>Another search, from its first row.</summary>
    public static HelpState Find(HelpState state, string typed) => state.Search == typed ? state : new(0, typed);
}
