using System.Globalization;

namespace OpsManager.Tui.Content;

/// <summary>Arithmetic of a list of which a window is visible.</summary>
internal static class ListWindow
{
    /// <summary>
    /// The first visible row, moved as little as possible from <paramref name="top"/> so that <paramref name="selected"/> is
    /// visible and no row is wasted.
    /// </summary>
    public static int Follow(int top, int selected, int height, int count)
    {
        if (height <= 0 || count <= height)
        {
            return 0;
        }

        var moved = selected < top ? selected : selected >= top + height ? selected - height + 1 : top;
        return Math.Clamp(moved, 0, count - height);
    }

    /// <summary>The first visible row, inside what there is, so that no row is wasted.</summary>
    public static int Inside(int top, int height, int count) => Math.Clamp(top, 0, Math.Max(0, count - height));

    /// <summary>"3 above · 5 more": how many rows are not visible; empty where all are.</summary>
    public static string Hidden(int top, int height, int count)
    {
        var (above, below) = (Math.Min(top, count), Math.Max(0, count - top - height));
        string[] parts =
        [
            .. above > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{above} above")] : Array.Empty<string>(),
            .. below > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{below} more")] : Array.Empty<string>(),
        ];
        return string.Join(" · ", parts);
    }

    /// <summary>A row that is there, or -1 in an empty list.</summary>
    public static int Clamp(int row, int count) => count == 0 ? -1 : Math.Clamp(row, 0, count - 1);
}
