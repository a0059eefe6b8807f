using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpsManager.EndToEnd.Wire;

/// <summary>
/// All that a screen may send: knows every sequence and every kind of character, and finds the first byte that is none of them.
/// Shares nothing with the program, so that both would have to be wrong in the same way.
/// </summary>
public sealed class WireVocabulary
{
    private const int MaxMarks = 4;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private static readonly string[] Modes =
    [
        "?2026h", "?2026l", "?25h", "?25l", "?1049h", "?1049l", "?2004h", "?2004l", "?1l",
        "?9l", "?1000l", "?1002l", "?1003l", "?1005l", "?1006l", "?1015l", "22;0t", "23;0t", "2J",
    ];

    /// <summary>What the screen sends by itself.</summary>
    public static WireVocabulary Own { get; } = new();

    /// <summary>Characters outside ASCII are allowed.</summary>
    public bool BeyondAscii { get; init; } = true;

    /// <summary>A text may be sent to the clipboard (OSC 52).</summary>
    public bool Clipboard { get; init; }

    /// <summary>Whole sequences that are allowed besides.</summary>
    public IReadOnlyList<string> Besides { get; init; } = [];

    /// <summary>Parameters of SGR that are allowed besides.</summary>
    public IReadOnlyList<int> RenditionsBesides { get; init; } = [];

    /// <summary>
    /// The first thing in <paramref name="sent"/> that is not in the vocabulary, with its place; null where there is none.
    /// </summary>
    public string? FirstStranger(ReadOnlySpan<byte> sent)
    {
        var at = 0;
        while (at < sent.Length)
        {
            var length = sent[at] == 0x1B ? Sequence(sent[at..]) : Text(sent[at..]);
            if (length <= 0)
            {
                var from = Math.Max(0, at - 20);
                return $"at byte {at}: {Readable(sent[at..Math.Min(sent.Length, at + 40)])}, after {Readable(sent[from..at])}";
            }

            at += length;
        }

        return null;
    }

    /// <summary>Length of the sequence at the start, or 0.</summary>
    private int Sequence(ReadOnlySpan<byte> sent)
    {
        foreach (var allowed in Besides)
        {
            if (sent.StartsWith(Encoding.ASCII.GetBytes(allowed)))
            {
                return allowed.Length;
            }
        }

        return sent.Length < 2 ? 0 : (char)sent[1] switch
        {
            '[' => Control(sent),
            ']' => Command(sent),
            'P' when Clipboard && sent.StartsWith("\ePtmux;\e"u8) => ThroughTmux(sent),
            '>' => 2,
            _ => 0,
        };
    }

    private int Control(ReadOnlySpan<byte> sent)
    {
        var end = 2;
        while (end < sent.Length && sent[end] is >= 0x20 and <= 0x3F)
        {
            end++;
        }

        if (end == sent.Length)
        {
            return 0;
        }

        var parameters = Encoding.ASCII.GetString(sent[2..end]);
        var whole = parameters + (char)sent[end];
        var known = (char)sent[end] switch
        {
            'H' => parameters.Split(';') is [var row, var column] && IsPlace(row) && IsPlace(column),
            'C' => parameters.Length == 0 || IsPlace(parameters),
            'm' => IsRendition(parameters.Split(';')),
            _ => Modes.Contains(whole),
        };
        return known ? end + 1 : 0;
    }

    private int Command(ReadOnlySpan<byte> sent)
    {
        if (sent.StartsWith("\e]0;"u8))
        {
            var end = sent.IndexOf("\e\\"u8);
            return end >= 4 && IsText(sent[4..end]) ? end + 2 : 0;
        }

        if (Clipboard && sent.StartsWith("\e]52;c;"u8))
        {
            var end = sent.IndexOf((byte)'\a');
            return end >= 7 && sent[7..end].IndexOfAnyExcept(Base64) < 0 ? end + 1 : 0;
        }

        return 0;
    }

    /// <summary>The text for the clipboard once more, wrapped so that tmux passes it on.</summary>
    private int ThroughTmux(ReadOnlySpan<byte> sent)
    {
        const int Wrap = 8;
        var length = Command(sent[Wrap..]);
        return length > 0 && sent[(Wrap + length)..].StartsWith("\e\\"u8) ? Wrap + length + 2 : 0;
    }

    /// <summary>Length of the text up to the next sequence; 0 where something in it is no text.</summary>
    private int Text(ReadOnlySpan<byte> sent)
    {
        var end = sent.IndexOf((byte)0x1B);
        var text = end < 0 ? sent : sent[..end];
        return IsText(text) ? text.Length : 0;
    }

    private bool IsText(ReadOnlySpan<byte> text)
    {
        // Before the first character of a text a mark has nothing to stand on, and would change what is on the screen.
        var marks = MaxMarks;
        Rune before = default;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done || (!BeyondAscii && !rune.IsAscii))
            {
                return false;
            }

            text = text[length..];
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    if (++marks > MaxMarks)
                    {
                        return false;
                    }

                    break;
                case UnicodeCategory.Format:
                    if (!JoinsPictures(before, rune, text))
                    {
                        return false;
                    }

                    break;
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned:
                    return false;
                default:
                    // Letters that show nothing.
                    if (rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0)
                    {
                        return false;
                    }

                    marks = 0;
                    break;
            }

            before = rune;
        }

        return true;
    }

    /// <summary>The one invisible character that is let through: the joiner between two emoji, as in a family.</summary>
    private static bool JoinsPictures(Rune before, Rune rune, ReadOnlySpan<byte> rest) =>
        rune.Value == 0x200D
            && IsPicture(before)
            && Rune.DecodeFromUtf8(rest, out var after, out _) == OperationStatus.Done
            && IsPicture(after);

    private static bool IsPicture(Rune rune) => rune.Value is 0xFE0F or (>= 0x2190 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1FAFF);

    private static bool IsPlace(string text) => Number(text) is > 0 and < 10_000;

    private bool IsRendition(string[] parameters)
    {
        for (var at = 0; at < parameters.Length; at++)
        {
            switch (Number(parameters[at]))
            {
                case 0 or 1 or 2 or 3 or 4 or 5 or 7 or 9 or 39 or 49:
                case (>= 30 and <= 37) or (>= 40 and <= 47) or (>= 90 and <= 97) or (>= 100 and <= 107):
                    break;
                case 38 or 48 when parameters[at..] is [_, "5", var index, ..] && Number(index) is >= 0 and <= 255:
                    at += 2;
                    break;
                case 38 or 48 when parameters[at..] is [_, "2", var red, var green, var blue, ..]
                    && new[] { red, green, blue }.All(static part => Number(part) is >= 0 and <= 255):
                    at += 4;
                    break;
                case var other when RenditionsBesides.Contains(other):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Readable(ReadOnlySpan<byte> bytes)
    {
        var readable = new StringBuilder();
        foreach (var one in bytes)
        {
            readable.Append(one is >= 0x20 and <= 0x7E ? ((char)one).ToString() : $"<{one:X2}>");
        }

        return readable.ToString();
    }
}
