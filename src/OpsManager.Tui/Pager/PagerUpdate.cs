using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>What keys and text that was read change in the pager.</summary>
internal static class PagerUpdate
{
    private const int ScrollStep = 16;

    /// <param name="visible">Lines that the box has room for.</param>
    public static PagerState Move(PagerState state, ActionId action, int visible) => action switch
    {
        ActionId.ScrollLeft => state with { Left = Math.Max(0, state.Left - ScrollStep) },
        ActionId.ScrollRight => state with { Left = state.Left + ScrollStep },
        _ => Content.Move.Target(action, state.Top, visible, state.Text.Count) is { } top ? state with { Top = top } : state,
    };

    public static PagerState Take(PagerState state, PagerRead read) => read.Path == state.Path ? state with { Text = read.Text } : state;

    /// <summary>Wastes no row.</summary>
    public static PagerState Fit(PagerState state, int visible) =>
        state with { Top = ListWindow.Inside(state.Top, visible, state.Text.Count) };
}
