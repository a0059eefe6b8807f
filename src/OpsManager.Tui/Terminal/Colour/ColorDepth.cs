namespace OpsManager.Tui.Terminal.Colour;

/// <summary>How many colours the terminal is given. Views always ask for RGB; the output reduces it to this.</summary>
public enum ColorDepth
{
    /// <summary>No colour sequence at all; bold, underline and reverse stay.</summary>
    None,

    /// <summary>The sixteen named colours (SGR 30-37, 90-97).</summary>
    Sixteen,

    /// <summary>The 6x6x6 cube and 24 greys (SGR 38;5).</summary>
    TwoFiftySix,

    /// <summary>24-bit colour (SGR 38;2).</summary>
    True,
}
