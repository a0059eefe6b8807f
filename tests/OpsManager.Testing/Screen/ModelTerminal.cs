using System.Globalization;
using System.Text;
using OpsManager.Contract.Text;
using OpsManager.Tui.Text;

namespace OpsManager.Testing;

/// <summary>
/// A terminal that understands exactly what the screen may send and throws on anything else; keeps the grid a reader would see.
/// </summary>
public sealed class ModelTerminal
{
    private const char Bell = '\a';

    private readonly (string Text, string Style)[,] cells;
    private readonly SortedSet<string> style = new(StringComparer.Ordinal);
    private int row;
    private int column;

    public ModelTerminal(int columns, int rows)
    {
        cells = new (string, string)[rows, columns];
        Clear();
    }

    public bool CursorVisible { get; private set; }

    public (int Column, int Row) Cursor => (column, row);

    /// <summary>Window title, "" until one was set.</summary>
    public string Title { get; private set; } = "";

    public (string Text, string Style) this[int row, int column] => cells[row, column];

    public string Line(int row)
    {
        var line = new StringBuilder();
        for (var at = 0; at < cells.GetLength(1); at++)
        {
            line.Append(cells[row, at].Text);
        }

        return line.ToString();
    }

    /// <exception cref="FormatException">Something that is not in the vocabulary.</exception>
    public void Feed(string sent)
    {
        var at = 0;
        while (at < sent.Length)
        {
            if (sent[at] == '\e')
            {
                at = Escape(sent, at);
                continue;
            }

            if (sent[at] == Bell)
            {
                // It moves nothing: a notification rings it, whenever one is due.
                at++;
                continue;
            }

            var end = sent.AsSpan(at).IndexOfAny('\e', Bell) is >= 0 and var next ? at + next : -1;
            var text = end < 0 ? sent[at..] : sent[at..end];
            foreach (var grapheme in CellText.Graphemes(text))
            {
                Put(grapheme.Text.ToString(), grapheme.Width);
            }

            at += text.Length;
        }
    }

    private int Escape(string sent, int start)
    {
        var kind = start + 1 < sent.Length ? sent[start + 1] : '\0';
        if (kind == ']')
        {
            var end = sent.IndexOf("\e\\", start, StringComparison.Ordinal);
            var body = end < 0 ? throw new FormatException("unfinished OSC") : sent[(start + 2)..end];
            if (!body.StartsWith("0;", StringComparison.Ordinal) || !SafeText.IsClean(body))
            {
                throw new FormatException($"OSC {body}");
            }

            Title = body[2..];
            return end + 2;
        }

        if (kind == '>')
        {
            return start + 2;
        }

        if (kind != '[')
        {
            throw new FormatException($"ESC {(int)kind}");
        }

        var final = start + 2;
        while (final < sent.Length && sent[final] is >= '0' and <= '?')
        {
            final++;
        }

        Sequence(sent[(start + 2)..final], final < sent.Length ? sent[final] : '\0');
        return final + 1;
    }

    private void Sequence(string parameters, char final)
    {
        switch (final, parameters)
        {
            case ('h', "?2026") or ('l', "?2026"):
            case ('l', "?1003" or "?1002" or "?1000" or "?9" or "?1005" or "?1015" or "?1006")
                or ('h', "?2004") or ('l', "?2004") or ('l', "?1"):
            case ('h', "?1002" or "?1006") or ('h', "?1049") or ('l', "?1049"):
            case ('t', "22;0" or "23;0"):
                break;
            case ('h', "?25"):
                CursorVisible = true;
                break;
            case ('l', "?25"):
                CursorVisible = false;
                break;
            case ('J', "2"):
                Clear();
                break;
            case ('C', _):
                column += parameters.Length == 0 ? 1 : Number(parameters);
                break;
            case ('H', _) when parameters.Split(';') is [var line, var at]:
                row = Number(line) - 1;
                column = Number(at) - 1;
                break;
            case ('m', _):
                Rendition(parameters.Split(';'));
                break;
            default:
                throw new FormatException($"CSI {parameters}{final}");
        }
    }

    private void Rendition(string[] parameters)
    {
        for (var at = 0; at < parameters.Length; at++)
        {
            var parameter = Number(parameters[at]);
            switch (parameter)
            {
                case 0:
                    style.Clear();
                    break;
                case >= 1 and <= 9:
                    style.Add(parameters[at]);
                    break;
                case 38 or 48:
                    var length = parameters[at + 1] == "2" ? 5 : 3;
                    Ground(parameter == 38 ? "f" : "b", string.Join(';', parameters[at..(at + length)]));
                    at += length - 1;
                    break;
                case 39 or 49:
                    Ground(parameter == 39 ? "f" : "b", null);
                    break;
                case (>= 30 and <= 37) or (>= 90 and <= 97):
                    Ground("f", parameters[at]);
                    break;
                case (>= 40 and <= 47) or (>= 100 and <= 107):
                    Ground("b", parameters[at]);
                    break;
                default:
                    throw new FormatException($"SGR {parameter}");
            }
        }
    }

    private void Ground(string ground, string? color)
    {
        style.RemoveWhere(entry => entry.StartsWith(ground, StringComparison.Ordinal));
        if (color is not null)
        {
            style.Add(ground + color);
        }
    }

    private void Put(string text, int width)
    {
        if (!SafeText.IsClean(text))
        {
            throw new FormatException($"text U+{(int)text[0]:X4}");
        }

        if (row < 0 || row >= cells.GetLength(0) || column < 0 || column + width > cells.GetLength(1))
        {
            throw new FormatException($"text at {column},{row} outside the screen");
        }

        // Writing on one half of a wide character blanks the other, as terminals do.
        if (cells[row, column].Text.Length == 0)
        {
            cells[row, column - 1].Text = " ";
        }

        var behind = column + width;
        if (behind < cells.GetLength(1) && cells[row, behind].Text.Length == 0)
        {
            cells[row, behind].Text = " ";
        }

        var styles = string.Join(' ', style);
        cells[row, column] = (text, styles);
        if (width == 2)
        {
            cells[row, column + 1] = ("", styles);
        }

        column += width;
    }

    private void Clear()
    {
        for (var line = 0; line < cells.GetLength(0); line++)
        {
            for (var at = 0; at < cells.GetLength(1); at++)
            {
                cells[line, at] = (" ", "");
            }
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
