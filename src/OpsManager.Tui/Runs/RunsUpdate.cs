using OpsManager.Configuration.Keymaps;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>What keys and time change in the run list.</summary>
internal static class RunsUpdate
{
    private static readonly TimeSpan HoldsOrder = TimeSpan.FromSeconds(3);

    /// <summary>The row that a moving key chooses; null where it is no move, or there is nothing to choose.</summary>
    public static LoopKey? Target(RunsState state, RunLists lists, ActionId action, int page)
    {
        var choices = lists.Choices;
        var from = lists.Chosen(state.Selected) is { } key ? lists.ChoiceOf(key) : -1;
        return choices.Count > 0 && Move.Target(action, from, page, choices.Count) is { } target
            ? choices[ListWindow.Clamp(target, choices.Count)]
            : null;
    }

    /// <summary>For a moment after each key in the list its order stays as it is.</summary>
    public static RunsState Hold(RunsState state, RunLists lists, DateTimeOffset now) =>
        state with { Held = new([.. lists.All.Select(LoopKey.From)], now + HoldsOrder) };

    public static RunsState Tick(RunsState state, DateTimeOffset now) =>
        state.Held is { } held && now >= held.Until ? state with { Held = null } : state;

    public static RunsState SortBy(RunsState state, RunSort sort) => state with { Sort = sort, Held = null };

    /// <summary>Keeps the cursor visible.</summary>
    public static RunsState Fit(RunsState state, RunLists lists, int height)
    {
        var row = lists.Chosen(state.Selected) is { } key ? lists.RowOf(key) : -1;
        return state with { Top = ListWindow.Follow(state.Top, row, height, lists.Rows.Count) };
    }
}
