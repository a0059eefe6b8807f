using System.Text;
using OpsManager.Configuration.Notify;
using OpsManager.Contract.Text;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>The bytes that ask a terminal to call the operator.</summary>
internal static class NotificationSequence
{
    /// <summary>Longest text, and longest title, in scalar values.</summary>
    public const int MaxRunes = 200;

    /// <param name="title">Who calls. OSC 9 has one text: the title is before it there.</param>
    /// <param name="text">What for; any text: it leaves with stand-ins for whatever could be an order to the terminal.</param>
    /// <param name="through">What has to let it through.</param>
    /// <param name="asciiOnly">For a terminal or locale that is not UTF-8.</param>
    public static byte[] Create(NotificationForm form, string title, string text, Multiplexer through, bool asciiOnly = false)
    {
        string Safe(string raw) => SafeText.Clean(raw, MaxRunes) is var clean && asciiOnly ? AsciiStandIn.ForAll(clean) : clean;
        return Encoding.UTF8.GetBytes(form switch
        {
            // The multiplexer has a bell of its own and passes it on as it is set.
            NotificationForm.Bell => "\a",
            // Some terminals take "9;4;" and the like for other orders; with no ";" in it the text is a text.
            NotificationForm.Osc9 => Passed($"\e]9;{NoSemicolon(Safe($"{title}: {text}"))}\a", through),
            // The first ";" after the title begins the text, which may hold more of them.
            NotificationForm.Osc777 => Passed($"\e]777;notify;{NoSemicolon(Safe(title))};{Safe(text)}\a", through),
            _ => "",
        });
    }

    private static string NoSemicolon(string text) => text.Replace(';', ',');

    /// <summary>
    /// Neither multiplexer knows these itself: only wrapped do they reach the terminal (tmux: where allow-passthrough is on).
    /// </summary>
    private static string Passed(string sequence, Multiplexer through) => through switch
    {
        Multiplexer.Tmux => $"\ePtmux;{sequence.Replace("\e", "\e\e", StringComparison.Ordinal)}\e\\",
        // At most 768 bytes are taken: a text of 200 scalar values may be longer in UTF-8.
        Multiplexer.Screen => string.Concat(sequence.Chunk(ScreenChunk).Select(static part => $"\eP{new string(part)}\e\\")),
        _ => sequence,
    };

    /// <summary>Characters, of which each takes at most three bytes in UTF-8.</summary>
    private const int ScreenChunk = 230;
}
