namespace OpsManager.Sources.Nats;

/// <summary>Whether a fleet's stream can be read, and whether all that was in it at the start has been taken. Safe for several threads.</summary>
internal sealed class StreamHealth(TimeProvider time)
{
    private readonly Lock gate = new();
    private (string Words, DateTimeOffset Since)? fault;
    private TaskCompletionSource opened = New();
    private TaskCompletionSource failed = New();

    /// <summary>Why it cannot be read, and since when; null while it can.</summary>
    public (string Words, DateTimeOffset Since)? Fault
    {
        get
        {
            lock (gate)
            {
                return fault;
            }
        }
    }

    /// <summary>Ended when all that was in the stream at the start has been taken.</summary>
    public TaskCompletionSource Opened
    {
        get
        {
            lock (gate)
            {
                return opened;
            }
        }
    }

    /// <summary>
    /// Waits until all that was in the stream at the start has been taken: before that, a loop that has not come yet looks as one that
    /// has gone. It ends too while the stream cannot be read.
    /// </summary>
    public async Task SettledAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task settled;
            lock (gate)
            {
                if (fault is not null || opened.Task.IsCompleted)
                {
                    return;
                }

                settled = Task.WhenAny(opened.Task, failed.Task);
            }

            await settled.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <returns>Whether it could be read until now.</returns>
    public bool Fail(string words)
    {
        lock (gate)
        {
            var isNew = fault is null;
            fault = (words, fault?.Since ?? time.GetUtcNow());
            failed.TrySetResult();
            return isNew;
        }
    }

    /// <returns>Whether it could not be read until now.</returns>
    public bool Recover()
    {
        lock (gate)
        {
            var wasFailing = fault is not null;
            fault = null;
            failed = wasFailing ? New() : failed;
            return wasFailing;
        }
    }

    /// <summary>It is another stream: what is in it has to be taken first.</summary>
    public void Restart()
    {
        lock (gate)
        {
            opened = opened.Task.IsCompleted ? New() : opened;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
