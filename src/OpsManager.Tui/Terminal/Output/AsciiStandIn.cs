using System.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>What stands for a character on a terminal that takes ASCII only.</summary>
internal static class AsciiStandIn
{
    /// <summary>Exactly <paramref name="width"/> ASCII characters.</summary>
    public static string For(string text, int width)
    {
        var stand = text[0] switch
        {
            >= ' ' and <= '~' => text[0],
            '─' or '━' or '═' or '╌' or '–' or '—' or '‐' or '‑' or '−' => '-',
            '│' or '┃' or '║' or '╎' => '|',
            (>= '┌' and <= '╋') or (>= '╒' and <= '╬') or (>= '╭' and <= '╰') => '+',
            '·' or '•' or '…' or '∙' => '.',
            '●' or '◉' or '★' or '✱' => '*',
            '○' or '◌' => 'o',
            '→' or '▶' or '▸' or '›' or '»' => '>',
            '←' or '◀' or '◂' or '‹' or '«' => '<',
            '↑' or '▲' or '▴' => '^',
            '↓' or '▼' or '▾' => 'v',
            '✓' or '✔' => '+',
            '✗' or '✘' or '×' => 'x',
            // The eighths, so that a strip of bars still has its shape.
            >= '▁' and <= '█' => ".:-=+*##"[text[0] - '▁'],
            '░' or '▒' or '▓' => ':',
            '‘' or '’' => '\'',
            '“' or '”' => '"',
            '\u00A0' => ' ',
            _ => '?',
        };
        return width == 1 ? Single(stand) : new string(stand, width);
    }

    /// <summary>A whole clean text, each character as wide as it was.</summary>
    public static string ForAll(string text)
    {
        var ascii = new StringBuilder();
        foreach (var grapheme in CellText.Graphemes(text))
        {
            ascii.Append(For(grapheme.Text.ToString(), grapheme.Width));
        }

        return ascii.ToString();
    }

    private static string Single(char character) => CellStrings.For(character);
}
