using System.Text;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>The bytes that ask a terminal to take a text into its clipboard (OSC 52).</summary>
internal static class ClipboardSequence
{
    // GNU screen takes a device control string of 768 bytes at most, its ends included.
    private const int ScreenChunk = 700;

    /// <param name="utf8">The text.</param>
    /// <param name="through">What has to let it through.</param>
    public static byte[] Create(ReadOnlySpan<byte> utf8, Multiplexer through)
    {
        var plain = $"\e]52;c;{Convert.ToBase64String(utf8)}\a";
        return Encoding.ASCII.GetBytes(through switch
        {
            // Tmux takes the plain one where set-clipboard is on, and passes the wrapped one where allow-passthrough is. Nobody can
            // ask which; the same text twice does no harm.
            Multiplexer.Tmux => $"{plain}\ePtmux;{plain.Replace("\e", "\e\e", StringComparison.Ordinal)}\e\\",
            Multiplexer.Screen => string.Concat(plain.Chunk(ScreenChunk).Select(static part => $"\eP{new string(part)}\e\\")),
            _ => plain,
        });
    }
}
