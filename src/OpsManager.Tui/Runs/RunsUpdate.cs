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
        state with { Held = new(lists.Groups, now + HoldsOrder) };

    public static RunsState Tick(RunsState state, DateTimeOffset now) =>
        state.Held is { } held && now >= held.Until ? state with { Held = null } : state;

    public static RunsState SortBy(RunsState state, RunSort sort) => state with { Sort = sort, Held = null };

    /// <summary>Folds the group that the cursor is on or in, or unfolds it; the same where it is in none.</summary>
    public static RunsState Fold(RunsState state, RunLists lists)
    {
        if (lists.GroupOf(lists.Chosen(state.Selected)) is not { } repo)
        {
            return state;
        }

        var unfolded = state.Folded.Remove(repo);
        return state with { Folded = ReferenceEquals(unfolded, state.Folded) ? state.Folded.Add(repo) : unfolded };
    }

    /// <summary>Marks a run, or all of a group; where all of them are marked, their marks are cleared.</summary>
    public static RunsState Mark(RunsState state, RunLists lists)
    {
        LoopKey[] keys = lists.Chosen(state.Selected) switch
        {
            { Loop: "", Repo: var repo } => [.. lists.ShownOf(repo).Select(LoopKey.From)],
            { } run => [run],
            _ => [],
        };
        return state with { Marked = keys.All(state.Marked.Contains) ? state.Marked.Except(keys) : state.Marked.Union(keys) };
    }

    public static RunsState ClearMarks(RunsState state) => state with { Marked = state.Marked.Clear() };

    /// <summary>Runs that are no longer there are not marked.</summary>
    /// <param name="isThere">Tells of a run whether it is.</param>
    public static RunsState Follow(RunsState state, Func<LoopKey, bool> isThere) =>
        state.Marked.IsEmpty ? state : state with { Marked = state.Marked.Except(state.Marked.Where(run => !isThere(run))) };

    /// <summary>Keeps the cursor visible, and with the first rows the title of the group that they are in, where there is room.</summary>
    public static RunsState Fit(RunsState state, RunLists lists, int height)
    {
        var row = lists.Chosen(state.Selected) is { } key ? lists.RowOf(key) : -1;
        var top = ListWindow.Follow(state.Top, row, height, lists.Rows.Count);
        var title = TitleOver(lists.Rows, top);
        return state with { Top = row - title < height ? title : top };
    }

    /// <summary>The row of the group's title where it stands right over a row, with what is said of its source; else the row.</summary>
    private static int TitleOver(IReadOnlyList<RunRow> rows, int row)
    {
        var title = row;
        while (title > 0 && title < rows.Count && rows[title - 1].Loop is null && rows[title - 1].Repo.Path == rows[row].Repo.Path)
        {
            title--;
        }

        return title;
    }
}
