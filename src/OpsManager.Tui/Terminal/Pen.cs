using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace OpsManager.Tui.Terminal;

/// <summary>
/// Colours and style as the terminal is told them, after reduction to its depth. A colour is -1 for the terminal's own, else an index
/// (16 and 256 colours) or 0xRRGGBB; at any depth <see cref="Named"/> with the index of a named colour.
/// </summary>
internal readonly record struct Pen(int Foreground, int Background, TextStyle Style)
{
    /// <summary>What a terminal draws with after SGR 0.</summary>
    public static Pen Plain { get; } = new(-1, -1, TextStyle.None);

    private const int Named = 0x1000000;

    // SGR parameters in the order of the bits of TextStyle.
    private static readonly (TextStyle Style, int On)[] Styles =
    [
        (TextStyle.Bold, 1), (TextStyle.Faint, 2), (TextStyle.Italic, 3), (TextStyle.Underline, 4), (TextStyle.Blink, 5),
        (TextStyle.Reverse, 7), (TextStyle.Strikethrough, 9),
    ];

    public static Pen For(Attribute attribute, ColorDepth depth) =>
        new(Reduce(attribute.Foreground, depth), Reduce(attribute.Background, depth), attribute.Style);

    /// <summary>Appends the shortest SGR that turns <paramref name="before"/> into this.</summary>
    public void AppendChange(FrameBytes output, Pen before, ColorDepth depth)
    {
        if (this == before)
        {
            return;
        }

        output.Ascii("\e["u8);
        var first = true;
        // There is no single SGR that takes one style off everywhere (22 takes two), so a lost style starts from nothing.
        if ((before.Style & ~Style) != 0)
        {
            output.Ascii("0"u8);
            first = false;
            before = Plain;
        }

        foreach (var (style, on) in Styles)
        {
            if ((Style & style) != 0 && (before.Style & style) == 0)
            {
                Separate(output, ref first);
                output.Number(on);
            }
        }

        if (Foreground != before.Foreground)
        {
            Separate(output, ref first);
            AppendColor(output, Foreground, 30, depth);
        }

        if (Background != before.Background)
        {
            Separate(output, ref first);
            AppendColor(output, Background, 40, depth);
        }

        output.Ascii("m"u8);
    }

    private static void Separate(FrameBytes output, ref bool first)
    {
        if (!first)
        {
            output.Ascii(";"u8);
        }

        first = false;
    }

    private static void AppendColor(FrameBytes output, int color, int ground, ColorDepth depth)
    {
        if (color < 0)
        {
            output.Number(ground + 9);
            return;
        }

        if (color >= Named)
        {
            (color, depth) = (color - Named, ColorDepth.Sixteen);
        }

        switch (depth)
        {
            case ColorDepth.Sixteen:
                output.Number(color < 8 ? ground + color : ground + 60 + color - 8);
                break;
            case ColorDepth.TwoFiftySix:
                output.Number(ground + 8);
                output.Ascii(";5;"u8);
                output.Number(color);
                break;
            default:
                output.Number(ground + 8);
                output.Ascii(";2;"u8);
                output.Number(color >> 16);
                output.Ascii(";"u8);
                output.Number((color >> 8) & 0xFF);
                output.Ascii(";"u8);
                output.Number(color & 0xFF);
                break;
        }
    }

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
