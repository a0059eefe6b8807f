using OpsManager.Core.Events;
using OpsManager.Core.Model;

namespace OpsManager.Tui.State;

/// <summary>The rows of a timeline: the breaks of the log, then its lines. Knows how many there are, never all of them.</summary>
public readonly record struct TimelineRows(LoopModel Loop)
{
    public int Breaks => Loop.Breaks.Count;

    public int Lines => Loop.Log is null ? 0 : Loop.Tally.Lines;

    public int Count => Breaks + Lines;

    public EventLog? Log => Loop.Log;

    /// <summary>The row the cursor is on, and the first visible one.</summary>
    public (int Selected, int Top) Window(TimelinePosition position, int height)
    {
        if (position.Follows || Log is null || Lines == 0)
        {
            return (Count - 1, Math.Max(0, Count - height));
        }

        var selected = Breaks + Math.Min(Log.RowAt(position.Offset, Lines), Lines - 1);
        return (selected, selected <= Breaks ? 0 : ListWindow.Follow(selected - position.ScreenRow, selected, height, Count));
    }

    /// <summary>The position on row <paramref name="row"/>, which scrolls no more than it must.</summary>
    public TimelinePosition At(int row, int top, int height)
    {
        var line = Math.Clamp(row - Breaks, 0, Math.Max(0, Lines - 1));
        var moved = ListWindow.Follow(top, line + Breaks, height, Count);
        return Log is null || Lines == 0 ? TimelinePosition.AtEnd : new TimelinePosition(false, Log[line].Offset, line + Breaks - moved);
    }
}
