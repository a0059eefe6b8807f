using System.Drawing;
using OpsManager.Contract.Text;
using OpsManager.Tui.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.ViewBase;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// A rectangle of the screen that a pane draws on. Text goes straight into the cells of the driver's buffer; cells that already
/// show it are left alone and cost nothing on the wire. Everything is cleaned (<see cref="SafeText"/>) and clipped, to the rectangle
/// and to what the library's clip leaves of it under dialogs. Never makes hyperlinks.
/// </summary>
/// <remarks>
/// Made in each <c>OnDrawingContent</c>, on the UI thread. The pane has to paint every cell of its viewport and return true from
/// <c>OnClearingViewport</c>, or the library blanks them first.
/// </remarks>
internal readonly ref struct CellSurface
{
    // A cluster is at most a base and four marks; past that factor no text can still matter for a row.
    private const int RunesPerCell = 8;

    private readonly IOutputBuffer? buffer;
    private readonly Cell[,] cells;
    private readonly Rectangle area;
    private readonly Region? clip;

    /// <summary>The whole viewport of <paramref name="view"/>; empty when the view is on no screen.</summary>
    public CellSurface(View view)
        : this(view, new Rectangle(0, 0, view.Viewport.Width, view.Viewport.Height))
    {
    }

    /// <summary>A part of the viewport of <paramref name="view"/>, from its top left corner.</summary>
    public CellSurface(View view, Rectangle part)
    {
        part = Rectangle.Intersect(part, new Rectangle(0, 0, view.Viewport.Width, view.Viewport.Height));
        buffer = view.App?.Driver?.GetOutputBuffer();
        cells = buffer?.Contents ?? new Cell[0, 0];
        area = view.ViewportToScreen(part);
        clip = Needed(view.App?.Driver?.Clip, area, cells);
        Width = buffer is null ? 0 : part.Width;
        Height = buffer is null ? 0 : part.Height;
    }

    /// <summary>A rectangle of a buffer, in cells of the screen.</summary>
    /// <param name="buffer">Where to draw.</param>
    /// <param name="area">May hang over the edges; what does is clipped.</param>
    /// <param name="clip">Draw only there; null is everywhere.</param>
    public CellSurface(IOutputBuffer buffer, Rectangle area, Region? clip = null)
    {
        this.buffer = buffer;
        cells = buffer.Contents ?? new Cell[0, 0];
        this.area = area;
        this.clip = Needed(clip, area, cells);
        Width = area.Width;
        Height = area.Height;
    }

    private CellSurface(IOutputBuffer? buffer, Cell[,] cells, Rectangle area, Region? clip)
    {
        this.buffer = buffer;
        this.cells = cells;
        this.area = area;
        this.clip = clip;
        Width = area.Width;
        Height = area.Height;
    }

    /// <summary>In cells.</summary>
    public int Width { get; }

    /// <summary>In cells.</summary>
    public int Height { get; }

    /// <summary>A rectangle inside this one, with its own origin.</summary>
    public CellSurface Part(int x, int y, int width, int height)
    {
        var part = Rectangle.Intersect(new Rectangle(0, 0, Width, Height), new Rectangle(x, y, Math.Max(0, width), Math.Max(0, height)));
        part.Offset(area.Location);
        return new CellSurface(buffer, cells, part, clip);
    }

    /// <summary>
    /// Writes text that starts at (x, y), cut at the right edge without a sign. Outside the height nothing is written.
    /// </summary>
    /// <returns>The column after the text, at most <see cref="Width"/>: where the next piece goes.</returns>
    public int Put(int x, int y, ReadOnlySpan<char> text, Attribute style)
    {
        if (y < 0 || y >= Height || x >= Width || text.IsEmpty)
        {
            return Math.Clamp(x, 0, Math.Max(0, Width));
        }

        var length = Math.Min(text.Length, Width - x);
        if (x >= 0 && SafeText.IsPrintableAscii(text[..length]))
        {
            for (var index = 0; index < length; index++)
            {
                Set(x + index, y, CellStrings.For(text[index]), 1, style);
            }

            return x + length;
        }

        return PutClusters(x, y, SafeText.Clean(text, Math.Max(1, Width - x) * RunesPerCell), style);
    }

    /// <inheritdoc cref="Put(int, int, ReadOnlySpan{char}, Attribute)"/>
    public int Put(int x, int y, string? text, Attribute style) => Put(x, y, text.AsSpan(), style);

    /// <summary>Writes text in exactly <paramref name="width"/> cells: cut with "…" or filled up with blanks.</summary>
    /// <returns>x + width, at most <see cref="Width"/>.</returns>
    /// <param name="fill">The look of the blanks; null for that of the text.</param>
    public int PutFitted(int x, int y, string? text, int width, Attribute style, Attribute? fill = null)
    {
        if (width <= 0 || y < 0 || y >= Height)
        {
            return Math.Clamp(x, 0, Math.Max(0, Width));
        }

        var clean = CellText.Truncate(SafeText.Clean(text, Math.Max(1, width) * RunesPerCell), width);
        var end = x + width;
        Put(x, y, clean, style);
        Blank(x + CellText.Width(clean), y, end, fill ?? style);
        return Math.Clamp(end, 0, Math.Max(0, Width));
    }

    /// <summary>Writes text and fills the rest of the row with blanks: a whole row in one call.</summary>
    public void PutRow(int y, string? text, Attribute style) => PutFitted(0, y, text, Width, style);

    /// <summary>Fills the rest of row <paramref name="y"/> from column <paramref name="x"/> with blanks.</summary>
    public void FillRow(int x, int y, Attribute style) => Blank(x, y, Width, style);

    /// <summary>Fills a rectangle with one character, one cell wide; any other becomes U+FFFD.</summary>
    public void Fill(int x, int y, int width, int height, Attribute style, char character = ' ')
    {
        var text = character is >= ' ' and <= '~' || (SafeText.IsClean([character]) && CellText.Width([character]) == 1)
            ? CellStrings.For(character)
            : "\uFFFD";
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + width); column++)
            {
                Set(column, row, text, 1, style);
            }
        }
    }

    /// <summary>Fills everything with blanks.</summary>
    public void Clear(Attribute style) => Fill(0, 0, Width, Height, style);

    // A clip that contains all of it need not be asked cell by cell.
    private static Region? Needed(Region? clip, Rectangle area, Cell[,] cells) =>
        clip is null || clip.Contains(Rectangle.Intersect(area, new Rectangle(0, 0, cells.GetLength(1), cells.GetLength(0))))
            ? null
            : clip;

    private int PutClusters(int x, int y, string clean, Attribute style)
    {
        var column = x;
        foreach (var grapheme in CellText.Graphemes(clean))
        {
            if (column >= Width)
            {
                break;
            }

            if (column >= 0 && column + grapheme.Width <= Width)
            {
                Set(column, y, TextOf(grapheme, column, y), grapheme.Width, style);
            }
            else
            {
                // Half of a wide character is a blank.
                Blank(Math.Max(0, column), y, Math.Min(Width, column + grapheme.Width), style);
            }

            column += grapheme.Width;
        }

        return Math.Clamp(column, 0, Width);
    }

    private string TextOf(Grapheme grapheme, int x, int y)
    {
        var text = grapheme.Text;
        if (text.Length == 1)
        {
            return CellStrings.For(text[0]);
        }

        if (text.Length > CellText.MaxGraphemeLength)
        {
            return "\uFFFD";
        }

        // What is there already is mostly the same: no new string then.
        int row = area.Y + y, column = area.X + x;
        if (row >= 0 && row < cells.GetLength(0) && column >= 0 && column < cells.GetLength(1)
            && cells[row, column].Grapheme is { } present && text.SequenceEqual(present))
        {
            return present;
        }

        return text.ToString();
    }

    private void Blank(int from, int y, int to, Attribute style)
    {
        if (y < 0 || y >= Height)
        {
            return;
        }

        for (var column = Math.Max(0, from); column < Math.Min(Width, to); column++)
        {
            Set(column, y, " ", 1, style);
        }
    }

    private void Set(int x, int y, string text, int width, Attribute style)
    {
        int column = area.X + x, row = area.Y + y;
        if (row < 0 || row >= cells.GetLength(0))
        {
            return;
        }

        if (width == 2 && !(IsOpen(column, row) && IsOpen(column + 1, row)))
        {
            // Something covers half of it.
            Set(x, y, " ", 1, style);
            Set(x + 1, y, " ", 1, style);
            return;
        }

        if (!IsOpen(column, row))
        {
            return;
        }

        FreeLeft(column, row);
        Write(column, row, text, style);
        if (width == 2)
        {
            Write(column + 1, row, " ", style);
        }
    }

    private bool IsOpen(int column, int row) =>
        column >= 0 && column < cells.GetLength(1) && (clip is null || clip.Contains(column, row));

    // A wide character whose right half is overwritten cannot stay: the terminal would draw it over us.
    private void FreeLeft(int column, int row)
    {
        if (column == 0 || cells[row, column - 1].Grapheme is not { Length: > 0 } left || char.IsAscii(left[0])
            || CellText.GraphemeWidth(left) < 2)
        {
            return;
        }

        Write(column - 1, row, " ", cells[row, column - 1].Attribute ?? default);
    }

    private void Write(int column, int row, string text, Attribute style)
    {
        ref var cell = ref cells[row, column];
        if (cell.Attribute == style && (ReferenceEquals(cell.Grapheme, text) || cell.Grapheme == text))
        {
            return;
        }

        // The property would check and normalise again what is known to be one clean cluster.
        cell = new Cell(style, true, text);
        // There is a cell, so there is a buffer.
        buffer!.DirtyLines[row] = true;
    }
}
