using System.Collections.Concurrent;
using System.Drawing;
using System.Text;
using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Text;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// Puts the library's cell buffer on the terminal: compares it with what the terminal already shows and sends only the difference,
/// as one write inside a synchronized update (mode 2026).
/// </summary>
/// <remarks>
/// <para>It draws by itself instead of building on the library's AnsiOutput, whose constructor switches the mouse on, which sends
/// every cell that was touched, and which turns anything that looks like a URL into an OSC 8 hyperlink. What can leave this class is
/// a closed vocabulary: CUP, CUF, SGR, cursor on/off, ED, mode 2026, and clusters that <see cref="SafeText.IsClean"/> accepts, whoever
/// wrote them into the buffer.</para>
/// <para>Not thread-safe: the UI thread alone draws.</para>
/// </remarks>
public sealed class DiffOutput : IOutput
{
    // Up to here, sending unchanged cells again is no longer than the sequence that jumps over them.
    private const int ShortGap = 4;

    // The second cell of a wide character.
    private const string Continuation = "";

    // What no cell holds: it is never taken for unchanged.
    private const string Unknown = "\0";

    private readonly ITerminalPort port;
    private readonly ColorDepth depth;
    private readonly bool asciiOnly;
    private readonly FrameBytes frame = new();
    private readonly LinePace pace;

    private Shown[] front = [];
    private int frontRows;
    private int frontColumns;
    private bool frontKnown;

    private Size size;
    private Cursor cursor = new();
    private bool cursorShown;
    private Point cursorAt = new(-1, -1);
    private Pen pen = Pen.Plain;
    private bool penKnown;
    private Attribute lastAttribute;
    private Pen lastPen = Pen.Plain;
    private bool lastAttributeKnown;
    private bool muted;

    /// <param name="port">Where the bytes go.</param>
    /// <param name="depth">Colours to use; what views ask for is reduced to it.</param>
    /// <param name="asciiOnly">Send nothing outside ASCII: for a terminal or locale that is not UTF-8.</param>
    /// <param name="time">Clock for the pace of a slow line; null is the system's.</param>
    public DiffOutput(ITerminalPort port, ColorDepth depth, bool asciiOnly = false, TimeProvider? time = null)
    {
        this.port = port;
        pace = new LinePace(time);
        this.depth = depth;
        this.asciiOnly = asciiOnly;
        size = port.Size ?? new Size(80, 24);
    }

    /// <summary>Bytes sent since the start.</summary>
    public long Bytes { get; private set; }

    /// <summary>Frames that changed something on the terminal.</summary>
    public long Frames { get; private set; }

    /// <summary>How long to wait with the next frame, because the ones before it have not arrived yet; zero is not at all.</summary>
    public TimeSpan Wait => muted ? TimeSpan.Zero : pace.Wait(() => port.HasRoom);

    /// <summary>What to do when the library wants to stop the process (its Suspend command, Ctrl+Z).</summary>
    public Action? Suspending { get; set; }

    /// <inheritdoc/>
    /// <remarks>Kept because the library sets it; the depth was decided when this was made.</remarks>
    public bool Force16Colors { get; set; }

    /// <inheritdoc/>
    /// <remarks>
    /// Always true, whatever is set: it is what keeps the library from asking the terminal about images, colours and keyboard
    /// protocols, whose answers would arrive as keys or in the shell after the end, and from setting the window title by itself.
    /// </remarks>
    public bool IsLegacyConsole
    {
        get => true;
        set => _ = value;
    }

    /// <inheritdoc/>
    public bool UseKittyGraphics { get; set; }

    /// <inheritdoc/>
    public ConcurrentQueue<SixelToRender> GetSixels() => new();

    /// <inheritdoc/>
    public Size GetSize() => port.Size ?? size;

    /// <inheritdoc/>
    public void SetSize(int width, int height) => size = new Size(width, height);

    /// <inheritdoc/>
    public Cursor GetCursor() => cursor;

    /// <inheritdoc/>
    /// <remarks>
    /// Hiding is only noted: the library hides the cursor before every frame and shows it again after, and a cursor that ends where
    /// it was costs nothing. <see cref="Flush"/> sends what is still open.
    /// </remarks>
    public void SetCursor(Cursor cursor)
    {
        this.cursor = cursor;
        if (cursor is { IsVisible: true })
        {
            Flush();
        }
    }

    /// <summary>Sends the cursor's state if the terminal shows another one.</summary>
    public void Flush()
    {
        frame.Clear();
        AppendCursor();
        Send();
    }

    /// <summary>Drops text the library writes past the buffer: title changes, queries and mode switches are not its business here.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
    }

    /// <summary>Writes a sequence of our own past the buffer, such as a clipboard or title change.</summary>
    internal void WriteOwn(ReadOnlySpan<byte> bytes)
    {
        if (!muted)
        {
            Put(bytes);
        }
    }

    /// <inheritdoc/>
    public void Suspend() => Suspending?.Invoke();

    /// <summary>Forgets what the terminal shows, so that the next frame is sent whole.</summary>
    public void Invalidate()
    {
        frontKnown = false;
        penKnown = false;
        cursorAt = new Point(-1, -1);
    }

    /// <summary>While muted nothing is sent: the terminal belongs to somebody else. Unmuting sends the next frame whole.</summary>
    internal void Mute(bool value)
    {
        muted = value;
        cursorShown = false;
        // It may come back on another line.
        pace.Forget();
        Invalidate();
    }

    /// <inheritdoc/>
    public void Write(IOutputBuffer buffer)
    {
        if (buffer.Contents is not { } cells || muted)
        {
            return;
        }

        frame.Clear();
        frame.Ascii("\e[?2026h"u8);
        var before = frame.Length;
        Compare(cells, buffer.DirtyLines);
        if (frame.Length == before)
        {
            return;
        }

        AppendCursor();
        frame.Ascii("\e[?2026l"u8);
        Frames++;
        Send();
    }

    /// <inheritdoc/>
    public string GetLastOutput() => Encoding.UTF8.GetString(frame.Written);

    /// <inheritdoc/>
    public string ToAnsi(IOutputBuffer buffer)
    {
        // A copy of the cells, because drawing clears their marks.
        var copy = new DiffOutput(new NoPort(), depth, asciiOnly);
        copy.Compare((Cell[,])(buffer.Contents ?? new Cell[0, 0]).Clone(), [.. buffer.DirtyLines]);
        return copy.GetLastOutput();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The terminal is given back by the guard, whatever way the program ends.
    }

    private void Compare(Cell[,] cells, bool[] dirtyLines)
    {
        int rows = cells.GetLength(0), columns = cells.GetLength(1);
        var whole = !frontKnown || rows != frontRows || columns != frontColumns;
        if (whole)
        {
            StartOver(rows, columns);
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

    private void StartOver(int rows, int columns)
    {
        front = new Shown[rows * columns];
        Array.Fill(front, new Shown(" ", Pen.Plain));
        frontRows = rows;
        frontColumns = columns;
        frontKnown = true;
        // A resized terminal has moved lines about; start from an empty one.
        frame.Ascii("\e[0m\e[2J"u8);
        pen = Pen.Plain;
        penKnown = true;
        cursorAt = new Point(-1, -1);
    }

    private void CompareRow(Cell[,] cells, int row, int columns)
    {
        var shown = front.AsSpan(row * columns, columns);
        for (var column = 0; column < columns; column++)
        {
            ref var cell = ref cells[row, column];
            cell.IsDirty = false;
            var text = cell.Grapheme;
            if (string.IsNullOrEmpty(text))
            {
                text = " ";
            }

            var wanted = PenFor(cell.Attribute);
            if (text.Length == 1 && text[0] is >= ' ' and <= '~')
            {
                ref var here = ref shown[column];
                if (here.Pen == wanted && (ReferenceEquals(here.Text, text) || here.Text == text))
                {
                    continue;
                }

                GoTo(shown, column, row);
                Use(wanted);
                frame.AsciiChar(text[0]);
                here = new Shown(text, wanted);
                Advance(1, columns);
                continue;
            }

            column += CompareCluster(cells, shown, row, column, columns, text, wanted);
        }
    }

    /// <summary>As for one ASCII character; gives the number of further cells the cluster covers.</summary>
    private int CompareCluster(Cell[,] cells, Span<Shown> shown, int row, int column, int columns, string text, Pen wanted)
    {
        var width = CellText.GraphemeWidth(text);
        if (width == 2 && column + 1 == columns)
        {
            // Half of it would hang over the edge.
            text = " ";
            width = 1;
        }

        var unchanged = shown[column].Pen == wanted && shown[column].Text == text
            && (width == 1 || shown[column + 1] == new Shown(Continuation, wanted));
        if (width == 2)
        {
            cells[row, column + 1].IsDirty = false;
        }

        if (unchanged)
        {
            return width - 1;
        }

        var sent = Sendable(text, width);
        var disputed = !SafeText.IsPrintableAscii(sent) && CellText.IsWidthDisputed(sent);
        var reach = disputed ? CellText.MaxWidth(sent) : width;
        if (column + reach > columns)
        {
            // Where it is wider than we think, a part of it would stand in the next line, and nobody would take it away.
            sent = AtEdge(sent, width);
            disputed = false;
        }

        GoTo(shown, column, row);
        Use(wanted);
        if (disputed)
        {
            // Terminals differ in how far they advance here. Blank the cells first, so that nothing is left over, then place it.
            for (var blank = 0; blank < width; blank++)
            {
                frame.AsciiChar(' ');
            }

            frame.MoveTo(column, row);
        }

        frame.Text(sent);
        shown[column] = new Shown(text, wanted);
        if (width == 2)
        {
            shown[column + 1] = new Shown(Continuation, wanted);
        }

        Advance(width, columns);
        if (disputed)
        {
            cursorAt = new Point(-1, -1);
            // It may have covered these as well: they are sent again, behind it.
            shown[(column + width)..(column + reach)].Fill(new Shown(Unknown, wanted));
        }

        return width - 1;
    }

    /// <summary>What to show of a cluster that may not fit: its letter without the marks on it, else blanks.</summary>
    private static string AtEdge(string cluster, int width) =>
        width == 1 && cluster[0] is > ' ' and <= '~' ? cluster[..1] : new string(' ', width);

    private string Sendable(string text, int width)
    {
        if (text.Length > CellText.MaxGraphemeLength || !SafeText.IsClean(text))
        {
            text = width == 1 ? "\uFFFD" : "\uFFFD ";
        }

        return asciiOnly ? AsciiStandIn.For(text, width) : text;
    }

    private void GoTo(Span<Shown> shown, int column, int row)
    {
        if (cursorAt.Y == row && cursorAt.X == column)
        {
            return;
        }

        var gap = column - cursorAt.X;
        if (cursorAt.Y == row && gap is > 0 and <= ShortGap && CanRepeat(shown, cursorAt.X, column))
        {
            for (var at = cursorAt.X; at < column; at++)
            {
                frame.AsciiChar(shown[at].Text[0]);
            }
        }
        else if (cursorAt.Y == row && gap > 0)
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

        cursorAt = new Point(column, row);
    }

    private bool CanRepeat(Span<Shown> shown, int from, int to)
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

    private void Use(Pen wanted)
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

    private void Advance(int cells, int columns)
    {
        var column = cursorAt.X + cells;
        // In the last column the terminal waits with the wrap; where it counts itself then is not worth knowing.
        cursorAt = column >= columns ? new Point(-1, -1) : cursorAt with { X = column };
    }

    private Pen PenFor(Attribute? attribute)
    {
        if (attribute is not { } value)
        {
            return Pen.Plain;
        }

        if (!lastAttributeKnown || value != lastAttribute)
        {
            lastAttribute = value;
            lastPen = Pen.For(value, depth);
            lastAttributeKnown = true;
        }

        return lastPen;
    }

    private void AppendCursor()
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

        if (cursorAt != position)
        {
            frame.MoveTo(position.X, position.Y);
            cursorAt = position;
        }

        if (!cursorShown)
        {
            frame.Ascii("\e[?25h"u8);
            cursorShown = true;
        }
    }

    private void Send()
    {
        if (muted || frame.Length == 0)
        {
            return;
        }

        Put(frame.Written);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        pace.Writing();
        pace.Wrote(bytes.Length, port.WriteNoting(bytes));
    }

    /// <summary>What one cell of the terminal shows.</summary>
    private readonly record struct Shown(string Text, Pen Pen);
}
