using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Describe;

/// <summary>What keys change in the box that describes.</summary>
internal static class DescribeUpdate
{
    /// <param name="visible">Rows that the box has room for.</param>
    /// <param name="count">Rows that there are.</param>
    /// <returns>Null where the key is none of the box's own.</returns>
    public static DescribeState? Move(DescribeState state, ActionId action, int visible, int count) =>
        Content.Move.Target(action, state.Top, visible, count) is { } top ? state with { Top = top } : null;

    /// <summary>Wastes no row.</summary>
    public static DescribeState Fit(DescribeState state, int visible, int count) =>
        state with { Top = ListWindow.Inside(state.Top, visible, count) };
}
