using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Text;
using Terminal.Gui.Drawing;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>Compares cells with what the terminal shows, and writes the difference into a frame.</summary>
/// <param name="writer">Writes the frame.</param>
/// <param name="depth">Colours to use.</param>
/// <param name="asciiOnly">Send nothing outside ASCII.</param>
internal sealed class FrameComparer(FrameWriter writer, ColorDepth depth, bool asciiOnly)
{
    private readonly FrontBuffer front = new();
    private readonly PenCache pens = new(depth);

    /// <summary>The next frame is written whole: somebody else may have written on the terminal.</summary>
    public void Forget()
    {
        front.Forget();
        writer.Forget();
    }

    /// <summary>Writes what differs, and clears the marks of the cells and lines.</summary>
    /// <param name="cells">The whole screen; another size than before is written whole.</param>
    /// <param name="dirtyLines">Lines that were touched since the last time; no other one is compared.</param>
    public void Compare(Cell[,] cells, bool[] dirtyLines)
    {
        int rows = cells.GetLength(0), columns = cells.GetLength(1);
        var whole = !front.Covers(rows, columns);
        if (whole)
        {
            front.Clear(rows, columns);
            // A resized terminal has moved lines about; start from an empty one.
            writer.ClearScreen();
        }

        for (var row = 0; row < rows; row++)
        {
            if (!whole && !dirtyLines[row])
            {
                continue;
            }

            CompareRow(cells, row, columns);
            dirtyLines[row] = false;
        }
    }

    private void CompareRow(Cell[,] cells, int row, int columns)
    {
        var shown = front.Row(row);
        for (var column = 0; column < columns; column++)
        {
            ref var cell = ref cells[row, column];
            cell.IsDirty = false;
            var text = cell.Grapheme;
            if (string.IsNullOrEmpty(text))
            {
                text = " ";
            }

            var wanted = pens.For(cell.Attribute);
            if (text.Length == 1 && text[0] is >= ' ' and <= '~')
            {
                ref var here = ref shown[column];
                if (here.Pen == wanted && (ReferenceEquals(here.Text, text) || here.Text == text))
                {
                    continue;
                }

                writer.GoTo(shown, column, row);
                writer.Use(wanted);
                writer.Write(text[0], columns);
                here = new ShownCell(text, wanted);
                continue;
            }

            column += CompareCluster(cells, shown, row, column, columns, text, wanted);
        }
    }

    /// <summary>As for one ASCII character; gives the number of further cells the cluster covers.</summary>
    private int CompareCluster(Cell[,] cells, Span<ShownCell> shown, int row, int column, int columns, string text, Pen wanted)
    {
        var width = CellText.GraphemeWidth(text);
        if (width == 2 && column + 1 == columns)
        {
            // Half of it would hang over the edge.
            text = " ";
            width = 1;
        }

        var unchanged = shown[column].Pen == wanted && shown[column].Text == text
            && (width == 1 || shown[column + 1] == new ShownCell(ShownCell.Continuation, wanted));
        if (width == 2)
        {
            cells[row, column + 1].IsDirty = false;
        }

        if (unchanged)
        {
            return width - 1;
        }

        var sent = SentCluster.For(text, width, columns - column, asciiOnly);
        writer.GoTo(shown, column, row);
        writer.Use(wanted);
        if (sent.IsDisputed)
        {
            // Terminals differ in how far they advance here. Blank the cells first, so that nothing is left over, then place it.
            writer.Blank(width);
        }

        writer.Write(sent.Text, width, columns);
        shown[column] = new ShownCell(text, wanted);
        if (width == 2)
        {
            shown[column + 1] = new ShownCell(ShownCell.Continuation, wanted);
        }

        if (sent.IsDisputed)
        {
            writer.ForgetPlace();
            // It may have covered these as well: they are sent again, behind it.
            shown[(column + width)..(column + sent.Reach)].Fill(new ShownCell(ShownCell.Unknown, wanted));
        }

        return width - 1;
    }
}
