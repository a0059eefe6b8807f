using System.Collections.Immutable;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Tui.Content;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Timeline;

/// <summary>
/// The rows of a timeline: the lines of the log, or those that match the filter, and between them the manager's own rows. Knows how
/// many lines there are, never all of them.
/// </summary>
internal sealed class TimelineRows
{
    private readonly ImmutableArray<ObservedRow> ours;

    /// <summary>The row that each of ours is in.</summary>
    private readonly int[] places;

    /// <summary>Whether each of ours matches the filter.</summary>
    private readonly bool[] matches;

    private TimelineRows(LoopModel loop, LogSearch? search, EventFilter? filter, bool onlyMatches)
    {
        (Loop, Search, OnlyMatches) = (loop, search, onlyMatches);
        ours = onlyMatches && filter is not null
            ? [.. loop.Observed.Rows.Where(row => ObservedFilter.Holds(filter, row))]
            : loop.Observed.Rows;
        matches = filter is null ? [] : [.. ours.Select(row => onlyMatches || ObservedFilter.Holds(filter, row))];
        places = new int[ours.Length];
        for (var i = 0; i < places.Length; i++)
        {
            // Of a log that is not there, nothing can be said of the place.
            var line = Log is { } log ? log.RowAt(ours[i].Offset, Lines) : 0;
            places[i] = i + (onlyMatches ? search!.IndexAtOrAfter(line) : line);
        }
    }

    public LoopModel Loop { get; }

    /// <summary>The search of the filter in force; null where there is no filter, or it is not one, or there is no log.</summary>
    public LogSearch? Search { get; }

    /// <summary>Rows that do not match are left out.</summary>
    public bool OnlyMatches { get; }

    /// <summary>Lines of the log.</summary>
    public int Lines => Loop.Log is null ? 0 : Loop.Tally.Lines;

    /// <summary>Lines of the log that are shown.</summary>
    public int ShownLines => OnlyMatches ? Search!.Found : Lines;

    /// <summary>Rows of ops-manager that match the filter.</summary>
    public int OursMatching => matches.Count(static isMatch => isMatch);

    public int Count => ShownLines + ours.Length;

    public EventLog? Log => Loop.Log;

    public static TimelineRows From(TimelineState state, LoopModel loop)
    {
        if (state.Terms is not { } filter || loop.Log is not { } log)
        {
            return All(loop);
        }

        var search = state.Search is { } known && known.IsOf(LoopKey.From(loop), log, filter)
            ? known.Within(loop.Tally.Lines)
            : new LogSearch(LoopKey.From(loop), log, filter, new MatchList(), 0, 0);
        return new(loop, search, filter, !state.ShowsContext);
    }

    /// <summary>Without a filter.</summary>
    public static TimelineRows All(LoopModel loop) => new(loop, null, null, false);

    /// <summary>The row of ours in row <paramref name="row"/>, from 0; null where it is a line of the log or nothing.</summary>
    public ObservedRow? OursAt(int row) => Array.BinarySearch(places, row) is >= 0 and var index ? ours[index] : null;

    /// <summary>The line of the log in row <paramref name="row"/>, from 0; -1 where it is a row of ours or nothing.</summary>
    public int LineAt(int row)
    {
        var index = Array.BinarySearch(places, row);
        return index >= 0 || row < 0 || row >= Count ? -1 : LineOf(row - ~index);
    }

    /// <summary>The newest line that is in or before a row; -1 where there is none.</summary>
    public int LineBefore(int row)
    {
        while (row >= 0 && OursAt(row) is not null)
        {
            row--;
        }

        return LineAt(row);
    }

    /// <summary>Whether a row matches the filter.</summary>
    public bool IsMatch(int row)
    {
        if (Array.BinarySearch(places, row) is >= 0 and var index)
        {
            return matches.Length > 0 && matches[index];
        }

        if (Search is not { Found: > 0 } search || LineAt(row) is not (>= 0 and var line))
        {
            return false;
        }

        var found = search.IndexAtOrAfter(line);
        return found < search.Found && search.Matches[found] == line;
    }

    /// <summary>Whether an operator jumps to a row as to a problem.</summary>
    public bool IsProblem(int row) =>
        OursAt(row) is { } own ? own.IsProblem : LineAt(row) is >= 0 and var line && Problems.IsProblem(Log![line], Log.Words);

    /// <summary>The row that shows a line, or where it is left out the next one that is shown.</summary>
    public int RowOf(int line)
    {
        var shown = OnlyMatches ? Search!.IndexAtOrAfter(line) : line;
        var row = shown;
        foreach (var place in places)
        {
            row += place <= row ? 1 : 0;
        }

        return Math.Clamp(row, 0, Math.Max(0, Count - 1));
    }

    /// <summary>The row that shows a row of ours; -1 where it is not shown.</summary>
    public int RowOf(long ownId)
    {
        for (var i = 0; i < ours.Length; i++)
        {
            if (ours[i].Id == ownId)
            {
                return places[i];
            }
        }

        return -1;
    }

    /// <summary>The row the cursor is on, and the first visible one.</summary>
    public (int Selected, int Top) Window(TimelinePosition position, int height)
    {
        if (position.Follows || Count == 0)
        {
            return (Count - 1, Math.Max(0, Count - height));
        }

        var selected = position.Own is { } id && RowOf(id) is >= 0 and var own ? own
            : Log is not null && Lines > 0 ? RowOf(Math.Min(Log.RowAt(position.Offset, Lines), Lines - 1))
            : Count - 1;
        return (selected, ListWindow.Follow(selected - position.ScreenRow, selected, height, Count));
    }

    /// <summary>The position on row <paramref name="row"/>, which scrolls no more than it must.</summary>
    public TimelinePosition At(int row, int top, int height)
    {
        if (Count == 0)
        {
            return TimelinePosition.AtEnd;
        }

        var at = Math.Clamp(row, 0, Count - 1);
        var onScreen = at - ListWindow.Follow(top, at, height, Count);
        return OursAt(at) is { } own ? new(false, own.Offset, onScreen, own.Id) : new(false, Log![LineAt(at)].Offset, onScreen);
    }

    /// <summary>
    /// The first row from <paramref name="from"/> on, in the direction of <paramref name="step"/>, that <paramref name="wanted"/> takes;
    /// -1 for none.
    /// </summary>
    public int Find(int from, int step, Func<TimelineRows, int, bool> wanted)
    {
        for (var row = from; row >= 0 && row < Count; row += step)
        {
            if (wanted(this, row))
            {
                return row;
            }
        }

        return -1;
    }

    private int LineOf(int shown) => OnlyMatches ? Search!.Matches[shown] : shown;
}
