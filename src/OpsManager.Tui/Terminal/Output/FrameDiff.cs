using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Text;
using Terminal.Gui.App;
using Terminal.Gui.Drawing;
using Terminal.Gui.ViewBase;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// The difference pass for the library's own loop and driver: before the library sends the cells that were touched, those that did
/// not change are taken out, colours are removed where none are wanted, and clusters nobody cleaned are replaced. Public API only.
/// </summary>
/// <remarks>
/// The root view is drawn last of all, so its DrawComplete is the last moment before the library sends. Shadows of dialogs are drawn
/// even later: dialogs must have none.
/// </remarks>
internal sealed class FrameDiff : IDisposable
{
    private readonly IApplication application;
    private readonly View root;
    private readonly ColorDepth depth;
    private Cell[,]? seen;
    private Cell[,]? shadow;
    private bool drawn = true;

    /// <summary>Starts the pass for as long as <paramref name="root"/> is the bottom view.</summary>
    public FrameDiff(IApplication application, View root, ColorDepth depth)
    {
        this.application = application;
        this.root = root;
        this.depth = depth;
        root.DrawComplete += BeforeSending;
        application.LayoutAndDrawComplete += AfterSending;
        application.Iteration += CalmCursor;
    }

    /// <summary>Ends the pass.</summary>
    public void Dispose()
    {
        root.DrawComplete -= BeforeSending;
        application.LayoutAndDrawComplete -= AfterSending;
        application.Iteration -= CalmCursor;
    }

    // The library never takes back that the cursor needs an update, and so sends it every iteration.
    private void CalmCursor(object? sender, EventArgs arguments)
    {
        if (!drawn)
        {
            application.Driver?.SetCursorNeedsUpdate(false);
        }

        drawn = false;
    }

    private void BeforeSending(object? sender, EventArgs arguments)
    {
        if (application.Driver?.GetOutputBuffer() is not { Contents: { } cells } buffer)
        {
            return;
        }

        // Another array means the screen was resized or cleared: everything is sent.
        if (!ReferenceEquals(cells, seen))
        {
            seen = cells;
            shadow = null;
        }

        for (var row = 0; row < cells.GetLength(0); row++)
        {
            if (buffer.DirtyLines[row])
            {
                Tame(cells, row);
                buffer.DirtyLines[row] = shadow is null || KeepChanged(cells, shadow, row);
            }
        }
    }

    private void AfterSending(object? sender, EventArgs arguments)
    {
        drawn = true;
        if (application.Driver?.GetOutputBuffer().Contents is not { } cells)
        {
            return;
        }

        if (shadow is null || shadow.GetLength(0) != cells.GetLength(0) || shadow.GetLength(1) != cells.GetLength(1))
        {
            shadow = (Cell[,])cells.Clone();
        }
        else
        {
            Array.Copy(cells, shadow, cells.Length);
        }
    }

    private void Tame(Cell[,] cells, int row)
    {
        for (var column = 0; column < cells.GetLength(1); column++)
        {
            ref var cell = ref cells[row, column];
            if (depth == ColorDepth.None && cell.Attribute is { } attribute)
            {
                cell.Attribute = new Attribute(Color.None, Color.None, attribute.Style);
            }

            if (cell.Grapheme is { Length: > 0 } text && !(text.Length == 1 && text[0] is >= ' ' and <= '~') && !SafeText.IsClean(text))
            {
                cell = new Cell(cell.Attribute, true, "\uFFFD");
            }
        }
    }

    private static bool KeepChanged(Cell[,] cells, Cell[,] shadow, int row)
    {
        var any = false;
        var columns = cells.GetLength(1);
        // The right half of a wide character that went away must be sent even if the buffer says it was blank all along.
        var uncovered = false;
        for (var column = 0; column < columns; column++)
        {
            ref var now = ref cells[row, column];
            ref var before = ref shadow[row, column];
            var same = !uncovered && now.Attribute == before.Attribute && now.Grapheme == before.Grapheme;
            uncovered = !same && IsWide(before.Grapheme) && !IsWide(now.Grapheme);
            now.IsDirty = !same;
            any |= !same;
            if (IsWide(now.Grapheme) && column + 1 < columns)
            {
                column++;
                cells[row, column].IsDirty = !same;
            }
        }

        return any;
    }

    private static bool IsWide(string? text) => text is { Length: > 0 } && !char.IsAscii(text[0]) && CellText.GraphemeWidth(text) == 2;
}
