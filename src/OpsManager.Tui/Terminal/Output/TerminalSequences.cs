namespace OpsManager.Tui.Terminal.Output;

/// <summary>What is sent to take the terminal over and to give it back.</summary>
internal static class TerminalSequences
{
    /// <summary>Remembers the title. Terminals keep a stack of them: once for each <see cref="Leave"/>, which takes one off.</summary>
    public static ReadOnlySpan<byte> KeepTitle => "\e[22;0t"u8;

    /// <summary>Alternate screen, clear it, no cursor, bracketed paste.</summary>
    public static ReadOnlySpan<byte> Enter => "\e[?1049h\e[0m\e[2J\e[?25l\e[?2004h"u8;

    /// <summary>Buttons and drags in SGR form. Not every movement (1003): that is traffic on a slow link.</summary>
    public static ReadOnlySpan<byte> MouseOn => "\e[?1002h\e[?1006h"u8;

    /// <summary>All forms of mouse tracking off, whoever switched which on.</summary>
    public static ReadOnlySpan<byte> MouseOff => "\e[?1003l\e[?1002l\e[?1000l\e[?9l\e[?1005l\e[?1015l\e[?1006l"u8;

    /// <summary>
    /// Cursor keys and keypad as the terminal has them by itself, whoever switched them.
    /// </summary>
    public static ReadOnlySpan<byte> PlainKeys => "\e[?1l\e>"u8;

    /// <summary>
    /// Ends an open frame, then everything back: mouse, paste, colours, screen, cursor, title. The kitty keyboard stack is popped
    /// by the library's mode alone; popping an empty one is ignored.
    /// </summary>
    public static ReadOnlySpan<byte> Leave =>
        "\e[?2026l\e[?1003l\e[?1002l\e[?1000l\e[?9l\e[?1005l\e[?1015l\e[?1006l\e[?2004l\e[?1l\e>\e[0m\e[?1049l\e[23;0t\e[?25h"u8;

    /// <summary>Ends what the library may have switched on besides.</summary>
    public static ReadOnlySpan<byte> LeaveLibrary => "\e[<u"u8;
}
