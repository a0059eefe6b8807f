using OpsManager.Tui.Terminal.Colour;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>What the terminal shows, cell by cell, as far as it is known.</summary>
internal sealed class FrontBuffer
{
    private ShownCell[] cells = [];
    private int rows;
    private int columns;
    private bool known;

    /// <summary>Whether it is known what a terminal of this size shows.</summary>
    public bool Covers(int rows, int columns) => known && rows == this.rows && columns == this.columns;

    /// <summary>The terminal is empty now, and of this size.</summary>
    public void Clear(int rows, int columns)
    {
        cells = new ShownCell[rows * columns];
        Array.Fill(cells, new ShownCell(" ", Pen.Plain));
        (this.rows, this.columns) = (rows, columns);
        known = true;
    }

    /// <summary>The cells of a row, to be compared and to be changed together with the terminal.</summary>
    public Span<ShownCell> Row(int row) => cells.AsSpan(row * columns, columns);

    /// <summary>Somebody else may have written on the terminal.</summary>
    public void Forget() => known = false;
}
