using System.Collections.Concurrent;

namespace OpsManager.Tui.Terminal.Lifetime;

/// <summary>Work that any thread hands to the UI thread. It is collected and run together, at most once in <see cref="Gap"/>.</summary>
/// <param name="time">Clock for the gap.</param>
internal sealed class PostedWork(TimeProvider time)
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> queue = new();
    /// <summary>Work has this share of the time at most, where it takes long: the rest is for keys, and for others of this host.</summary>
    private const int RestFactor = 4;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private long lastRun = time.GetTimestamp() - time.TimestampFrequency;
    private TimeSpan rest;

    /// <summary>Shortest time between two batches.</summary>
    public TimeSpan Gap { get; set; } = TimeSpan.FromMilliseconds(33);

    /// <summary>How long until a batch is due, negative where it is overdue; null where nothing was posted.</summary>
    public TimeSpan? Due => queue.IsEmpty ? null : Between - time.GetElapsedTime(lastRun);

    private TimeSpan Between => rest > Gap ? rest : Gap;

    /// <summary>Adds work. Any thread; never runs it in place.</summary>
    public void Add(SendOrPostCallback callback, object? state) => queue.Enqueue((callback, state));

    /// <summary>Runs what was posted until now, where it is due.</summary>
    /// <param name="onError">Told of each exception; true goes on with the rest of the batch.</param>
    /// <returns>False where nothing is due.</returns>
    /// <exception cref="Exception">Whatever <paramref name="onError"/> did not take.</exception>
    public bool Run(Func<Exception, bool> onError)
    {
        if (queue.IsEmpty || time.GetElapsedTime(lastRun) < Between)
        {
            return false;
        }

        lastRun = time.GetTimestamp();
        // Only what is there now: work that posts itself again must not keep the screen from being drawn.
        for (var left = queue.Count; left > 0 && queue.TryDequeue(out var work); left--)
        {
            try
            {
                work.Callback(work.State);
            }
            catch (Exception error) when (onError(error))
            {
                // Told; the rest of the batch goes on.
            }
        }

        var wanted = time.GetElapsedTime(lastRun) * RestFactor;
        rest = wanted < LongestRest ? wanted : LongestRest;
        return true;
    }
}
