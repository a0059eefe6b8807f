using System.Runtime.InteropServices;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>The signals of terminals and job control. They exist on Unix alone, and so does this program.</summary>
internal static class JobSignals
{
#pragma warning disable CA1416 // Not on Windows: see above.
    /// <summary>SIGWINCH: the terminal has another size.</summary>
    public static PosixSignalRegistration OnResize(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => action());

    /// <summary>SIGTSTP, which then does not stop the process by itself.</summary>
    public static PosixSignalRegistration OnStop(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context =>
    {
        context.Cancel = true;
        action();
    });

    /// <summary>
    /// SIGCONT: the process runs again. It does in any case; what is cancelled is that the runtime then sets the terminal as it first
    /// found it.
    /// </summary>
    public static PosixSignalRegistration OnContinue(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGCONT, context =>
    {
        context.Cancel = true;
        action();
    });
#pragma warning restore CA1416
}
