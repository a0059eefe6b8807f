using System.Globalization;
using System.Text;
using OpsManager.Contract.Text;
using Terminal.Gui.Text;

namespace OpsManager.Tui.Text;

/// <summary>
/// Measures text in terminal cells and fits it to a width. Text is expected to be clean (<see cref="SafeText"/>); width follows the
/// tables of the terminal library, so that what it draws and what is drawn here agree.
/// </summary>
internal static class CellText
{
    /// <summary>What stands for the part that did not fit; one cell wide.</summary>
    public const string Ellipsis = "…";

    /// <summary>Longest cluster shown, in UTF-16 units; a longer one is an attack on the renderer, not a character.</summary>
    public const int MaxGraphemeLength = 32;

    // Width of each UTF-16 unit that is a scalar value by itself, plus one; zero: not asked yet. Writes race benignly.
    private static readonly byte[] BmpWidths = new byte[char.MaxValue + 1];

    /// <summary>Cells that <paramref name="text"/> takes.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var width = 0;
        foreach (var grapheme in Graphemes(text))
        {
            width += grapheme.Width;
        }

        return width;
    }

    /// <summary>
    /// The longest beginning of <paramref name="text"/> that fits in <paramref name="cells"/>, ending in "…" when something was cut.
    /// Gives back the same instance when everything fits. A wide character is never split.
    /// </summary>
    public static string Truncate(string text, int cells)
    {
        if (cells <= 0)
        {
            return "";
        }

        if (Ascii.IsValid(text))
        {
            return text.Length <= cells ? text : string.Concat(text.AsSpan(0, cells - 1), Ellipsis);
        }

        var width = 0;
        var keep = 0;
        var position = 0;
        foreach (var grapheme in Graphemes(text))
        {
            width += grapheme.Width;
            if (width > cells)
            {
                return string.Concat(text.AsSpan(0, keep), Ellipsis);
            }

            position += grapheme.Text.Length;
            if (width <= cells - 1)
            {
                keep = position;
            }
        }

        return text;
    }

    /// <summary>
    /// <paramref name="text"/> in at most <paramref name="cells"/>, with "…" in place of its middle when something was cut: both ends of
    /// a name tell more than its middle. A wide character is never split.
    /// </summary>
    public static string CutMiddle(string text, int cells)
    {
        if (cells < 3 || Width(text) <= cells)
        {
            return Truncate(text, cells);
        }

        var starts = new List<(int Position, int Cell)>();
        int position = 0, width = 0;
        foreach (var grapheme in Graphemes(text))
        {
            starts.Add((position, width));
            position += grapheme.Text.Length;
            width += grapheme.Width;
        }

        // The start is the longer half, and what is left of the room goes to the end.
        var head = starts.FindLast(start => start.Cell <= cells / 2);
        var tail = starts.Find(start => width - start.Cell <= cells - head.Cell - 1);
        return string.Concat(text.AsSpan(0, head.Position), Ellipsis, tail.Position == 0 ? "" : text.AsSpan(tail.Position));
    }

    /// <summary>
    /// What is left of <paramref name="text"/> behind its first <paramref name="cells"/>; of a wide character that is cut, a
    /// blank.
    /// </summary>
    public static string Skip(string text, int cells)
    {
        int width = 0, position = 0;
        foreach (var grapheme in Graphemes(text))
        {
            if (width >= cells)
            {
                break;
            }

            width += grapheme.Width;
            position += grapheme.Text.Length;
        }

        return width > cells ? string.Concat(" ", text.AsSpan(position)) : text[position..];
    }

    /// <summary>
    /// Adds spaces on the right until <paramref name="text"/> takes <paramref name="cells"/>; a wider text stays as it is.
    /// </summary>
    public static string PadRight(string text, int cells)
    {
        var missing = cells - Width(text);
        return missing <= 0 ? text : text.PadRight(text.Length + missing);
    }

    /// <summary>Exactly <paramref name="cells"/> cells: cut with "…" or padded with spaces.</summary>
    public static string Fit(string text, int cells) => PadRight(Truncate(text, cells), Math.Max(0, cells));

    /// <summary>Walks the clusters of <paramref name="text"/> without allocating.</summary>
    public static GraphemeWalk Graphemes(ReadOnlySpan<char> text) => new(text);

    /// <summary>Cells one cluster takes: 1 or 2.</summary>
    internal static int GraphemeWidth(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.Length == 1)
        {
            var single = grapheme[0];
            return char.IsAscii(single) ? 1 : Math.Clamp(WidthOf(single), 1, 2);
        }

        var width = 0;
        foreach (var rune in grapheme.EnumerateRunes())
        {
            width += rune.IsBmp ? WidthOf((char)rune.Value) : Math.Max(0, rune.GetColumns());
        }

        return Math.Clamp(width, 1, 2);
    }

    /// <summary>
    /// Whether terminals may differ about the cells that one cluster takes: sequences, half vowels, and what has no width of
    /// its own.
    /// </summary>
    internal static bool IsWidthDisputed(ReadOnlySpan<char> grapheme)
    {
        if (grapheme.Length > 1)
        {
            return true;
        }

        return !char.IsAscii(grapheme[0])
            && (WidthOf(grapheme[0]) == 0 || char.GetUnicodeCategory(grapheme[0]) == UnicodeCategory.SpacingCombiningMark);
    }

    /// <summary>
    /// Cells that a cluster takes where a terminal draws all its parts side by side; at least two where its width is disputed.
    /// </summary>
    internal static int MaxWidth(ReadOnlySpan<char> grapheme)
    {
        if (!IsWidthDisputed(grapheme))
        {
            return GraphemeWidth(grapheme);
        }

        var width = 0;
        foreach (var rune in grapheme.EnumerateRunes())
        {
            width += Math.Clamp(rune.GetColumns(), 1, 2);
        }

        return Math.Max(2, width);
    }

    internal static int NextGraphemeLength(ReadOnlySpan<char> text)
    {
        // Two ASCII characters in a row are two clusters; only CR LF is not, and clean text has neither.
        if (char.IsAscii(text[0]) && (text.Length == 1 || char.IsAscii(text[1])))
        {
            return 1;
        }

        return StringInfo.GetNextTextElementLength(text);
    }

    private static int WidthOf(char character)
    {
        var known = BmpWidths[character];
        if (known != 0)
        {
            return known - 1;
        }

        var width = char.IsSurrogate(character) ? 1 : Math.Clamp(new Rune(character).GetColumns(), 0, 2);
        BmpWidths[character] = (byte)(width + 1);
        return width;
    }
}
