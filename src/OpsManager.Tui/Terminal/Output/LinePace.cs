namespace OpsManager.Tui.Terminal.Output;

/// <summary>
/// Keeps frames from piling up before a slow line. Between us and the terminal stand buffers that take many frames at once, which a
/// line of 9600 baud needs twenty seconds for, and whatever a key changes waits behind them. Nobody tells how full they are; but
/// once they are, what they still take is what the line has carried. From then on a frame is drawn only when the ones before it
/// must have arrived.
/// </summary>
/// <remarks>One hold-up is no slow line: a connection may have hung. Not thread-safe: the UI thread alone writes.</remarks>
/// <param name="time">Clock; null is the system's.</param>
internal sealed class LinePace(TimeProvider? time = null)
{
    /// <summary>Bytes a second from which on a line is not slow: what the buffers hold is through in a moment.</summary>
    private const double Fast = 64 * 1024;

    /// <summary>The least that is believed, so that a line that hung is not left alone for ever.</summary>
    private const double Slowest = 60;

    /// <summary>Fewer bytes tell more about the steps of the buffers than about the line.</summary>
    private const int MinSample = 4000;

    /// <summary>What is measured is taken for a little less: too fast costs the operator a long wait, too slow hardly anything.</summary>
    private const double Caution = 0.7;

    /// <summary>Writes that are remembered; the buffers hold no more.</summary>
    private const int Remembered = 512;

    /// <summary>The speed is believed to grow by itself, by this share in a second: a line that became faster is found so.</summary>
    private const double Growth = 1.0 / 1200;

    /// <summary>
    /// A slow line is seen full for a third of the time and more, between what it takes in steps; a fast one, however large the
    /// frames, for a hundredth.
    /// </summary>
    private const double BusyShare = 0.2;

    /// <summary>What may still be on its way when the next frame is drawn.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(200);

    /// <summary>A line that is full again only after this was not slow: it hung.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>How soon a line that is full is looked at again.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly Queue<(long At, int Bytes)> writes = new();
    private bool isFull;
    private long lastFull;
    private long observed;
    private TimeSpan fullFor;
    private int sinceFull;
    private double queued;
    private long at;

    /// <summary>Bytes a second; null while the line has not shown to be slow.</summary>
    public double? Rate { get; private set; }

    /// <summary>How long to wait with the next frame; zero is not at all.</summary>
    /// <param name="hasRoom">Whether the line would take something now.</param>
    public TimeSpan Wait(Func<bool> hasRoom)
    {
        if (Rate is { } rate)
        {
            var wait = TimeSpan.FromSeconds(QueuedNow(rate) / rate) - OnTheWay;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        if (!isFull || hasRoom())
        {
            return TimeSpan.Zero;
        }

        Observe(time.GetTimestamp());
        return Glance;
    }

    /// <summary>A write begins.</summary>
    public void Writing() => observed = time.GetTimestamp();

    /// <summary>Takes note of a write.</summary>
    /// <param name="waited">It found the line full.</param>
    public void Wrote(int bytes, bool waited)
    {
        var now = time.GetTimestamp();
        if (Rate is { } rate)
        {
            queued = QueuedNow(rate) + bytes;
            Rate = rate * (1 + (Growth * Math.Min(10, time.GetElapsedTime(at, now).TotalSeconds)));
        }

        at = now;
        writes.Enqueue((now, bytes));
        if (writes.Count > Remembered)
        {
            writes.Dequeue();
        }

        sinceFull += bytes;
        isFull = waited;
        if (waited)
        {
            Observe(now);
            NoteFull(now);
        }

        observed = now;
    }

    /// <summary>The line may be another one from now on.</summary>
    public void Forget()
    {
        (Rate, isFull, lastFull, fullFor) = (null, false, 0, TimeSpan.Zero);
        writes.Clear();
    }

    /// <summary>The line was full since it was looked at last.</summary>
    private void Observe(long now)
    {
        fullFor += time.GetElapsedTime(observed, now);
        observed = now;
    }

    /// <summary>
    /// From one time that the buffers are full to the next, the line carries what they take; but only where it was busy all the
    /// while. A large frame fills the buffers of any line for a moment, and what happens until the next one says nothing of it.
    /// </summary>
    private void NoteFull(long now)
    {
        var took = time.GetElapsedTime(lastFull, now);
        if (lastFull == 0 || (Rate is null && took > Again) || fullFor < took * BusyShare)
        {
            (lastFull, sinceFull, fullFor) = (now, 0, TimeSpan.Zero);
        }
        else if (sinceFull >= MinSample)
        {
            Learn(Caution * sinceFull / Math.Max(0.001, took.TotalSeconds));
            (lastFull, sinceFull, fullFor) = (now, 0, TimeSpan.Zero);
        }
    }

    private void Learn(double measured)
    {
        if (measured >= Fast)
        {
            Rate = null;
            return;
        }

        var rate = Math.Max(Slowest, measured);
        Rate = rate;
        // With the speed known, the writes tell how much of them cannot have arrived yet.
        queued = 0;
        var before = writes.Peek().At;
        foreach (var (then, bytes) in writes)
        {
            queued = Math.Max(0, queued - (rate * time.GetElapsedTime(before, then).TotalSeconds)) + bytes;
            before = then;
        }
    }

    private double QueuedNow(double rate) => Math.Max(0, queued - (rate * time.GetElapsedTime(at).TotalSeconds));
}
