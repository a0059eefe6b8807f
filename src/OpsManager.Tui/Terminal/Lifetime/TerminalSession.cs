using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Terminal.Output;
using OpsManager.Tui.Terminal.Unix;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>One full-screen session, from taking the terminal over to giving it back.</summary>
internal static class TerminalSession
{
    private const int HungUpCode = 129;

    private static readonly TimeSpan LibraryDispose = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Shows what <paramref name="buildRoot"/> makes until <see cref="TerminalHost.Quit"/>, the end of the root, or a signal. The
    /// terminal is as it was before when this returns or throws.
    /// </summary>
    /// <param name="options">How to use the terminal.</param>
    /// <param name="buildRoot">Makes the root view on the UI thread; disposed at the end when it is disposable.</param>
    /// <returns>
    /// The code given to <see cref="TerminalHost.Quit"/>; 143, 129, 130, 131 after SIGTERM, SIGHUP or a lost terminal, SIGINT, SIGQUIT;
    /// else 0.
    /// </returns>
    /// <exception cref="TerminalUnusableException">There is no terminal to use; nothing was done.</exception>
    public static int Run(TerminalOptions options, Func<TerminalHost, IRunnable> buildRoot)
    {
        if (FindProblem(Environment.GetEnvironmentVariable) is { } problem)
        {
            throw new TerminalUnusableException(problem);
        }

        if (options.Ascii || !LibrarySettings.AreUntouched)
        {
            LibrarySettings.Reset(options.Ascii);
        }

        var port = new StandardPort();
        var output = new DiffOutput(options.Sent is { } sent ? new WatchedPort(port, sent) : port, options.Depth, options.Ascii);
        BlockingInput? input = null;
        TerminalApplication? application = null;
        // Before the application: the library would already have changed what has to be saved.
        using var guard = new TerminalGuard(port, options.Mouse);
        try
        {
            guard.Enter();
            using (new WithheldPrograms())
            {
                application = ApplicationFactory.Create(
                    () => input = new BlockingInput(escapeWait: options.EscapeWait),
                    output,
                    options.ForceLibrary,
                    beforeLibrary: () =>
                    {
                        LibrarySettings.Reset(options.Ascii);
                        guard.LetLibraryIn();
                    });
            }

            var own = application.Mode == TerminalMode.Own;
            using var loop = new UiLoop(application.Application, own ? port : null) { EscapeWait = options.EscapeWait };
            var host = new TerminalHost(
                application, loop, options, bytes => WriteOwn(application, output, bytes), guard, own ? input : null);
            Connect(guard, host, loop, output, input);
            // Making the application has tried to start a program, and with that the runtime sets the terminal as it thinks right.
            guard.Reassert();
            if (!own)
            {
                PrepareLibrary(host, guard);
            }

            RunRoot(host, loop, buildRoot);
            return host.ExitCode;
        }
        finally
        {
            // First the terminal: it must not wait for threads to end. The input before the application, which joins its thread.
            guard.Restore();
            input?.Stop();
            Dispose(application);
        }
    }

    /// <summary>
    /// Ours ends at once. The library's own input thread may turn for ever on a terminal that is gone, and its Dispose waits for
    /// that thread: it gets a moment, then the process ends with it, as it does with any thread in the background.
    /// </summary>
    private static void Dispose(TerminalApplication? application)
    {
        if (application is not { Mode: TerminalMode.Library })
        {
            application?.Application.Dispose();
            return;
        }

        var disposing = new Thread(application.Application.Dispose) { IsBackground = true, Name = "library dispose" };
        disposing.Start();
        disposing.Join(LibraryDispose);
    }

    /// <summary>Why a screen cannot be shown here, or null.</summary>
    public static TerminalProblem? FindProblem(Func<string, string?> variable)
    {
        if (Libc.IsATty(0) == 0)
        {
            return TerminalProblem.InputRedirected;
        }

        if (Libc.IsATty(1) == 0)
        {
            return TerminalProblem.OutputRedirected;
        }

        return variable("TERM") == "dumb" ? TerminalProblem.Dumb : null;
    }

    private static void RunRoot(TerminalHost host, UiLoop loop, Func<TerminalHost, IRunnable> buildRoot)
    {
        var root = buildRoot(host);
        try
        {
            if (host.Mode == TerminalMode.Own)
            {
                loop.Run(root);
                return;
            }

            using var diff = root is View view ? new FrameDiff(host.Application, view, host.Options.Depth) : null;
            var previous = SynchronizationContext.Current;
            // The library has just set a context of its own then, one that runs posts in place and holds its lock around them.
            host.Application.SessionBegun += (_, _) => SynchronizationContext.SetSynchronizationContext(loop);
            host.Application.Run(root, error => IsUnknownKey(error) || loop.OnError(error));
            SynchronizationContext.SetSynchronizationContext(previous);
        }
        finally
        {
            (root as IDisposable)?.Dispose();
        }
    }

    private static void Connect(TerminalGuard guard, TerminalHost host, UiLoop loop, DiffOutput output, BlockingInput? input)
    {
        guard.Ending = host.Quit;
        guard.PostToUi = loop.Post;
        guard.AwayChanged = away =>
        {
            output.Mute(away);
            if (!away)
            {
                host.Application.ClearScreenNextIteration = true;
                host.RepeatTitle();
                // The terminal may have been resized while we did not hear of it.
                loop.NoteResize();
            }
        };
        output.Suspending = guard.Suspend;
        if (input is not null)
        {
            input.Arrived += loop.NoteInput;
            input.HungUp += () => guard.End(HungUpCode);
            if (host.Options.Mouse)
            {
                input.MouseUsed += report => loop.Post(() => host.MouseUsed(report));
            }
        }

        // What the mouse does is read by us: the library has no part in it.
        host.Application.Mouse.IsMouseDisabled = true;
    }

    private static void PrepareLibrary(TerminalHost host, TerminalGuard guard)
    {
        // Its reader would take the reports, and nobody would answer them.
        host.Application.Driver?.WriteRaw(System.Text.Encoding.ASCII.GetString(TerminalSequences.MouseOff));

        host.Application.Keyboard.KeyBindings.Remove(Key.Z.WithCtrl);
        // The library's own way of suspending turns the mouse on again and does not notice SIGTSTP from outside.
        host.Application.Keyboard.KeyDown += (_, key) =>
        {
            if (key == Key.Z.WithCtrl && !key.Handled)
            {
                key.Handled = true;
                guard.Suspend();
            }
        };
    }

    /// <summary>
    /// The library throws this on a key sequence it does not know; in our mode <see cref="KeySequenceFilter"/> keeps them away.
    /// </summary>
    private static bool IsUnknownKey(Exception error) =>
        error is NullReferenceException { StackTrace: { } trace }
        && trace.TrimStart().StartsWith("at Terminal.Gui.", StringComparison.Ordinal);

    private static void WriteOwn(TerminalApplication application, DiffOutput output, byte[] bytes)
    {
        if (application.Mode == TerminalMode.Own)
        {
            output.WriteOwn(bytes);
        }
        else
        {
            application.Application.Driver?.WriteRaw(System.Text.Encoding.UTF8.GetString(bytes));
        }
    }
}
