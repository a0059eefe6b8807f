using System.Text;
using OpsManager.Configuration.Notify;
using OpsManager.Contract.Text;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>What the root view gets to live with: the application, the loop, and the way out.</summary>
internal sealed class TerminalHost
{
    private const int MaxTitleRunes = 120;

    private readonly Action<byte[]> write;
    private readonly TerminalGuard guard;
    private readonly BlockingInput? input;
    private int exitCode;
    private volatile bool quitting;
    private volatile byte[]? titleSent;

    internal TerminalHost(
        TerminalApplication application,
        UiLoop loop,
        TerminalOptions options,
        Action<byte[]> write,
        TerminalGuard guard,
        BlockingInput? input)
    {
        this.guard = guard;
        this.input = input;
        Application = application.Application;
        Mode = application.Mode;
        FallbackReason = application.Reason;
        Loop = loop;
        Options = options;
        this.write = write;
        Clipboard = new Osc52Clipboard(write, options.Multiplexer);
        if (Application.Driver is { } driver)
        {
            driver.Clipboard = Clipboard;
        }
    }

    public IApplication Application { get; }

    /// <summary>Post work here, subscribe to <see cref="UiLoop.Drained"/>, open dialogs with <see cref="RunModal"/>.</summary>
    public UiLoop Loop { get; }

    public TerminalOptions Options { get; }

    public TerminalMode Mode { get; }

    /// <summary>Why <see cref="Mode"/> is <see cref="TerminalMode.Library"/>, for a note on the screen; else null.</summary>
    public string? FallbackReason { get; }

    public Osc52Clipboard Clipboard { get; }

    /// <summary>Told, on the UI thread, what the mouse did, where the options take it.</summary>
    public Action<MouseReport> MouseUsed { get; set; } = static _ => { };

    /// <summary>What the session will return.</summary>
    public int ExitCode => Volatile.Read(ref exitCode);

    /// <summary>Ends the session, dialogs and all, with this exit code; the first call decides. Any thread.</summary>
    public void Quit(int code = 0)
    {
        if (!quitting)
        {
            quitting = true;
            Volatile.Write(ref exitCode, code);
        }

        Loop.Post(StopAll);
    }

    /// <summary>Runs a dialog until it closes, in the mode in force. Not from inside a timer callback: post it.</summary>
    public void RunModal(IRunnable dialog)
    {
        if (quitting)
        {
            return;
        }

        if (Mode == TerminalMode.Own)
        {
            Loop.Run(dialog);
        }
        else
        {
            Application.Run(dialog, Loop.OnError);
        }
    }

    /// <summary>
    /// Whether another program can have the terminal for a while: not beside the library's own reader, which would take its keys.
    /// </summary>
    public bool CanLend => Mode == TerminalMode.Own;

    /// <summary>Lets another program have the terminal until <paramref name="use"/> returns. UI thread; drawing waits meanwhile.</summary>
    public void Lend(Action use)
    {
        if (!CanLend)
        {
            return;
        }

        input?.Pause();
        try
        {
            guard.Lend(use);
        }
        finally
        {
            input?.Resume();
            guard.Reassert();
        }
    }

    /// <summary>Back to the shell until it continues us. UI thread.</summary>
    public void Suspend() => guard.Suspend();

    /// <summary>Draws everything again, whatever the terminal shows by now. UI thread.</summary>
    public void PaintAnew()
    {
        (Application.Driver?.GetOutput() as DiffOutput)?.Invalidate();
        Application.ClearScreenNextIteration = true;
    }

    /// <summary>Sets the window's title; the one before comes back at the end.</summary>
    public void SetTitle(string title)
    {
        var clean = SafeText.Clean(title, MaxTitleRunes);
        titleSent = Encoding.UTF8.GetBytes($"\e]0;{(Options.Ascii ? AsciiStandIn.ForAll(clean) : clean)}\e\\");
        write(titleSent);
    }

    /// <summary>Sets the title again: whoever had the terminal meanwhile had the one from before.</summary>
    internal void RepeatTitle()
    {
        if (titleSent is { } bytes)
        {
            write(bytes);
        }
    }

    /// <summary>What calls the operator through this terminal.</summary>
    public TerminalNotifier Notifier(NotificationForm form, TimeProvider time) =>
        new(form, write, Options.Multiplexer, Options.Ascii, time);

    private void StopAll()
    {
        foreach (var session in Application.SessionStack!)
        {
            if (session.Runnable is { } runnable)
            {
                runnable.StopRequested = true;
            }
        }
    }
}
