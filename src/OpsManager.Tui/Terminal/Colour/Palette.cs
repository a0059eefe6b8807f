using Terminal.Gui.Drawing;

namespace OpsManager.Tui.Terminal.Colour;

/// <summary>Reduces RGB to the colours a terminal has.</summary>
internal static class Palette
{
    // The values xterm gives the sixteen; schemes differ, the order and the rough meaning do not.
    public static readonly (int R, int G, int B)[] Named =
    [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ];

    private static readonly int[] CubeLevels = [0, 95, 135, 175, 215, 255];

    /// <summary>0..15.</summary>
    public static int ToSixteen(Color color)
    {
        var best = 0;
        var bestDistance = int.MaxValue;
        for (var index = 0; index < Named.Length; index++)
        {
            var distance = Distance(color, Named[index].R, Named[index].G, Named[index].B);
            if (distance < bestDistance)
            {
                best = index;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>16..255: the nearer of the cube and the grey ramp. 0..15 are left out, because schemes redefine them.</summary>
    public static int To256(Color color)
    {
        int red = NearestLevel(color.R), green = NearestLevel(color.G), blue = NearestLevel(color.B);
        var grey = Math.Clamp((((color.R + color.G + color.B) / 3) - 3) / 10, 0, 23);
        var greyValue = 8 + (grey * 10);
        return Distance(color, greyValue, greyValue, greyValue) < Distance(color, CubeLevels[red], CubeLevels[green], CubeLevels[blue])
            ? 232 + grey
            : 16 + (36 * red) + (6 * green) + blue;
    }

    private static int NearestLevel(int value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;

    private static int Distance(Color color, int red, int green, int blue)
    {
        int deltaRed = color.R - red, deltaGreen = color.G - green, deltaBlue = color.B - blue;
        return (2 * deltaRed * deltaRed) + (4 * deltaGreen * deltaGreen) + (3 * deltaBlue * deltaBlue);
    }
}
