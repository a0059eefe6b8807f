using System.Globalization;
using OpsManager.Configuration.Themes;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Pager;

/// <summary>
/// The colours and styles that a log asks a terminal for (SGR), as looks of ours. Nothing of a sequence reaches the terminal: those that
/// are whole are left out, and of one that is not its first character is shown as a picture. Each line begins plain.
/// </summary>
internal static class LogColours
{
    private const char Escape = '\u001b';

    /// <summary>Longest sequence that is taken for one.</summary>
    private const int MaxSequence = 4096;

    public static IEnumerable<StyledRun> Runs(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            yield return new(text, StyleRole.Text);
            yield break;
        }

        var pen = new SgrPen();
        var start = 0;
        for (var at = text.IndexOf(Escape); at >= 0 && at < text.Length;)
        {
            var end = EndOf(text, at);
            if (end < 0)
            {
                // No sequence: it stays, and is cleaned with the rest.
                at = text.IndexOf(Escape, at + 1);
                continue;
            }

            if (at > start)
            {
                yield return new(text[start..at], StyleRole.Text, pen.Ink);
            }

            if (text[at + 1] == '[' && text[end - 1] == 'm')
            {
                pen = pen.With(text.AsSpan(at + 2, end - at - 3));
            }

            start = end;
            at = text.IndexOf(Escape, end);
        }

        yield return new(text[start..], StyleRole.Text, pen.Ink);
    }

    /// <summary>What a line shows last: a program that reports its progress writes over it, behind a carriage return.</summary>
    public static string LastState(string text, string tail)
    {
        // Of a long line the end is what it shows last.
        var shown = tail.Contains('\r', StringComparison.Ordinal) ? tail : text;
        shown = shown.TrimEnd('\r');
        return shown.LastIndexOf('\r') is >= 0 and var last ? shown[(last + 1)..] : shown;
    }

    /// <summary>Behind the sequence that begins at <paramref name="at"/>; -1 where none does.</summary>
    private static int EndOf(string text, int at)
    {
        var limit = Math.Min(text.Length, at + MaxSequence);
        if (at + 1 >= limit)
        {
            return -1;
        }

        switch (text[at + 1])
        {
            case '[':
                for (var i = at + 2; i < limit; i++)
                {
                    if (text[i] is >= '@' and <= '~')
                    {
                        return i + 1;
                    }

                    if (text[i] is < ' ' or > '?')
                    {
                        return -1;
                    }
                }

                return -1;
            case ']' or 'P' or '_' or '^' or 'X':
                for (var i = at + 2; i < limit; i++)
                {
                    if (text[i] == '\a' || (text[i] == '\\' && text[i - 1] == Escape))
                    {
                        return i + 1;
                    }
                }

                return -1;
            case >= ' ' and <= '/':
                return at + 2 < limit && text[at + 2] is >= '0' and <= '~' ? at + 3 : -1;
            case >= '0' and <= '~':
                return at + 2;
            default:
                return -1;
        }
    }

    /// <summary>What the sequences so far have set.</summary>
    private readonly record struct SgrPen(ThemeColor Foreground, ThemeColor Background, TextStyles Styles)
    {
        /// <summary>Null where nothing is set. Text in the colour of its ground would be hidden: then the ground is left out.</summary>
        public Ink? Ink => this == default ? null
            : new Ink(Foreground, Background == Foreground ? ThemeColor.None : Background, Styles);

        public SgrPen With(ReadOnlySpan<char> parameters)
        {
            var numbers = new List<int>();
            foreach (var part in parameters.ToString().Split(';', ':'))
            {
                numbers.Add(
                    part == "" ? 0 : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
            }

            var pen = this;
            for (var i = 0; i < numbers.Count; i++)
            {
                pen = numbers[i] switch
                {
                    0 => default,
                    1 => pen with { Styles = pen.Styles | TextStyles.Bold },
                    2 => pen with { Styles = pen.Styles | TextStyles.Faint },
                    3 => pen with { Styles = pen.Styles | TextStyles.Italic },
                    4 => pen with { Styles = pen.Styles | TextStyles.Underline },
                    7 => pen with { Styles = pen.Styles | TextStyles.Reverse },
                    22 => pen with { Styles = pen.Styles & ~(TextStyles.Bold | TextStyles.Faint) },
                    23 => pen with { Styles = pen.Styles & ~TextStyles.Italic },
                    24 => pen with { Styles = pen.Styles & ~TextStyles.Underline },
                    27 => pen with { Styles = pen.Styles & ~TextStyles.Reverse },
                    >= 30 and <= 37 => pen with { Foreground = Named(numbers[i] - 30) },
                    38 => pen with { Foreground = Extended(numbers, ref i) },
                    39 => pen with { Foreground = ThemeColor.None },
                    >= 40 and <= 47 => pen with { Background = Named(numbers[i] - 40) },
                    48 => pen with { Background = Extended(numbers, ref i) },
                    49 => pen with { Background = ThemeColor.None },
                    >= 90 and <= 97 => pen with { Foreground = Named(numbers[i] - 90 + 8) },
                    >= 100 and <= 107 => pen with { Background = Named(numbers[i] - 100 + 8) },
                    _ => pen,
                };
            }

            return pen;
        }

        private static ThemeColor Named(int index) => new(ColorNames.All[index], null);

        /// <summary>A colour of 256 (5;n) or of 24 bits (2;r;g;b); none where it is neither.</summary>
        private static ThemeColor Extended(List<int> numbers, ref int at)
        {
            if (at + 2 < numbers.Count && numbers[at + 1] == 5)
            {
                at += 2;
                return Indexed(numbers[at]);
            }

            if (at + 4 < numbers.Count && numbers[at + 1] == 2)
            {
                at += 4;
                return new(null, (Byte(numbers[at - 2]) << 16) | (Byte(numbers[at - 1]) << 8) | Byte(numbers[at]));
            }

            at = numbers.Count;
            return ThemeColor.None;
        }

        private static ThemeColor Indexed(int index)
        {
            if (index is < 0 or > 255)
            {
                return ThemeColor.None;
            }

            if (index < 16)
            {
                return Named(index);
            }

            if (index >= 232)
            {
                return new(null, (8 + ((index - 232) * 10)) * 0x010101);
            }

            var cube = index - 16;
            return new(null, (Level(cube / 36) << 16) | (Level(cube / 6 % 6) << 8) | Level(cube % 6));
        }

        private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);

        private static int Byte(int value) => Math.Clamp(value, 0, 255);
    }
}
