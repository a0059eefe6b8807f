using System.Globalization;
using System.Text;

namespace OpsManager.EndToEnd.Wire;

/// <summary>
/// Texts that would do something to a terminal, were they sent to it. Short, so that each is seen in a narrow column as well.
/// </summary>
internal static class HostileText
{
    public static IReadOnlyList<string> Samples { get; } =
    [
        "\e]52;c;b3duZWQ=\a", "\e]0;owned\a", "\e]0;owned\e\\", "\e]8;;http://example.org\e\\x\e]8;;\e\\", "https://example.org/a",
        "\e[2J\e[H", "\e[?1049l\e[?25h", "\e[?1003h", "\e[6n\e[c\e[>q", "\e[31;1;8m", "\ec\e(0", "\eP$q\"p\e\\", "\e_G\e\\\e^\e\\\eX",
        "\u009B2J\u009D0;x\u009C", C1(0x80), C1(0x90),
        "\u202Eabc\u202C", "\u2066abc\u2069\u200F", "a\u200B\u200C\u2060b\uFEFF", "a\u2028b\u2029c\u0085", "\u00AD\u061C\u180E\u3164",
        "\U000E0041\U000E007F\U000E0001", "\uE000\uF8FF\U000F0000", "\uD800x\uDC00\uFFFF", "a" + new string('\u0301', 60),
        "\u0301\u20DD\u0488",
        "日本語表計算", "👩\u200D👩\u200D👧\u200D👦🏽", "🇩🇪❤\uFE0F\u200D🔥x\u200Dy", "a\tb\r\nc\vd\fe\bf", "\0\u0001\u007F\a", "हिन्दी ﷽ ꧅",
    ];

    /// <summary>The raw bytes of all samples and of sequences that are no UTF-8, one a line.</summary>
    public static byte[] Page(string mark)
    {
        using var page = new MemoryStream();
        for (var i = 0; i < Samples.Count; i++)
        {
            page.Write(Encoding.UTF8.GetBytes($"{Name(mark, i)}{Samples[i].Replace('\n', ' ')}\n"));
        }

        page.Write(
            [.. "invalid "u8, 0x9B, (byte)'2', (byte)'J', 0x9D, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF5, 0x80, 0xFF, 0xC0, 0xAF, (byte)'\n']);
        page.Write(Encoding.UTF8.GetBytes($"{mark}end\n"));
        return page.ToArray();
    }

    /// <summary>How sample <paramref name="index"/> begins where <paramref name="mark"/> says what it stands in.</summary>
    public static string Name(string mark, int index) => mark + index.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>The text as it stands in JSON between quotes; a half character stays half.</summary>
    public static string Json(string text)
    {
        var json = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (pair)
            {
                json.Append(text, i++, 2);
            }
            else if (text[i] < ' ' || text[i] is '"' or '\\' || char.IsSurrogate(text[i]))
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                json.Append(text[i]);
            }
        }

        return json.ToString();
    }

    /// <summary>Whether a file can have this in its name, as .NET passes names on.</summary>
    public static bool FitsFileName(string text) => !text.Contains('/') && !text.Contains('\0') && IsWhole(text);

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++))
            {
                return false;
            }
        }

        return true;
    }

    private static string C1(int from) => string.Concat(Enumerable.Range(from, 16).Select(static code => (char)code));
}
