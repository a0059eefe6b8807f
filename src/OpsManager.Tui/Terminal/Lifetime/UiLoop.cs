using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using OpsManager.Tui.Terminal.Input;
using OpsManager.Tui.Terminal.Output;
using Terminal.Gui.App;
using Timeout = System.Threading.Timeout;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>
/// Runs the screen: sleeps until a key, a post, a timer or a resize, then does one turn. Sends and costs nothing while nothing
/// happens. It is the synchronization context of the UI thread, so <c>await</c> comes back here.
/// </summary>
/// <remarks>
/// <para>Posted work is collected and run together, at most once per <see cref="FrameGap"/>; keys and timers are answered at once.
/// Timers are the library's (<c>AddTimeout</c>). A dialog opened from inside a timer callback blocks every other thread's
/// <c>AddTimeout</c> and <c>Invoke</c> until it closes, because the library holds a lock there: post it instead.</para>
/// <para>One loop per application. Made and run on the UI thread; <see cref="Post(Action)"/>, <see cref="Send"/>,
/// <see cref="NoteInput"/> and <see cref="NoteResize"/> are for any thread.</para>
/// </remarks>
internal sealed class UiLoop : SynchronizationContext, IDisposable
{
    // A draw that fails fails again next time: past this many turns in a row the error is no longer survivable.
    private const int MaxFailuresInARow = 20;

    private readonly IApplication application;
    private readonly ITerminalPort? port;
    private readonly PostedWork posted;
    private readonly KeyIntake keys;
    private readonly FramePainter painter;
    private readonly AutoResetEvent wake = new(false);
    private readonly PosixSignalRegistration? windowChanged;
    private readonly int uiThread = Environment.CurrentManagedThreadId;
    private volatile bool resized;
    private volatile bool disposed;
    private int failures;

    /// <param name="application">Initialised, with no session yet.</param>
    /// <param name="port">Tells the size after a resize; null when <c>SetScreenSize</c> is called by hand, as in tests.</param>
    /// <param name="time">Clock for the frame gap and the wait after ESC; null is the system's.</param>
    public UiLoop(IApplication application, ITerminalPort? port = null, TimeProvider? time = null)
    {
        this.application = application;
        this.port = port;
        time ??= TimeProvider.System;
        posted = new PostedWork(time);
        keys = new KeyIntake(application, time);
        painter = new FramePainter(application);
        if (port is not null)
        {
            windowChanged = JobSignals.OnResize(NoteResize);
        }

        application.TimedEvents!.Added += OnTimerAdded;
        // Not only in our own turns: a message box of the library runs its own loop, and posts go on there too.
        application.Iteration += OnIteration;
    }

    /// <summary>Shortest time between two runs of posted work, and so between two frames that follow from it.</summary>
    public TimeSpan FrameGap
    {
        get => posted.Gap;
        set => posted.Gap = value;
    }

    /// <summary>How long a lone ESC may still become the beginning of a key sequence. Longer is kinder to slow links.</summary>
    public TimeSpan EscapeWait
    {
        get => keys.EscapeWait;
        set => keys.EscapeWait = value;
    }

    /// <summary>
    /// Told of every exception from keys, drawing, timers and posts; true goes on, false ends <see cref="Run"/> with it.
    /// </summary>
    public Func<Exception, bool> OnError { get; set; } = static _ => false;

    /// <summary>Raised after a batch of posted work ran: the moment to bring views up to the model, once for all of it.</summary>
    public event Action? Drained;

    /// <summary>Turns done so far; stands still while nothing happens.</summary>
    public long Turns { get; private set; }

    /// <summary>Runs <paramref name="action"/> on the UI thread, later. Never blocks and never runs it in place.</summary>
    public void Post(Action action) => Post(static state => ((Action)state!)(), action);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        posted.Add(d, state);
        Wake();
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The loop has ended; the work would never run.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Environment.CurrentManagedThreadId == uiThread)
        {
            d(state);
            return;
        }

        using var done = new ManualResetEventSlim();
        ExceptionDispatchInfo? failure = null;
        Post(
            _ =>
            {
                try
                {
                    d(state);
                }
                // Thrown again below, on the thread that asked.
#pragma warning disable CA1031
                catch (Exception error)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }

                done.Set();
            },
            null);
        done.Wait();
        failure?.Throw();
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Says that keys are in the input queue.</summary>
    public void NoteInput()
    {
        keys.NoteInput();
        Wake();
    }

    /// <summary>Says that the terminal may have another size.</summary>
    public void NoteResize()
    {
        resized = true;
        Wake();
    }

    /// <summary>Runs <paramref name="runnable"/> until it is asked to stop. May be called again from inside, for a dialog.</summary>
    /// <exception cref="Exception">Whatever <see cref="OnError"/> did not take.</exception>
    public void Run(IRunnable runnable)
    {
        var previous = Current;
        try
        {
            do
            {
                runnable.StopRequested = false;
                if (application.Begin(runnable) is not { } session)
                {
                    return;
                }

                SetSynchronizationContext(this);
                try
                {
                    while (runnable.IsRunning && !runnable.StopRequested)
                    {
                        Turn();
                        if (!runnable.StopRequested)
                        {
                            Sleep();
                        }
                    }
                }
                finally
                {
                    application.End(session);
                }
            }
            // A runnable may refuse to end.
            while (runnable.IsRunning);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>
    /// One turn without waiting: posts that are due, keys, timers, resize, drawing. Public so that tests can drive the screen.
    /// </summary>
    public void Turn()
    {
        Turns++;
        try
        {
            application.RaiseIteration();
            keys.Take();
            application.TimedEvents!.RunTimers();
            TakeSize();
            painter.Draw();
            failures = 0;
        }
        catch (Exception error) when (++failures <= MaxFailuresInARow && OnError(error))
        {
            // What was left undone in this turn is done in the next one.
            painter.DrawAgain();
        }
    }

    /// <summary>How long nothing will have to be done, unless something wakes the loop; infinite when only that can.</summary>
    internal TimeSpan IdleTime()
    {
        var idle = Sooner(Timeout.InfiniteTimeSpan, painter.Due(FrameGap));
        // The library rounds down to whole milliseconds; waking one too early would only mean waking twice.
        if (application.TimedEvents is TimedEvents timers && timers.CheckTimers(out var milliseconds))
        {
            idle = Sooner(idle, TimeSpan.FromMilliseconds(milliseconds + 1));
        }

        return Sooner(Sooner(idle, posted.Due), keys.Due);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        windowChanged?.Dispose();
        if (application.TimedEvents is { } timers)
        {
            timers.Added -= OnTimerAdded;
        }

        application.Iteration -= OnIteration;
        // The event stays undisposed: other threads may still post.
    }

    /// <summary>The sooner of two; a negative <paramref name="idle"/> is never, and a negative <paramref name="due"/> is now.</summary>
    private static TimeSpan Sooner(TimeSpan idle, TimeSpan? due)
    {
        if (due is not { } other)
        {
            return idle;
        }

        other = other < TimeSpan.Zero ? TimeSpan.Zero : other;
        return idle < TimeSpan.Zero || other < idle ? other : idle;
    }

    private void Sleep()
    {
        var idle = IdleTime();
        // Rounded up, for the same reason as above.
        wake.WaitOne(idle < TimeSpan.Zero ? Timeout.Infinite : (int)Math.Min(int.MaxValue, Math.Ceiling(idle.TotalMilliseconds)));
    }

    private void Wake() => wake.Set();

    private void OnTimerAdded(object? sender, EventArgs arguments) => Wake();

    private void OnIteration(object? sender, EventArgs arguments)
    {
        if (posted.Run(OnError))
        {
            Drained?.Invoke();
        }
    }

    private void TakeSize()
    {
        if (!resized)
        {
            return;
        }

        resized = false;
        if (port?.Size is { } size && application.Driver is { } driver)
        {
            (driver.GetOutput() as DiffOutput)?.Invalidate();
            driver.SetScreenSize(size.Width, size.Height);
        }
    }
}
