namespace OpsManager.Service.Http;

/// <summary>
/// So many requests at a time. Who comes when all are taken waits a moment, in the order of coming: a connection has one request here
/// at a time, so that one that sends thousands takes no more turns than one that sends a few.
/// </summary>
/// <param name="max">At a time.</param>
/// <param name="maxWait">How long one waits; zero where nobody does.</param>
internal sealed class ConcurrencyLimiter(int max, TimeSpan maxWait, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> line = new();
    private int taken;

    /// <returns>False where none was free in time.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async ValueTask<bool> TryTakeAsync(CancellationToken gone)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            if (taken < max)
            {
                taken++;
                return true;
            }

            if (maxWait == TimeSpan.Zero)
            {
                return false;
            }

            place = line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await place.Value.Task.WaitAsync(maxWait, time, gone).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            if (!TryLeave(place))
            {
                // It became free in this very moment.
                Free();
            }

            gone.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>The one who has waited longest has it now.</summary>
    public void Free()
    {
        lock (gate)
        {
            if (line.First is { } next)
            {
                line.RemoveFirst();
                next.Value.SetResult();
            }
            else
            {
                taken--;
            }
        }
    }

    private bool TryLeave(LinkedListNode<TaskCompletionSource> place)
    {
        lock (gate)
        {
            var isInLine = place.List is not null;
            if (isInLine)
            {
                line.Remove(place);
            }

            return isInLine;
        }
    }
}
