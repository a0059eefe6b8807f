using OpsManager.Configuration.Themes;
using Terminal.Gui.Drawing;

namespace OpsManager.Tui.Terminal.Colour;

/// <summary>
/// The colours of <see cref="ColorNames"/>. What each looks like is the terminal's own business, so
/// they are sent by number at every depth: SGR 30-37, 90-97 and the same for backgrounds.
/// </summary>
internal static class NamedColor
{
    // The library's colours have no room for an index, but an alpha of which only zero means something. This one marks them.
    private const byte Mark = 254;

    /// <summary>The colour of a name, in the RGB that xterm gives it; null for a name that is none.</summary>
    public static Color? Parse(string name)
    {
        for (var index = 0; index < ColorNames.All.Count; index++)
        {
            if (ColorNames.All[index] == name)
            {
                var (red, green, blue) = Palette.Named[index];
                return new Color(red, green, blue, Mark);
            }
        }

        return null;
    }

    /// <summary>The number of a colour that came from a name, 0..15; null for any other.</summary>
    public static int? IndexOf(Color color) => color.A == Mark ? Palette.ToSixteen(color) : null;
}
