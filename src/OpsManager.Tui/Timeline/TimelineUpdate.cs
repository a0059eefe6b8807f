using OpsManager.Configuration.Keymaps;
using OpsManager.Core.Model;
using OpsManager.Tui.Messages;

namespace OpsManager.Tui.Timeline;

/// <summary>What keys change in the timeline.</summary>
internal static class TimelineUpdate
{
    /// <summary>Cells of one step to the left or the right.</summary>
    private const int ScrollStep = 16;

    private const int FarthestLeft = 4096;

    /// <summary>Moves that lead to a row of some kind, whatever pane they are asked for in.</summary>
    public static bool IsJump(ActionId action) =>
        action is ActionId.NextMatch or ActionId.PreviousMatch or ActionId.NextProblem or ActionId.PreviousProblem;

    /// <summary>Another log: its timeline starts at the end.</summary>
    public static TimelineState ShowEnd(TimelineState state) => state with { Position = TimelinePosition.AtEnd, Paused = false, Left = 0 };

    /// <summary>
    /// A search went on. In a replay the files may have been those of an earlier moment meanwhile, so that what was searched is only
    /// relied on where the log is as long now; else it is searched again from its start.
    /// </summary>
    /// <param name="loop">The run that is shown; null where none is.</param>
    public static TimelineState Take(TimelineState state, LogSearch search, LoopModel? loop, bool isReplay)
    {
        var isReliable = !isReplay || (loop is not null && ReferenceEquals(loop.Log, search.Log) && loop.Tally.Lines >= search.Scanned);
        return state with { Search = isReliable ? search : null };
    }

    /// <param name="rows">Of the run that is shown.</param>
    /// <param name="page">Rows that the pane has.</param>
    public static Step<TimelineState> Move(TimelineState state, TimelineRows rows, ActionId action, int page, DateTimeOffset now)
    {
        var (selected, top) = rows.Window(state.Position, page);
        switch (action)
        {
            case ActionId.ScrollLeft:
                return state with { Left = Math.Max(0, state.Left - ScrollStep) };
            case ActionId.ScrollRight:
                return state with { Left = Math.Min(FarthestLeft, state.Left + ScrollStep) };
            case ActionId.Follow or ActionId.Pause when state.Position.Follows:
                return state with { Position = rows.At(rows.Count - 1, top, page), Paused = action == ActionId.Pause };
            case ActionId.Pause when !state.Paused:
                return state with { Paused = true };
            case ActionId.Follow or ActionId.Pause or ActionId.MoveToBottom:
                return state with { Position = TimelinePosition.AtEnd, Paused = false };
            case ActionId.NextMatch or ActionId.PreviousMatch:
                return Jump(state, rows, page, action == ActionId.NextMatch, "match", static (rows, row) => rows.IsMatch(row), now);
            case ActionId.NextProblem or ActionId.PreviousProblem:
                return Jump(state, rows, page, action == ActionId.NextProblem, "problem", static (rows, row) => rows.IsProblem(row), now);
        }

        if (Content.Move.Target(action, selected, page, rows.Count) is not { } target)
        {
            return state;
        }

        // Going on past the last line is how one follows it.
        var isForward = action is ActionId.MoveDown or ActionId.PageDown;
        return isForward && target >= rows.Count
            ? state with { Position = TimelinePosition.AtEnd, Paused = false }
            : state with { Position = rows.At(target, top, page) };
    }

    private static Step<TimelineState> Jump(
        TimelineState state,
        TimelineRows rows,
        int page,
        bool forward,
        string what,
        Func<TimelineRows, int, bool> wanted,
        DateTimeOffset now)
    {
        var (selected, top) = rows.Window(state.Position, page);
        var step = forward ? 1 : -1;
        var found = rows.Find(selected + step, step, wanted);
        return found < 0
            ? new Step<TimelineState>(state, Toast: Toast.Note($"no {what} {(forward ? "after" : "before")} this line", now))
            : state with { Position = rows.At(found, top, page) };
    }
}
