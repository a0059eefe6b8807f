using System.Runtime.InteropServices;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Terminal.Unix;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// Takes the terminal over and gives it back exactly once, whichever way the program ends: normally, by SIGTERM, SIGHUP, SIGINT or
/// SIGQUIT, by an unhandled exception on any thread, by <c>Environment.Exit</c>; and for the time it is stopped (Ctrl+Z, SIGTSTP).
/// SIGKILL, a stack overflow and <c>Environment.FailFast</c> leave no chance.
/// </summary>
/// <remarks>One per process at a time. <see cref="Suspend"/> belongs to the UI thread, the rest to any.</remarks>
internal sealed class TerminalGuard : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly TerminalSettings settings;
    private readonly AlternateScreen screen;
    private readonly JobStop stop;
    private readonly ExitWatchdog watchdog;
    private readonly List<PosixSignalRegistration> registrations = [];
    private int inside;
    private volatile bool closed;
    private volatile bool lent;

    /// <param name="port">The terminal.</param>
    /// <param name="mouse">Whether mouse reports are wanted.</param>
    /// <param name="patience">How long the UI thread may take to end after a signal before the process is ended; null is 1.5 s.</param>
    /// <param name="descriptor">The terminal whose settings are saved and restored; 0 is standard input, negative is none.</param>
    public TerminalGuard(ITerminalPort port, bool mouse = false, TimeSpan? patience = null, int descriptor = 0)
    {
        settings = new TerminalSettings(descriptor);
        screen = new AlternateScreen(port, mouse);
        stop = new JobStop(descriptor);
        watchdog = new ExitWatchdog(patience ?? TimeSpan.FromMilliseconds(1500), RestoreForGood);
    }

    /// <summary>Who else switches modes of the terminal that have to be switched back.</summary>
    public TerminalMode Mode { get; private set; }

    /// <summary>Told, on some thread, that the program shall end, with the exit code; has to make the UI thread end soon.</summary>
    public Action<int> Ending { get; set; } = static _ => { };

    /// <summary>Told when the terminal is about to be somebody else's (true) and when it is ours again (false).</summary>
    public Action<bool> AwayChanged { get; set; } = static _ => { };

    /// <summary>Runs its argument on the UI thread.</summary>
    public Action<Action> PostToUi { get; set; } = static action => action();

    /// <summary>Hooks signals and exits, and takes the terminal over.</summary>
    public void Enter()
    {
        LetRuntimeSaveSettings();
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        Register(PosixSignal.SIGTERM, 143);
        Register(PosixSignal.SIGHUP, 129);
        Register(PosixSignal.SIGINT, 130);
        Register(PosixSignal.SIGQUIT, 131);
        registrations.Add(JobSignals.OnStop(OnStop));
        registrations.Add(JobSignals.OnContinue(OnContinued));
        TakeOver();
    }

    /// <summary>
    /// The library takes the terminal itself from here on: it finds the settings as they were at first, which it will put back at the
    /// end, after us.
    /// </summary>
    public void LetLibraryIn()
    {
        Mode = TerminalMode.Library;
        settings.PutBack();
    }

    /// <summary>Sets again what somebody else in this process may have changed: raw mode and plain keys.</summary>
    public void Reassert()
    {
        if (Volatile.Read(ref inside) != 0)
        {
            settings.SetRaw();
            screen.SetPlainKeys();
        }
    }

    /// <summary>Gives the terminal back for good. Only the first call does anything.</summary>
    public void Restore()
    {
        closed = true;
        GiveBack();
        watchdog.NoteAnswered();
    }

    /// <summary>The terminal is gone, or a signal asks to end: passes it on, and ends the process by force if nobody listens.</summary>
    public void End(int exitCode)
    {
        stop.NoteContinued();
        watchdog.Watch(exitCode);
        Ending(exitCode);
    }

    /// <summary>
    /// Gives the terminal back, stops the process group until it is continued in the foreground, and takes the terminal again.
    /// </summary>
    public void Suspend()
    {
        if (closed || stop.IsUnderWay)
        {
            return;
        }

        GiveBack();
        if (stop.StopUntilContinued())
        {
            ComeBack();
        }
        else
        {
            TakeOver();
        }
    }

    /// <summary>
    /// Gives the terminal to a program that runs until <paramref name="use"/> returns, and takes it again. Ctrl+C is meant for that
    /// program; Ctrl+Z stops us together with it.
    /// </summary>
    public void Lend(Action use)
    {
        if (closed || stop.IsUnderWay)
        {
            return;
        }

        GiveBack();
        lent = true;
        try
        {
            using var interrupts = new IgnoredInterrupts();
            use();
        }
        finally
        {
            lent = false;
            TakeOver();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Restore();
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        registrations.Clear();
    }

    /// <summary>
    /// The runtime saves the terminal's settings when it first has to do with it, and puts those back at the very end, after us. It
    /// must do so before we change them.
    /// </summary>
    private void LetRuntimeSaveSettings()
    {
        if (settings.AreSaved)
        {
            RuntimeConsole.StartQuietly();
        }
    }

    private void OnStop()
    {
        if (lent)
        {
            // The terminal is not ours to give back: only stop, so that the shell gets its turn; but after the other program, or
            // what the shell says stands on a screen that is switched away.
            for (var waited = TimeSpan.Zero; waited < JobStop.TakesEffect && lent && !Libc.HasStoppedChild(); waited += Glance)
            {
                watchdog.Wait(Glance);
            }

            Libc.StopNow();
            return;
        }

        PostToUi(Suspend);
    }

    /// <summary>The process was continued, by whomever.</summary>
    internal void OnContinued()
    {
        stop.NoteContinued();
        if (!stop.IsUnderWay && !lent)
        {
            // Stopped from outside without a chance to leave (SIGSTOP).
            PostToUi(ComeBack);
        }
    }

    private void ComeBack()
    {
        AwayChanged(true);
        Interlocked.Exchange(ref inside, 0);
        // Continued in the background: the terminal is the shell's. Stop again, as any program does that writes there.
        while (!closed && !watchdog.IsWatching && !stop.IsForeground && stop.StopUntilContinued())
        {
        }

        TakeOver();
    }

    private void TakeOver()
    {
        if (closed || Interlocked.Exchange(ref inside, 1) != 0)
        {
            return;
        }

        settings.SetRaw();
        screen.Enter();
        AwayChanged(false);
    }

    private void GiveBack()
    {
        if (Interlocked.Exchange(ref inside, 0) == 0)
        {
            return;
        }

        AwayChanged(true);
        screen.Leave(Mode);
        settings.PutBack();
    }

    private void Register(PosixSignal signal, int exitCode) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            End(exitCode);
        }));

    /// <summary>Gives the terminal back while the UI thread still runs, and keeps the library away from it.</summary>
    private void RestoreForGood()
    {
        if (Mode == TerminalMode.Library && settings.AreSaved)
        {
            // Its loop goes on drawing until the process has ended, and nothing but this keeps it from the terminal.
            StandardPort.SilenceOthers();
        }

        Restore();
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs arguments) => RestoreForGood();

    private void OnExit(object? sender, EventArgs arguments) => Restore();
}
