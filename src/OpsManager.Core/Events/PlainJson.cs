using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OpsManager.Core.Events;

/// <summary>
/// Walks over JSON on one line that is written plainly: no blanks but one behind a comma or a colon, no deep nesting. Stricter than
/// JSON, never laxer: what is accepted here is valid, and -1 says only that somebody else has to look. The text is known to be UTF-8.
/// </summary>
/// <remarks>Every method takes the position of a piece and gives the one behind it.</remarks>
internal static class PlainJson
{
    public const int Unsure = -1;

    /// <summary>Deepest nesting that is walked, far below what a reader of JSON takes.</summary>
    private const int MaxDepth = 32;

    /// <summary>The byte at a position; 0, which no JSON holds, behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;

    /// <summary>From inside a string that has no escape to its closing quote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainEnd(ReadOnlySpan<byte> text, int at)
    {
        var end = Special(text, at);
        return At(text, end) == '"' ? end : Unsure;
    }

    /// <summary>Behind a separator, and the blank behind it where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Behind(ReadOnlySpan<byte> text, int separator) => At(text, separator + 1) == ' ' ? separator + 2 : separator + 1;

    /// <summary>Over a value of any kind.</summary>
    public static int Value(ReadOnlySpan<byte> text, int at) =>
        At(text, at) is (byte)'{' or (byte)'[' ? Nested(text, at) : Scalar(text, at);

    /// <summary>Over a number, by the grammar of JSON.</summary>
    public static int Number(ReadOnlySpan<byte> text, int at)
    {
        at += At(text, at) == '-' ? 1 : 0;
        var first = at;
        at = Digits(text, at);
        if (at == first || (text[first] == '0' && at - first > 1))
        {
            return Unsure;
        }

        if (At(text, at) == '.')
        {
            var fraction = at + 1;
            at = Digits(text, fraction);
            if (at == fraction)
            {
                return Unsure;
            }
        }

        if (At(text, at) is (byte)'e' or (byte)'E')
        {
            var exponent = at + (At(text, at + 1) is (byte)'+' or (byte)'-' ? 2 : 1);
            at = Digits(text, exponent);
            if (at == exponent)
            {
                return Unsure;
            }
        }

        return at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)(At(text, at) - '0') <= 9)
        {
            at++;
        }

        return at;
    }

    private static int Scalar(ReadOnlySpan<byte> text, int at) => At(text, at) switch
    {
        (byte)'"' => String(text, at),
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(text, at),
        (byte)'t' when text[at..].StartsWith("true"u8) => at + 4,
        (byte)'f' when text[at..].StartsWith("false"u8) => at + 5,
        (byte)'n' when text[at..].StartsWith("null"u8) => at + 4,
        _ => Unsure,
    };

    private static int Nested(ReadOnlySpan<byte> text, int at)
    {
        // A bit for each level that is open: 1 for an object.
        ulong objects = 0;
        var depth = 0;
        while (at >= 0)
        {
            var next = At(text, at);
            if (next is (byte)'{' or (byte)'[')
            {
                if (++depth > MaxDepth)
                {
                    return Unsure;
                }

                objects = (objects << 1) | (next == '{' ? 1u : 0u);
                at++;
                if (At(text, at) != next + 2)
                {
                    at = next == '{' ? Name(text, at) : at;
                    continue;
                }
            }
            else
            {
                at = Scalar(text, at);
            }

            // A value has ended, or is before the end of an empty one: up to where the next value begins.
            while (at >= 0)
            {
                var inObject = (objects & 1) != 0;
                var end = At(text, at);
                if (end == ',')
                {
                    at = Behind(text, at);
                    at = inObject ? Name(text, at) : at;
                    break;
                }

                if (end != (inObject ? '}' : ']'))
                {
                    return Unsure;
                }

                at++;
                objects >>= 1;
                if (--depth == 0)
                {
                    return at;
                }
            }
        }

        return Unsure;
    }

    /// <summary>Over a field's name and its colon.</summary>
    private static int Name(ReadOnlySpan<byte> text, int at)
    {
        at = At(text, at) == '"' ? String(text, at) : Unsure;
        return at >= 0 && At(text, at) == ':' ? Behind(text, at) : Unsure;
    }

    private static int String(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (true)
        {
            at = Special(text, at);
            if (At(text, at) == '"')
            {
                return at + 1;
            }

            at = At(text, at) == '\\' ? Escape(text, at) : Unsure;
            if (at < 0)
            {
                return Unsure;
            }
        }
    }

    private static int Escape(ReadOnlySpan<byte> text, int at)
    {
        switch (At(text, at + 1))
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 2;
            case (byte)'u':
                for (var digit = at + 2; digit < at + 6; digit++)
                {
                    if (!char.IsAsciiHexDigit((char)At(text, digit)))
                    {
                        return Unsure;
                    }
                }

                return at + 6;
            default:
                return Unsure;
        }
    }

    /// <summary>The next quote, backslash or control character; the length of the text where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Special(ReadOnlySpan<byte> text, int at)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            var found = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes);
            if (found != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
            }
        }

        while (at < text.Length && text[at] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            at++;
        }

        return at;
    }
}
