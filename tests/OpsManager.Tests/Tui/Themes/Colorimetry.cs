using Terminal.Gui.Drawing;

namespace OpsManager.Tests.Tui.Themes;

/// <summary>How eyes see colours: the contrast of WCAG 2, red-green blindness after Viénot, and distance in CIE L*a*b*.</summary>
internal static class Colorimetry
{
    /// <summary>Linear RGB to linear RGB as a protanope sees it.</summary>
    public static readonly double[] Protanopia = [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1];

    /// <summary>The same for a deuteranope.</summary>
    public static readonly double[] Deuteranopia = [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1];

    /// <summary>From 1, the same, to 21, black on white.</summary>
    public static double Contrast(Color one, Color other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static (double L, double A, double B) Seen(Color color, double[] by)
    {
        var rgb = Linear(color);
        double Row(int row) => Math.Clamp(rgb.Select((value, column) => by[(row * 3) + column] * value).Sum(), 0, 1);
        var (r, g, b) = (Row(0), Row(1), Row(2));
        var x = Bend(((0.4124 * r) + (0.3576 * g) + (0.1805 * b)) / 0.9505);
        var y = Bend((0.2126 * r) + (0.7152 * g) + (0.0722 * b));
        var z = Bend(((0.0193 * r) + (0.1192 * g) + (0.9505 * b)) / 1.089);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    public static double Distance((double L, double A, double B) one, (double L, double A, double B) other) =>
        Math.Sqrt(Math.Pow(one.L - other.L, 2) + Math.Pow(one.A - other.A, 2) + Math.Pow(one.B - other.B, 2));

    private static double Luminance(Color color) =>
        Linear(color) is [var r, var g, var b] ? (0.2126 * r) + (0.7152 * g) + (0.0722 * b) : 0;

    private static double[] Linear(Color color) =>
        [.. new[] { color.R, color.G, color.B }
            .Select(static value => value / 255.0)
            .Select(static value => value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];

    private static double Bend(double value) => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116);
}
