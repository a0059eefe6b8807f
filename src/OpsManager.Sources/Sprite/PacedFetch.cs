using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;

namespace OpsManager.Sources.Sprite;

/// <summary>One request at a time, beside whoever asks for it, and not more often than at a pace.</summary>
/// <param name="scheduler">Where requests begin.</param>
internal sealed class PacedFetch(TimeProvider time, TimeSpan pace, IScheduler scheduler) : IDisposable
{
    private readonly SerialDisposable request = new();
    private readonly Lock gate = new();
    private Exception? failure;
    private bool isRunning;
    private long? began;

    /// <summary>What ended the newest request though nobody expected it; null mostly.</summary>
    public Exception? Failure
    {
        get
        {
            lock (gate)
            {
                return failure;
            }
        }
    }

    /// <summary>Cancels the request that is under way; what it would have said is not heard.</summary>
    public void Dispose() => request.Dispose();

    /// <summary>Starts a request where none is under way.</summary>
    /// <param name="atOnce">Though the newest one began a moment ago.</param>
    public void Start(Func<CancellationToken, Task> fetch, bool atOnce)
    {
        lock (gate)
        {
            if (isRunning || request.IsDisposed || (!atOnce && began is { } before && time.GetElapsedTime(before) < pace))
            {
                return;
            }

            (isRunning, began, failure) = (true, time.GetTimestamp(), null);
        }

        request.Disposable = Observable.FromAsync(fetch).SubscribeOn(scheduler).Subscribe(static _ => { }, Ended, () => Ended(null));
    }

    private void Ended(Exception? error)
    {
        lock (gate)
        {
            (isRunning, failure) = (false, error);
        }
    }
}
