using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal.Colour;

/// <summary>
/// Colours and style as the terminal is told them, after reduction to its depth. A colour is -1 for the terminal's own, else an index
/// (16 and 256 colours) or 0xRRGGBB; at any depth <see cref="Named"/> with the index of a named colour.
/// </summary>
internal readonly record struct Pen(int Foreground, int Background, TextStyle Style)
{
    /// <summary>What a terminal draws with after SGR 0.</summary>
    public static Pen Plain { get; } = new(-1, -1, TextStyle.None);

    /// <summary>Added to the index of a named colour, which is sent by number at every depth.</summary>
    public const int Named = 0x1000000;

    public static Pen For(Attribute attribute, ColorDepth depth) =>
        new(Reduce(attribute.Foreground, depth), Reduce(attribute.Background, depth), attribute.Style);

    // Color.None, and any other fully transparent colour, is the terminal's own.
    private static int Reduce(Color color, ColorDepth depth) => color.A == 0 ? -1 : depth switch
    {
        ColorDepth.None => -1,
        _ when NamedColor.IndexOf(color) is { } index => Named + index,
        ColorDepth.Sixteen => Palette.ToSixteen(color),
        ColorDepth.TwoFiftySix => Palette.To256(color),
        _ => (color.R << 16) | (color.G << 8) | color.B,
    };
}
