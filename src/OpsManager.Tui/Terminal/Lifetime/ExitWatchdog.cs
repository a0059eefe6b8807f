using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>Ends the process by force where the UI thread does not end it in time.</summary>
/// <param name="patience">How long the UI thread may take.</param>
/// <param name="beforeExit">Gives the terminal back, on the thread of the watchdog.</param>
// The event is never disposed: the watchdog's thread may still wait for it, and it holds nothing of the kernel.
#pragma warning disable CA1001
internal sealed class ExitWatchdog(TimeSpan patience, Action beforeExit)
#pragma warning restore CA1001
{
    private readonly ManualResetEventSlim answered = new();
    private int watching;

    /// <summary>The process has been asked to end.</summary>
    public bool IsWatching => Volatile.Read(ref watching) != 0;

    /// <summary>The process shall end with this code. Only the first call starts to watch.</summary>
    public void Watch(int exitCode)
    {
        if (Interlocked.Exchange(ref watching, 1) == 0)
        {
            new Thread(() => EndUnlessAnswered(exitCode)) { IsBackground = true, Name = "exit watchdog" }.Start();
        }
    }

    /// <summary>The process ends by itself now.</summary>
    public void NoteAnswered() => answered.Set();

    /// <summary>Lets time pass, unless the process ends by itself.</summary>
    public void Wait(TimeSpan time) => answered.Wait(time);

    private void EndUnlessAnswered(int exitCode)
    {
        if (answered.Wait(patience))
        {
            return;
        }

        beforeExit();
        new Thread(() => LastResort(exitCode)) { IsBackground = true, Name = "exit last resort" }.Start();
        // The UI thread does not answer, so there is no Main to return the code from.
#pragma warning disable RS0030
        Environment.Exit(exitCode);
#pragma warning restore RS0030
    }

    // Handlers of ProcessExit may wait for what the UI thread holds.
    private static void LastResort(int exitCode)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(1));
        Libc.ExitNow(exitCode);
    }
}
