using OpsManager.Core.Events;
using OpsManager.Core.Model;

namespace OpsManager.Tui.State;

/// <summary>
/// The rows of a timeline: the breaks of the log, then its lines, or those that match the filter. Knows how many there are, never
/// all of them.
/// </summary>
/// <param name="Search">The search of the filter in force; null where there is no filter, or it is not one.</param>
/// <param name="OnlyMatches">Lines that do not match are left out.</param>
public readonly record struct TimelineRows(LoopModel Loop, LogSearch? Search, bool OnlyMatches)
{
    public static TimelineRows Of(AppModel model, LoopModel loop)
    {
        if (model.Filter is not { } filter || loop.Log is not { } log)
        {
            return new(loop, null, false);
        }

        var search = model.Search is { } known && known.IsOf(LoopKey.Of(loop), log, filter)
            ? known
            : new LogSearch(LoopKey.Of(loop), log, filter, new MatchList(), 0, 0);
        return new(loop, search, !model.Ui.ShowsContext);
    }

    public int Breaks => Loop.Breaks.Count;

    /// <summary>Lines of the log.</summary>
    public int Lines => Loop.Log is null ? 0 : Loop.Tally.Lines;

    public int Count => Breaks + (OnlyMatches ? Search!.Found : Lines);

    public EventLog? Log => Loop.Log;

    /// <summary>The line of the log in row <paramref name="row"/>, from 0; -1 where it is a break or nothing.</summary>
    public int LineAt(int row) => row < Breaks || row >= Count ? -1 : OnlyMatches ? Search!.Matches[row - Breaks] : row - Breaks;

    /// <summary>Whether a line matches the filter.</summary>
    public bool IsMatch(int line)
    {
        if (Search is not { Found: > 0 } search || line < 0)
        {
            return false;
        }

        var index = search.Matches.IndexAtOrAfter(line);
        return index < search.Found && search.Matches[index] == line;
    }

    /// <summary>The row that shows a line, or where it is left out the next one that is shown.</summary>
    public int RowOf(int line) => Math.Clamp(Breaks + (OnlyMatches ? Search!.Matches.IndexAtOrAfter(line) : line), 0, Math.Max(0, Count - 1));

    /// <summary>The row the cursor is on, and the first visible one.</summary>
    public (int Selected, int Top) Window(TimelinePosition position, int height)
    {
        if (position.Follows || Log is null || Count == Breaks)
        {
            return (Count - 1, Math.Max(0, Count - height));
        }

        var selected = RowOf(Math.Min(Log.RowAt(position.Offset, Lines), Lines - 1));
        return (selected, selected <= Breaks ? 0 : ListWindow.Follow(selected - position.ScreenRow, selected, height, Count));
    }

    /// <summary>The position on row <paramref name="row"/>, which scrolls no more than it must.</summary>
    public TimelinePosition At(int row, int top, int height)
    {
        if (Log is null || Count == Breaks)
        {
            return TimelinePosition.AtEnd;
        }

        var at = Math.Clamp(row, Breaks, Count - 1);
        return new TimelinePosition(false, Log[LineAt(at)].Offset, at - ListWindow.Follow(top, at, height, Count));
    }

    /// <summary>The first row from <paramref name="from"/> on, in the direction of <paramref name="step"/>, that <paramref name="wanted"/> takes; -1 for none.</summary>
    public int Find(int from, int step, Func<TimelineRows, int, bool> wanted)
    {
        for (var row = from; row >= Breaks && row < Count; row += step)
        {
            if (wanted(this, LineAt(row)))
            {
                return row;
            }
        }

        return -1;
    }
}
