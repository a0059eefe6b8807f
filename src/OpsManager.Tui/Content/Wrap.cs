using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Content;

/// <summary>Breaks text into lines of a given width, at blanks where it can.</summary>
internal static class Wrap
{
    /// <summary>At least one line; none wider than <paramref name="width"/> cells.</summary>
    /// <param name="first">Of the first line, where it has another width.</param>
    public static IReadOnlyList<string> Lines(string text, int width, int? first = null)
    {
        var lines = new List<string>();
        var (rest, room) = (SafeText.Clean(text), first ?? width);
        while (room > 0 && CellText.Width(rest) > room)
        {
            var cut = Cut(rest, room, width);
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
            room = width;
        }

        if (rest.Length > 0 || lines.Count == 0)
        {
            lines.Add(rest);
        }

        return lines;
    }

    /// <summary>
    /// How many characters fit: up to the last blank in them. A word that has no room on the next line either is broken, behind a
    /// separator of a path where it has one.
    /// </summary>
    private static int Cut(string text, int width, int next)
    {
        int cells = 0, end = 0, blank = 0, separator = 0;
        foreach (var grapheme in CellText.Graphemes(text))
        {
            if (cells + grapheme.Width > width)
            {
                break;
            }

            cells += grapheme.Width;
            end += grapheme.Text.Length;
            blank = grapheme.Text is " " ? end : blank;
            separator = grapheme.Text is "/" ? end : separator;
        }

        if (blank > 0 && (blank * 3 > end || WordWidth(text[blank..], next) <= next))
        {
            return blank;
        }

        return Math.Max(1, separator * 3 > end ? separator : end);
    }

    /// <summary>Cells of the first word; one more than <paramref name="max"/> where it is longer.</summary>
    private static int WordWidth(string text, int max)
    {
        var cells = 0;
        foreach (var grapheme in CellText.Graphemes(text))
        {
            if (grapheme.Text is " " || cells > max)
            {
                break;
            }

            cells += grapheme.Width;
        }

        return cells;
    }
}
