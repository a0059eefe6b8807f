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
public sealed unsafe class TerminalGuard : IDisposable
{
    // How long the terminal may refuse bytes before it is given back without them.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    // A stop that nobody answers with SIGCONT within this was ignored: there is no shell to come back from.
    private static readonly TimeSpan StopTakesEffect = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly ITerminalPort port;
    private readonly int descriptor;
    private readonly bool mouse;
    private readonly TimeSpan patience;
    private readonly byte[] saved = new byte[Libc.TermiosSize];
    private readonly bool hasSaved;
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly ManualResetEventSlim continued = new();
    private readonly ManualResetEventSlim answered = new();
    private int inside;
    private int watching;
    private volatile bool closed;
    private volatile bool suspending;
    private volatile bool lent;
    private volatile bool titleIsKept;

    /// <param name="port">The terminal.</param>
    /// <param name="mouse">Whether mouse reports are wanted.</param>
    /// <param name="patience">How long the UI thread may take to end after a signal before the process ends without it; null is 1.5 s.</param>
    /// <param name="descriptor">The terminal whose settings are saved and restored; 0 is standard input, negative is none.</param>
    public TerminalGuard(ITerminalPort port, bool mouse = false, TimeSpan? patience = null, int descriptor = 0)
    {
        this.descriptor = descriptor;
        this.port = port;
        this.mouse = mouse;
        this.patience = patience ?? TimeSpan.FromMilliseconds(1500);
        fixed (byte* termios = saved)
        {
            hasSaved = Libc.TcGetAttr(descriptor, termios) == 0;
        }
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
        PutSettingsBack();
    }

    /// <summary>Sets again what somebody else in this process may have changed: raw mode and plain keys.</summary>
    public void Reassert()
    {
        if (Volatile.Read(ref inside) != 0)
        {
            SetRaw();
            port.Write(TerminalSequences.PlainKeys);
        }
    }

    /// <summary>Gives the terminal back for good. Only the first call does anything.</summary>
    public void Restore()
    {
        closed = true;
        GiveBack();
        answered.Set();
    }

    /// <summary>The terminal is gone, or a signal asks to end: passes it on, and ends the process by force if nobody listens.</summary>
    public void End(int exitCode)
    {
        continued.Set();
        if (Interlocked.Exchange(ref watching, 1) == 0)
        {
            new Thread(() => Watch(exitCode)) { IsBackground = true, Name = "exit watchdog" }.Start();
        }

        Ending(exitCode);
    }

    /// <summary>Gives the terminal back, stops the process group until it is continued in the foreground, and takes the terminal again.</summary>
    public void Suspend()
    {
        if (closed || suspending)
        {
            return;
        }

        GiveBack();
        if (StopUntilContinued())
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
        if (closed || suspending)
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
        if (hasSaved)
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
            for (var waited = TimeSpan.Zero; waited < StopTakesEffect && lent && !Libc.HasStoppedChild(); waited += Glance)
            {
                answered.Wait(Glance);
            }

            Libc.StopNow();
            return;
        }

        PostToUi(Suspend);
    }

    /// <summary>The process was continued, by whomever.</summary>
    internal void OnContinued()
    {
        continued.Set();
        if (!suspending && !lent)
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
        while (!closed && Volatile.Read(ref watching) == 0 && !IsForeground() && StopUntilContinued())
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

        SetRaw();
        if (!titleIsKept)
        {
            // Not again after a stop that came without a chance to leave: nothing was taken off then.
            titleIsKept = true;
            port.Write(TerminalSequences.KeepTitle);
        }

        port.Write(TerminalSequences.Enter);
        port.Write(TerminalSequences.PlainKeys);
        port.Write(TerminalSequences.MouseOff);
        if (mouse)
        {
            port.Write(TerminalSequences.MouseOn);
        }

        AwayChanged(false);
    }

    private void GiveBack()
    {
        if (Interlocked.Exchange(ref inside, 0) == 0)
        {
            return;
        }

        AwayChanged(true);
        if (Mode == TerminalMode.Library)
        {
            port.TryWrite(TerminalSequences.LeaveLibrary, LastWords);
        }

        port.TryWrite(TerminalSequences.Leave, LastWords);
        titleIsKept = false;
        PutSettingsBack();
    }

    private void PutSettingsBack()
    {
        if (hasSaved)
        {
            fixed (byte* termios = saved)
            {
                _ = Libc.TcSetAttr(descriptor, 0, termios);
            }
        }
    }

    private void SetRaw()
    {
        if (!hasSaved)
        {
            return;
        }

        var raw = stackalloc byte[Libc.TermiosSize];
        saved.CopyTo(new Span<byte>(raw, Libc.TermiosSize));
        Libc.CfMakeRaw(raw);
        _ = Libc.TcSetAttr(descriptor, 0, raw);
    }

    /// <summary>True when the process was really stopped and continued.</summary>
    private bool StopUntilContinued()
    {
        suspending = true;
        continued.Reset();
        var byDefault = stackalloc byte[Libc.SigactionSize];
        var ours = stackalloc byte[Libc.SigactionSize];
        new Span<byte>(byDefault, Libc.SigactionSize).Clear();
        _ = Libc.SigAction(Libc.SigTstp, byDefault, ours);
        try
        {
            // The whole group, as Ctrl+Z does: a wrapper around us stops with us.
            _ = Libc.KillPg(Libc.GetPgrp(), Libc.SigTstp);
            return continued.Wait(StopTakesEffect);
        }
        finally
        {
            _ = Libc.SigAction(Libc.SigTstp, ours, null);
            suspending = false;
        }
    }

    private bool IsForeground() => Libc.TcGetPgrp(descriptor) is var group && (group < 0 || group == Libc.GetPgrp());

    private void Register(PosixSignal signal, int exitCode) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            End(exitCode);
        }));

    private void Watch(int exitCode)
    {
        if (answered.Wait(patience))
        {
            return;
        }

        if (Mode == TerminalMode.Library && hasSaved)
        {
            StandardPort.SilenceOthers();
        }

        Restore();
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

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs arguments)
    {
        if (Mode == TerminalMode.Library && hasSaved)
        {
            // Its loop goes on drawing while the runtime writes down the error, and nothing but this keeps it from the terminal.
            StandardPort.SilenceOthers();
        }

        Restore();
    }

    private void OnExit(object? sender, EventArgs arguments) => Restore();
}
