using System.Text;
using Terminal.Gui.App;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// Copies to the clipboard of the operator's own machine through the terminal (OSC 52), also over SSH and tmux. Reading it back is
/// not possible; what was copied here last is pasted instead.
/// </summary>
internal sealed class Osc52Clipboard : ClipboardBase
{
    /// <summary>Longest text in UTF-8 bytes; terminals drop sequences past about 100,000 characters.</summary>
    public const int MaxBytes = 70_000;

    private readonly Action<byte[]> write;
    private readonly Multiplexer multiplexer;
    private string last = "";

    /// <param name="write">Sends bytes to the terminal.</param>
    /// <param name="multiplexer">What has to let them through.</param>
    public Osc52Clipboard(Action<byte[]> write, Multiplexer multiplexer = Multiplexer.None) =>
        (this.write, this.multiplexer) = (write, multiplexer);

    /// <inheritdoc/>
    public override bool IsSupported => true;

    /// <summary>Copies <paramref name="text"/>; false when it is longer than <see cref="MaxBytes"/>, and then nothing is copied.</summary>
    public bool Copy(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MaxBytes)
        {
            return false;
        }

        last = text;
        write(ClipboardSequence.Create(bytes, multiplexer));
        return true;
    }

    /// <inheritdoc/>
    protected override string GetClipboardDataImpl() => last;

    /// <inheritdoc/>
    protected override void SetClipboardDataImpl(string text) => Copy(text);
}
