using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// For as long as it lives, the kernel drops what Ctrl+C and Ctrl+\ send us: another program has the terminal, and they are meant for it.
/// Asking when the signal is told would be too late: the runtime tells of it when a thread is free, which may be after the terminal has
/// come back. The other program is started with its own defaults.
/// </summary>
internal sealed unsafe class IgnoredInterrupts : IDisposable
{
    private const int SigInt = 2;
    private const int SigQuit = 3;
    private const nint Ignored = 1;

    private readonly byte[] interrupt = Ignore(SigInt);
    private readonly byte[] quit = Ignore(SigQuit);

    public void Dispose()
    {
        Restore(SigInt, interrupt);
        Restore(SigQuit, quit);
    }

    /// <returns>What was done with the signal before.</returns>
    private static byte[] Ignore(int signal)
    {
        var before = new byte[Libc.SigactionSize];
        // struct sigaction begins with the handler.
        var action = stackalloc nint[Libc.SigactionSize / sizeof(nint)];
        new Span<byte>(action, Libc.SigactionSize).Clear();
        *action = Ignored;
        fixed (byte* previous = before)
        {
            _ = Libc.SigAction(signal, (byte*)action, previous);
        }

        return before;
    }

    private static void Restore(int signal, byte[] before)
    {
        fixed (byte* action = before)
        {
            _ = Libc.SigAction(signal, action, null);
        }
    }
}
