using System.Buffers;
using System.Globalization;
using System.Text;

namespace OpsManager.Contract.Text;

/// <summary>
/// Turns text that others wrote into text that can be put on a terminal: nothing in it moves the cursor, reorders, hides or
/// stacks up, and what was taken out stays visible as a stand-in.
/// </summary>
/// <remarks>
/// C0 controls and DEL become their pictures (U+2400..U+2421); tab and line ends become one space; C1 controls, bidi and other
/// format characters, line separators, private use, unassigned values, lone surrogates and invalid UTF-8 become U+FFFD; a zero
/// width joiner survives only between pictographs; a mark with no base becomes U+FFFD, and past four marks on a base they are dropped.
/// </remarks>
public static class SafeText
{
    /// <summary>Most scalar values kept when the caller names no bound: more than any screen row can show.</summary>
    public const int DefaultMaxRunes = 4096;

    /// <summary>Most combining marks kept on one base character.</summary>
    public const int MaxMarks = 4;

    private const char Replacement = '\uFFFD';
    private const char Ellipsis = '…';

    /// <summary>Cleans <paramref name="text"/>; gives back the same instance when there is nothing to change.</summary>
    /// <param name="text">Any text; null is the empty text.</param>
    /// <param name="maxRunes">Most scalar values to keep, at least 1; a longer text is cut there and ends in "…".</param>
    public static string Clean(string? text, int maxRunes = DefaultMaxRunes)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length <= maxRunes && IsPrintableAscii(text))
        {
            return text;
        }

        return TryClean(text, maxRunes, out var cleaned) ? cleaned : text;
    }

    /// <summary>Cleans a run of characters.</summary>
    public static string Clean(ReadOnlySpan<char> text, int maxRunes = DefaultMaxRunes) =>
        TryClean(text, maxRunes, out var cleaned) ? cleaned : text.ToString();

    /// <summary>Decodes and cleans UTF-8 in one pass; each maximal invalid run of bytes becomes one U+FFFD.</summary>
    public static string Clean(ReadOnlySpan<byte> utf8, int maxRunes = DefaultMaxRunes)
    {
        if (utf8.Length <= maxRunes && !utf8.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return Encoding.ASCII.GetString(utf8);
        }

        // A scalar value takes at most four bytes; what lies past the bound is never decoded.
        var bound = (long)maxRunes * 4 + 4;
        if (utf8.Length > bound)
        {
            utf8 = utf8[..(int)bound];
        }

        var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            var length = 0;
            while (!utf8.IsEmpty)
            {
                _ = Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
                length += rune.EncodeToUtf16(chars.AsSpan(length));
                utf8 = utf8[consumed..];
            }

            return Clean(chars.AsSpan(0, length), maxRunes);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    /// <summary>Whether <see cref="Clean(string?, int)"/> would leave <paramref name="text"/> as it is.</summary>
    public static bool IsClean(ReadOnlySpan<char> text) => IsPrintableAscii(text) || !TryClean(text, int.MaxValue, out _);

    /// <summary>Whether every character is in U+0020..U+007E: one cell each, and nothing to clean.</summary>
    public static bool IsPrintableAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Cleans into <paramref name="cleaned"/> and says true, or says false when nothing had to change.</summary>
    private static bool TryClean(ReadOnlySpan<char> text, int maxRunes, out string cleaned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRunes, 1);
        StringBuilder? output = null;
        var position = 0;
        var runes = 0;
        var marks = 0;
        var hasBase = false;
        // Where the last pictograph stands, while only its modifiers have followed; else -1.
        var pictograph = -1;

        while (position < text.Length)
        {
            var valid = Rune.DecodeFromUtf16(text[position..], out var rune, out var consumed) == OperationStatus.Done;
            if (runes == maxRunes)
            {
                output ??= new StringBuilder().Append(text[..position]);
                output.Append(Ellipsis);
                break;
            }

            var next = position + consumed;
            var kind = valid ? RuneKinds.For(rune) : RuneKind.Hidden;
            var joins = hasBase && (kind is RuneKind.Mark or RuneKind.SpacingMark);
            // Kept: the rune stays; Dropped: nothing is left of it; otherwise the stand-in for it.
            const char Kept = '\0';
            const char Dropped = '\uFFFF';
            var standIn = Kept;
            switch (kind)
            {
                case RuneKind.Plain:
                    break;
                case RuneKind.Mark or RuneKind.SpacingMark when joins:
                    standIn = ++marks > MaxMarks ? Dropped : Kept;
                    break;
                case RuneKind.SpacingMark:
                    break;
                case RuneKind.Joiner:
                    standIn = pictograph >= 0 && JoinsPictographs(text, pictograph, next) ? Kept : Replacement;
                    break;
                case RuneKind.Control:
                    standIn = rune.Value == 0x7F ? '\u2421' : (char)(0x2400 + rune.Value);
                    break;
                case RuneKind.Blank:
                    standIn = ' ';
                    break;
                default:
                    // Also a mark with nothing to join.
                    standIn = Replacement;
                    break;
            }

            if (!joins)
            {
                marks = 0;
                hasBase = true;
            }

            if (standIn != Kept || !(RuneKinds.IsPictographModifier(rune) || kind == RuneKind.Joiner))
            {
                pictograph = standIn == Kept && RuneKinds.IsPictograph(rune) ? position : -1;
            }

            if (standIn == Kept)
            {
                output?.Append(text[position..next]);
                runes++;
            }
            else
            {
                output ??= new StringBuilder(text.Length).Append(text[..position]);
                if (standIn != Dropped)
                {
                    output.Append(standIn);
                    runes++;
                }
            }

            position = next;
        }

        cleaned = output?.ToString() ?? "";
        return output is not null;
    }

    /// <summary>
    /// Whether the pictograph at <paramref name="from"/> and what follows the joiner before <paramref name="after"/> make one
    /// picture.
    /// </summary>
    private static bool JoinsPictographs(ReadOnlySpan<char> text, int from, int after) =>
        Rune.DecodeFromUtf16(text[after..], out var rune, out _) == OperationStatus.Done
        && RuneKinds.IsPictograph(rune)
        && StringInfo.GetNextTextElementLength(text[from..]) > after - from;
}
