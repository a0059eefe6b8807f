using OpsManager.Tui.Terminal.Colour;
using Terminal.Gui.Drawing;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>SGR, "select graphic rendition": the sequence that changes colours and style.</summary>
internal static class GraphicRendition
{
    // SGR parameters in the order of the bits of TextStyle.
    private static readonly (TextStyle Style, int On)[] Styles =
    [
        (TextStyle.Bold, 1), (TextStyle.Faint, 2), (TextStyle.Italic, 3), (TextStyle.Underline, 4), (TextStyle.Blink, 5),
        (TextStyle.Reverse, 7), (TextStyle.Strikethrough, 9),
    ];

    /// <summary>Appends the shortest SGR that turns one pen into another; nothing where they are the same.</summary>
    public static void AppendChange(FrameBytes output, Pen before, Pen wanted, ColorDepth depth)
    {
        if (wanted == before)
        {
            return;
        }

        output.Ascii("\e["u8);
        var first = true;
        // There is no single SGR that takes one style off everywhere (22 takes two), so a lost style starts from nothing.
        if ((before.Style & ~wanted.Style) != 0)
        {
            output.Ascii("0"u8);
            first = false;
            before = Pen.Plain;
        }

        foreach (var (style, on) in Styles)
        {
            if ((wanted.Style & style) != 0 && (before.Style & style) == 0)
            {
                Separate(output, ref first);
                output.Number(on);
            }
        }

        if (wanted.Foreground != before.Foreground)
        {
            Separate(output, ref first);
            AppendColor(output, wanted.Foreground, 30, depth);
        }

        if (wanted.Background != before.Background)
        {
            Separate(output, ref first);
            AppendColor(output, wanted.Background, 40, depth);
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

        if (color >= Pen.Named)
        {
            (color, depth) = (color - Pen.Named, ColorDepth.Sixteen);
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
}
