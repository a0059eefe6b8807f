namespace OpsManager.Contract.Json;

/// <summary>Mends JSON that is valid by its grammar and still no text.</summary>
public static class JsonText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Without the byte order mark that some editors put at the start of a file.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => utf8[MarkLength(utf8.Span)..];

    /// <summary>Bytes of the mark at the start of a file; 0 where there is none.</summary>
    public static int MarkLength(ReadOnlySpan<byte> utf8) => utf8.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <summary>Whether it may hold NaN, Infinity or -Infinity, which JSON does not know. They may also be part of a text.</summary>
    public static bool HasNoNumber(ReadOnlySpan<byte> json) => json.IndexOf("NaN"u8) >= 0 || json.IndexOf("Infinity"u8) >= 0;

    /// <summary>
    /// <paramref name="json"/> as a reader of JSON takes it: <c>NaN</c> and <c>Infinity</c>, which some writers put in the place of a
    /// number, are null, and half a surrogate pair is U+FFFD. Mostly returns what it was given.
    /// </summary>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json) => MendPairs(HasNoNumber(json.Span) ? MendNumbers(json) : json);

    /// <summary>Outside of texts, every NaN, Infinity and -Infinity becomes null.</summary>
    private static ReadOnlyMemory<byte> MendNumbers(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        var mended = new List<byte>(text.Length + 16);
        var isText = false;
        for (var at = 0; at < text.Length;)
        {
            var length = isText ? 0 : NoNumberAt(text[at..]);
            if (length > 0 && IsAlone(text, at, length))
            {
                mended.AddRange("null"u8);
                at += length;
                continue;
            }

            if (isText && text[at] == '\\' && at + 1 < text.Length)
            {
                mended.Add(text[at++]);
            }
            else if (text[at] == '"')
            {
                isText = !isText;
            }

            mended.Add(text[at++]);
        }

        return mended.ToArray();
    }

    private static int NoNumberAt(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;

    /// <summary>Whether it is a whole value, and not part of a word that is no JSON either way.</summary>
    private static bool IsAlone(ReadOnlySpan<byte> text, int at, int length) =>
        (at == 0 || " \t\r\n:,["u8.Contains(text[at - 1])) && (at + length == text.Length || " \t\r\n,]}"u8.Contains(text[at + length]));

    /// <summary>
    /// <paramref name="json"/> with every escape of half a surrogate pair replaced by U+FFFD. JSON allows such escapes, no string
    /// can hold them, and the reader throws where one is used: mended here, they cannot fail later. Mostly returns what it was given.
    /// </summary>
    private static ReadOnlyMemory<byte> MendPairs(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        byte[]? mended = null;
        var at = 0;
        while (text[at..].IndexOf((byte)'\\') is >= 0 and var found)
        {
            at += found;
            if (CodeAt(text, at) is not { } code)
            {
                // Any other escape is two characters, and the second may be a backslash.
                at = Math.Min(at + 2, text.Length);
                continue;
            }

            if (char.IsHighSurrogate(code) && CodeAt(text, at + 6) is { } low && char.IsLowSurrogate(low))
            {
                at += 12;
                continue;
            }

            if (char.IsSurrogate(code))
            {
                mended ??= json.ToArray();
                "\\ufffd"u8.CopyTo(mended.AsSpan(at));
            }

            at += 6;
        }

        return mended ?? json;
    }

    /// <summary>The code of the \uXXXX escape that starts at <paramref name="at"/>; null where none does.</summary>
    private static char? CodeAt(ReadOnlySpan<byte> text, int at)
    {
        if (at + 6 > text.Length || text[at] != '\\' || text[at + 1] != 'u')
        {
            return null;
        }

        var code = 0;
        foreach (var digit in text.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return null;
            }

            code = (code * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)code;
    }
}
