using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Content;

/// <summary>Breaks text into lines of a given width, at blanks where it can.</summary>
public static class Wrap
{
    /// <summary>At least one line; none wider than <paramref name="width"/> cells.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var clean = SafeText.Clean(text);
        if (width < 1 || CellText.Width(clean) <= width)
        {
            return [clean];
        }

        var lines = new List<string>();
        var rest = clean;
        while (CellText.Width(rest) > width)
        {
            var cut = Cut(rest, width);
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0)
        {
            lines.Add(rest);
        }

        return lines;
    }

    /// <summary>How many characters fit: up to the last blank in them, unless that would leave a very short line.</summary>
    private static int Cut(string text, int width)
    {
        int cells = 0, end = 0, blank = 0;
        foreach (var grapheme in CellText.Graphemes(text))
        {
            if (cells + grapheme.Width > width)
            {
                break;
            }

            cells += grapheme.Width;
            end += grapheme.Text.Length;
            blank = grapheme.Text is " " ? end : blank;
        }

        return Math.Max(1, blank * 3 > end ? blank : end);
    }
}
