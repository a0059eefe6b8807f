namespace OpsManager.Contract.Json;

/// <summary>Mends JSON that is valid by its grammar and still no text.</summary>
public static class JsonText
{
    /// <summary>
    /// <paramref name="json"/> with every escape of half a surrogate pair replaced by U+FFFD. JSON allows such escapes, no string
    /// can hold them, and the reader throws where one is used: mended here, they cannot fail later. Mostly returns what it was given.
    /// </summary>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json)
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
