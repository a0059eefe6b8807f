using System.Drawing;
using OpsManager.Tui.Terminal.Colour;
using Terminal.Gui.Drivers;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// Writes the bytes of a frame, and knows where they leave the terminal: the place where it writes next, its pen, and whether its
/// cursor shows. Moves and pens that the terminal has already cost nothing.
/// </summary>
/// <param name="depth">Colours to use.</param>
internal sealed class FrameWriter(ColorDepth depth)
{
    // Up to here, sending unchanged cells again is no longer than the sequence that jumps over them.
    private const int ShortGap = 4;

    private static readonly Point Unknown = new(-1, -1);

    private readonly FrameBytes frame = new();
    private Point place = Unknown;
    private Pen pen = Pen.Plain;
    private bool penKnown;
    private bool cursorShown;

    /// <summary>Bytes of the frame so far.</summary>
    public int Length => frame.Length;

    /// <summary>The frame so far.</summary>
    public ReadOnlySpan<byte> Written => frame.Written;

    /// <summary>Begins a new frame.</summary>
    public void Clear() => frame.Clear();

    /// <summary>From here on the terminal shows nothing, until <see cref="EndUpdate"/> (mode 2026).</summary>
    public void BeginUpdate() => frame.Ascii("\e[?2026h"u8);

    /// <summary>The terminal shows what came since <see cref="BeginUpdate"/>.</summary>
    public void EndUpdate() => frame.Ascii("\e[?2026l"u8);

    /// <summary>Empties the terminal.</summary>
    public void ClearScreen()
    {
        frame.Ascii("\e[0m\e[2J"u8);
        pen = Pen.Plain;
        penKnown = true;
        place = Unknown;
    }

    /// <summary>Somebody else may have written on the terminal.</summary>
    public void Forget()
    {
        penKnown = false;
        ForgetPlace();
    }

    /// <summary>It is unknown where the terminal writes next.</summary>
    public void ForgetPlace() => place = Unknown;

    /// <summary>The terminal's cursor does not show, whoever hid it.</summary>
    public void NoteCursorHidden() => cursorShown = false;

    /// <summary>Goes to a cell, the shortest way.</summary>
    /// <param name="shown">What the terminal shows in this row: over a short gap it is sent again.</param>
    public void GoTo(ReadOnlySpan<ShownCell> shown, int column, int row)
    {
        if (place.Y == row && place.X == column)
        {
            return;
        }

        var gap = column - place.X;
        if (place.Y == row && gap is > 0 and <= ShortGap && CanRepeat(shown, place.X, column))
        {
            for (var at = place.X; at < column; at++)
            {
                frame.AsciiChar(shown[at].Text[0]);
            }
        }
        else if (place.Y == row && gap > 0)
        {
            frame.Ascii("\e["u8);
            if (gap > 1)
            {
                frame.Number(gap);
            }

            frame.Ascii("C"u8);
        }
        else
        {
            frame.MoveTo(column, row);
        }

        place = new Point(column, row);
    }

    /// <summary>Takes another pen.</summary>
    public void Use(Pen wanted)
    {
        if (!penKnown)
        {
            frame.Ascii("\e[0m"u8);
            pen = Pen.Plain;
            penKnown = true;
        }

        GraphicRendition.AppendChange(frame, pen, wanted, depth);
        pen = wanted;
    }

    /// <summary>Writes one ASCII character with the pen.</summary>
    /// <param name="columns">Cells in the row.</param>
    public void Write(char character, int columns)
    {
        frame.AsciiChar(character);
        Advance(1, columns);
    }

    /// <summary>Writes a cluster with the pen.</summary>
    /// <param name="width">Its cells.</param>
    /// <param name="columns">Cells in the row.</param>
    public void Write(string cluster, int width, int columns)
    {
        frame.Text(cluster);
        Advance(width, columns);
    }

    /// <summary>Blanks the cells from here on, and stays here.</summary>
    public void Blank(int width)
    {
        for (var blank = 0; blank < width; blank++)
        {
            frame.AsciiChar(' ');
        }

        frame.MoveTo(place.X, place.Y);
    }

    /// <summary>Brings the terminal's cursor to where and how it shall be.</summary>
    public void SetCursor(Cursor cursor)
    {
        if (!cursor.IsVisible || cursor.Position is not { } position)
        {
            if (cursorShown)
            {
                frame.Ascii("\e[?25l"u8);
                cursorShown = false;
            }

            return;
        }

        if (place != position)
        {
            frame.MoveTo(position.X, position.Y);
            place = position;
        }

        if (!cursorShown)
        {
            frame.Ascii("\e[?25h"u8);
            cursorShown = true;
        }
    }

    private bool CanRepeat(ReadOnlySpan<ShownCell> shown, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (!penKnown || shown[at].Pen != pen || shown[at].Text.Length != 1 || !char.IsAscii(shown[at].Text[0]))
            {
                return false;
            }
        }

        return true;
    }

    private void Advance(int cells, int columns)
    {
        var column = place.X + cells;
        // In the last column the terminal waits with the wrap; where it counts itself then is not worth knowing.
        place = column >= columns ? Unknown : place with { X = column };
    }
}
