using Terminal.Gui.Drawing;

namespace OpsManager.Tui.Terminal.Colour;

/// <summary>How well a colour is told from another one: the contrast of WCAG 2.</summary>
internal static class ColorContrast
{
    /// <summary>From here on text can be read on a background.</summary>
    public const double Readable = 3;

    /// <summary>From 1, the same, to 21, black on white. Of the terminal's own colours nothing is known: then 21.</summary>
    public static double Between(Color one, Color other)
    {
        if (one == Color.None || other == Color.None)
        {
            return 21;
        }

        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(Color color) => (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

    private static double Linear(byte part) => part / 255.0 is <= 0.03928 and var dark
        ? dark / 12.92
        : Math.Pow((part / 255.0 + 0.055) / 1.055, 2.4);
}
