using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace OpsManager.Sources.Record;

/// <summary>
/// Takes looks from the thread that looks to the one that writes, over a queue with a bound, and sees to it that what was written is
/// readable within a second. Whatever goes wrong ends the recording and nothing else.
/// </summary>
public sealed class TapeRecorder : IDisposable
{
    /// <summary>Bytes that may wait to be written.</summary>
    public const long MaxQueued = 64L * 1024 * 1024;

    /// <summary>Half of what may be lost when this process is killed: a flush takes its time too.</summary>
    private static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(500);

    private readonly ITapeSink sink;
    private readonly IScheduler scheduler;
    private readonly TimeSpan patience;
    private readonly long maxQueued;
    private readonly AsyncSubject<RecordingEnd> ended = new();
    private readonly SerialDisposable flush = new();
    private readonly IDisposable looks;
    private readonly object gate = new();
    private long queued;
    private bool isOver;

    /// <param name="looks">On the thread that looks.</param>
    /// <param name="sink">Is closed with this.</param>
    /// <param name="scheduler">Where it is written: one thread.</param>
    /// <param name="patience">How long the thread that looks waits where the disk is slow; then the recording ends.</param>
    public TapeRecorder(
        IObservable<TapedLook> looks, ITapeSink sink, IScheduler scheduler, TimeSpan patience, long maxQueued = MaxQueued)
    {
        (this.sink, this.scheduler, this.patience, this.maxQueued) = (sink, scheduler, patience, maxQueued);
        this.looks = looks.Where(Enter).ObserveOn(scheduler).Subscribe(Take);
    }

    /// <summary>Nothing is recorded from now on.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
            {
                return isOver;
            }
        }
    }

    /// <summary>Why the recording is over, once it is.</summary>
    public IObservable<RecordingEnd> Ended => ended;

    /// <summary>Ends it when all that was seen until now is written.</summary>
    public void Stop(RecordingEnd why) => scheduler.Schedule(() => End(why));

    /// <summary>All that was seen until now is readable when this has ended.</summary>
    public IObservable<Unit> Flushed() => Observable.Start(Flush, scheduler);

    public void Dispose()
    {
        looks.Dispose();
        flush.Dispose();
        lock (gate)
        {
            isOver = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>On the thread that looks: whether there is room for one more.</summary>
    private bool Enter(TapedLook look)
    {
        lock (gate)
        {
            // One that is larger than the queue has it for itself.
            while (!isOver && queued > 0 && queued + look.Bytes > maxQueued && Monitor.Wait(gate, patience))
            {
            }

            if (isOver)
            {
                return false;
            }

            if (queued > 0 && queued + look.Bytes > maxQueued)
            {
                scheduler.Schedule(() => End(new("the disk is slower than the files grow", IsFault: true)));
                return false;
            }

            queued += look.Bytes;
            return true;
        }
    }

    private void Take(TapedLook look)
    {
        lock (gate)
        {
            queued -= look.Bytes;
            Monitor.PulseAll(gate);
        }

        if (!isOver && Try(() => sink.Write(look)) && flush.Disposable is null)
        {
            flush.Disposable = scheduler.Schedule(FlushEvery, Flush);
        }
    }

    private void Flush()
    {
        flush.Disposable = null;
        if (!isOver)
        {
            Try(sink.Flush);
        }
    }

    private bool Try(Func<RecordingEnd?> write)
    {
        try
        {
            if (write() is { } end)
            {
                End(end);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            End(new(error.Message.TrimEnd('.'), IsFault: true));
        }

        return !isOver;
    }

    private void End(RecordingEnd why)
    {
        if (isOver)
        {
            return;
        }

        lock (gate)
        {
            isOver = true;
            Monitor.PulseAll(gate);
        }

        try
        {
            sink.End(why, scheduler.Now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            why = why.IsFault ? why : new($"{why.Text}; its end could not be written: {error.Message.TrimEnd('.')}", IsFault: true);
        }

        sink.Dispose();
        ended.OnNext(why);
        ended.OnCompleted();
    }
}
