using OpsManager.Sources.Local;
using OpsManager.Tui.Pager;

namespace OpsManager.Tui.Session;

/// <summary>Finds which lines of a text are visible, and reads them.</summary>
internal static class PagerWindow
{
    public static PagerText Read(ITextLines text, PagerRequest request, PagerSyntax syntax)
    {
        var (room, width) = (Math.Max(1, request.Room), LineStyle.Room(request.Width, request.HasNumbers));
        int Rows(TextLine line) => request.Wraps ? LineStyle.For(line, syntax).RowCount(width) : 1;

        var top = request.Aim switch
        {
            PagerAim.At at => Moved(text, Clamped(text, at.Top), at.By, Rows),
            PagerAim.Start => default,
            _ => Bottom(text, room, Rows),
        };
        var lines = text.Forward(top.Offset, room);
        if (RowsFrom(lines, top, Rows) < room)
        {
            // No row is wasted.
            var bottom = Bottom(text, room, Rows);
            if (bottom != top)
            {
                top = bottom;
                lines = text.Forward(top.Offset, room);
            }
        }

        var rows = RowsFrom(lines, top, Rows);
        return new PagerText(request with { Aim = request.Aim is PagerAim.End ? request.Aim : new PagerAim.At(top) }, top, lines)
        {
            Size = text.Size,
            Count = text.Count,
            First = lines.Count == 0 ? null : text.NumberOf(top.Offset),
            IsAtEnd = lines.Count == 0 || (lines[^1].End >= text.Size && rows <= room),
        };
    }

    /// <summary>A place that is there, whatever has become of the text.</summary>
    private static PagerTop Clamped(ITextLines text, PagerTop top)
    {
        var start = text.LineAt(top.Offset);
        return start == top.Offset ? top : new PagerTop(start, 0);
    }

    private static int RowsFrom(IReadOnlyList<TextLine> lines, PagerTop top, Func<TextLine, int> rows) =>
        lines.Sum(rows) - top.Row;

    private static PagerTop Bottom(ITextLines text, int room, Func<TextLine, int> rows)
    {
        var lines = text.Backward(text.Size, room);
        var missing = room;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            missing -= rows(lines[i]);
            if (missing <= 0)
            {
                return new PagerTop(lines[i].Start, -missing);
            }
        }

        return lines.Count == 0 ? default : new PagerTop(lines[0].Start, 0);
    }

    private static PagerTop Moved(ITextLines text, PagerTop top, int by, Func<TextLine, int> rows)
    {
        var row = top.Row + by;
        if (row < 0)
        {
            var before = text.Backward(top.Offset, -row);
            for (var i = before.Count - 1; i >= 0; i--)
            {
                row += rows(before[i]);
                if (row >= 0)
                {
                    return new PagerTop(before[i].Start, row);
                }
            }

            return default;
        }

        var lines = text.Forward(top.Offset, row + 1);
        foreach (var line in lines)
        {
            var count = rows(line);
            if (row < count)
            {
                return new PagerTop(line.Start, row);
            }

            row -= count;
        }

        return lines.Count == 0 ? top : new PagerTop(lines[^1].Start, rows(lines[^1]) - 1);
    }
}
