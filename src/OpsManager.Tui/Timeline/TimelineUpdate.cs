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

    /// <summary>Whether a jump goes to newer lines.</summary>
    public static bool IsForward(ActionId action) => action is ActionId.NextMatch or ActionId.NextProblem;

    /// <summary>The jump in the other direction; null where an action is no jump.</summary>
    public static ActionId? Opposite(ActionId action) => action switch
    {
        ActionId.NextMatch => ActionId.PreviousMatch,
        ActionId.PreviousMatch => ActionId.NextMatch,
        ActionId.NextProblem => ActionId.PreviousProblem,
        ActionId.PreviousProblem => ActionId.NextProblem,
        _ => null,
    };

    /// <summary>Another log: its timeline starts at the end.</summary>
    public static TimelineState ShowEnd(TimelineState state) => state with
    {
        Position = TimelinePosition.AtEnd,
        Paused = false,
        Left = 0,
        Folds = state.Folds with { Opened = [], OpenFrom = long.MaxValue },
    };

    /// <summary>The filter goes. The line that the cursor is on stays, also inside a finished iteration.</summary>
    /// <param name="loop">The run that is shown; null where none is.</param>
    public static TimelineState Unfiltered(TimelineState state, LoopModel? loop)
    {
        state = state with { Filter = "", ShowsContext = false };
        return loop is { Log: { } log } && state.Position is { Follows: false, Own: null, Offset: var offset }
            ? Opened(state, loop, log.RowAt(offset, loop.Tally.Lines))
            : state;
    }

    /// <summary>Opens the finished iteration that a line is in, where it is in one.</summary>
    public static TimelineState Opened(TimelineState state, LoopModel loop, int line) =>
        Folds.FinishedAt(loop, line) is { } block
            ? state with { Folds = state.Folds with { Opened = state.Folds.Opened.Add(loop.Log![block.First].Offset) } }
            : state;

    /// <summary>Goes to a line, or to a row of ours, in the middle of the pane; without a filter.</summary>
    /// <param name="own">The row of ours; null for the line.</param>
    public static TimelineState ShowAt(TimelineState state, LoopModel loop, int line, long? own, int height)
    {
        state = Place(state with { Filter = "", Paused = false }, loop, state.Position with { Follows = false });
        state = own is null ? Opened(state, loop, line) : state;
        var rows = TimelineRows.From(state, loop);
        var row = own is { } id ? rows.RowOf(id) : rows.RowOf(line);
        return state with { Position = rows.At(row, row - (height / 2), height) };
    }

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
                return Place(state, rows.Loop, rows.At(rows.Count - 1, top, page)) with { Paused = action == ActionId.Pause };
            case ActionId.Pause when !state.Paused:
                return state with { Paused = true };
            case ActionId.Follow or ActionId.Pause or ActionId.MoveToBottom:
                return state with { Position = TimelinePosition.AtEnd, Paused = false };
            case ActionId.NextMatch or ActionId.PreviousMatch:
                return Jump(state, rows, page, action == ActionId.NextMatch, "match", static (rows, row) => rows.IsMatch(row), now);
            case ActionId.NextProblem or ActionId.PreviousProblem:
                return Jump(state, rows, page, action == ActionId.NextProblem, "problem", static (rows, row) => rows.IsProblem(row), now);
            case ActionId.FoldIterations:
                return Fold(state, rows, now);
        }

        if (Content.Move.Target(action, selected, page, rows.Count) is not { } target)
        {
            return state;
        }

        // Going on past the last line is how one follows it.
        var isForward = action is ActionId.MoveDown or ActionId.PageDown;
        return isForward && target >= rows.Count
            ? state with { Position = TimelinePosition.AtEnd, Paused = false }
            : Place(state, rows.Loop, rows.At(target, top, page));
    }

    /// <summary>Opens the folded iteration that the cursor is on; null where it is on something else.</summary>
    public static TimelineState? Unfold(TimelineState state, TimelineRows rows, int row, int page) =>
        rows.FoldAt(row) is { } block
            ? Opened(Place(state, rows.Loop, rows.At(row, rows.Window(state.Position, page).Top, page)), rows.Loop, block.First)
            : null;

    /// <summary>Where the timeline no longer follows, what is open stays open, whatever ends meanwhile.</summary>
    public static TimelineState Place(TimelineState state, LoopModel loop, TimelinePosition position) =>
        state.Position.Follows && !position.Follows
            ? state with { Position = position, Folds = state.Folds with { OpenFrom = Folds.NewestFinished(loop) ?? 0 } }
            : state with { Position = position };

    private static Step<TimelineState> Fold(TimelineState state, TimelineRows rows, DateTimeOffset now)
    {
        if (rows.Search is not null)
        {
            return new(state, Toast: Toast.Note("a filter shows all lines: nothing folds", now));
        }

        if (rows.HasFolds)
        {
            return state with { Folds = state.Folds with { IsOn = false } };
        }

        var folded = state with { Folds = new FoldState() };
        var nothing = Toast.Note("nothing to fold: the newest finished iteration stays open while the timeline follows", now);
        return TimelineRows.From(folded, rows.Loop).HasFolds ? folded : new Step<TimelineState>(folded, Toast: nothing);
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
        // Lines in folded iterations are found too: they are opened.
        var flat = rows.HasFolds ? TimelineRows.All(rows.Loop) : rows;
        var step = forward ? 1 : -1;
        var found = flat.Find(flat.Window(state.Position, page).Selected + step, step, wanted);
        if (found < 0)
        {
            return new Step<TimelineState>(state, Toast: Toast.Note($"no {what} {(forward ? "after" : "before")} this line", now));
        }

        var top = rows.Window(state.Position, page).Top;
        if (!rows.HasFolds)
        {
            return Place(state, rows.Loop, rows.At(found, top, page));
        }

        var (own, line) = (flat.OursAt(found), flat.LineAt(found));
        var moved = Place(state, rows.Loop, state.Position with { Follows = false });
        moved = own is null ? Opened(moved, rows.Loop, line) : moved;
        var after = TimelineRows.From(moved, rows.Loop);
        return moved with { Position = after.At(own is null ? after.RowOf(line) : after.RowOf(own.Id), top, page) };
    }
}
