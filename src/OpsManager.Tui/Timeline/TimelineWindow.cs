namespace OpsManager.Tui.Timeline;

/// <summary>The rows of a timeline that a pane shows: from <see cref="Top"/> up to, not including, <see cref="End"/>.</summary>
internal sealed class TimelineWindow
{
    private TimelineWindow(TimelineRows rows, TimelinePosition position, int height)
    {
        Rows = rows;
        Notes = rows.ShownLines > 0 ? 0 : rows.Loop.Withheld is null ? 1 : 2;
        (Selected, Top) = rows.Window(position, Math.Max(1, height - Notes));
        End = Math.Max(Top, Math.Min(rows.Count, Top + height - Notes));
        var lines = new List<int>(End - Top);
        for (var row = Top; row < End; row++)
        {
            if (rows.LineAt(row) is >= 0 and var line)
            {
                lines.Add(line);
            }
        }

        Lines = lines;
    }

    public TimelineRows Rows { get; }

    /// <summary>The row that the cursor is on; -1 where there is none.</summary>
    public int Selected { get; }

    public int Top { get; }

    public int End { get; }

    /// <summary>Rows under these that are in place of lines.</summary>
    public int Notes { get; }

    /// <summary>The lines of the log among the visible rows, in their order.</summary>
    public IReadOnlyList<int> Lines { get; }

    /// <param name="height">Rows that the pane has; 0 where it is not shown.</param>
    public static TimelineWindow Of(TimelineRows rows, TimelinePosition position, int height) => new(rows, position, height);
}
