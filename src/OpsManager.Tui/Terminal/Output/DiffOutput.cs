using System.Collections.Concurrent;
using System.Drawing;
using System.Text;
using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Colour;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;

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
    private readonly ITerminalPort port;
    private readonly ColorDepth depth;
    private readonly bool asciiOnly;
    private readonly FrameWriter frame;
    private readonly FrameComparer comparer;
    private readonly LinePace pace;
    private Size size;
    private Cursor cursor = new();
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
        frame = new FrameWriter(depth);
        comparer = new FrameComparer(frame, depth, asciiOnly);
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
        frame.SetCursor(cursor);
        Send();
    }

    /// <summary>
    /// Drops text the library writes past the buffer: title changes, queries and mode switches are not its business here.
    /// </summary>
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
    public void Invalidate() => comparer.Forget();

    /// <summary>While muted nothing is sent: the terminal belongs to somebody else. Unmuting sends the next frame whole.</summary>
    internal void Mute(bool value)
    {
        muted = value;
        frame.NoteCursorHidden();
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
        frame.BeginUpdate();
        var before = frame.Length;
        comparer.Compare(cells, buffer.DirtyLines);
        if (frame.Length == before)
        {
            return;
        }

        frame.SetCursor(cursor);
        frame.EndUpdate();
        Frames++;
        Send();
    }

    /// <inheritdoc/>
    public string GetLastOutput() => Encoding.UTF8.GetString(frame.Written);

    /// <inheritdoc/>
    public string ToAnsi(IOutputBuffer buffer)
    {
        // A copy of the cells, because drawing clears their marks.
        var whole = new FrameWriter(depth);
        new FrameComparer(whole, depth, asciiOnly).Compare((Cell[,])(buffer.Contents ?? new Cell[0, 0]).Clone(), [.. buffer.DirtyLines]);
        return Encoding.UTF8.GetString(whole.Written);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The terminal is given back by the guard, whatever way the program ends.
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
}
