using OpsManager.Contract.Text;
using OpsManager.Sources.Sprite;

namespace OpsManager.Cli;

/// <summary>How far something is, in one line of standard error that is written over; only where that is a terminal.</summary>
internal sealed class ProgressLine(VerbContext context, TextWriter error) : IDisposable
{
    private readonly bool isShown = context.ErrorIsTerminal();
    private readonly Lock gate = new();
    private int width;

    /// <summary>Shows how far it is; on any thread.</summary>
    public void Show(ReadProgress progress)
    {
        if (isShown)
        {
            lock (gate)
            {
                Write(SafeText.Clean(progress.Text));
            }
        }
    }

    /// <summary>Takes the line away, so that something else can be written.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (width > 0)
            {
                Write("");
                error.Write('\r');
                error.Flush();
            }
        }
    }

    public void Dispose() => Clear();

    private void Write(string text)
    {
        error.Write($"\r{text.PadRight(width)}");
        error.Flush();
        width = text.Length;
    }
}
