namespace OpsManager.Sources.Sprite;

/// <summary>One request at a time, beside whoever asks for it, and not more often than at a pace.</summary>
internal sealed class PacedFetch(TimeProvider time, TimeSpan pace) : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private long? began;

    /// <summary>What ended the newest request though nobody expected it; null mostly.</summary>
    public Exception? Failure => running.Exception?.InnerException;

    public void Dispose()
    {
        // What is under way ends by itself: the token is cancelled, and nobody waits for it.
        ended.Cancel();
        ended.Dispose();
    }

    /// <summary>Starts a request where none is under way.</summary>
    /// <param name="atOnce">Though the newest one began a moment ago.</param>
    public void Start(Func<CancellationToken, Task> request, bool atOnce)
    {
        lock (gate)
        {
            if (!running.IsCompleted || ended.IsCancellationRequested
                || (!atOnce && began is { } before && time.GetElapsedTime(before) < pace))
            {
                return;
            }

            began = time.GetTimestamp();
            var token = ended.Token;
            running = Task.Run(() => request(token), token);
        }
    }
}
