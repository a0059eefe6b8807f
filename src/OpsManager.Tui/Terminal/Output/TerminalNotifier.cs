using OpsManager.Configuration.Notify;

namespace OpsManager.Tui.Terminal.Output;

/// <summary>Calls the operator through the terminal, at most once a second: of several at once one is heard. UI thread.</summary>
internal sealed class TerminalNotifier
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    private readonly NotificationForm form;
    private readonly Action<byte[]> write;
    private readonly Multiplexer multiplexer;
    private readonly bool asciiOnly;
    private readonly TimeProvider time;
    private long? last;

    internal TerminalNotifier(NotificationForm form, Action<byte[]> write, Multiplexer multiplexer, bool asciiOnly, TimeProvider time) =>
        (this.form, this.write, this.multiplexer, this.asciiOnly, this.time) = (form, write, multiplexer, asciiOnly, time);

    /// <summary>Calls, or does nothing where it has called within the second.</summary>
    public void Call(string title, string text)
    {
        if (form == NotificationForm.None || (last is { } called && time.GetElapsedTime(called) < Gap))
        {
            return;
        }

        last = time.GetTimestamp();
        write(NotificationSequence.Create(form, title, text, multiplexer, asciiOnly));
    }
}
