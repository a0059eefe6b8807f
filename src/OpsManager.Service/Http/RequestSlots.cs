using System.Threading.RateLimiting;

namespace OpsManager.Service.Http;

/// <summary>
/// So many requests at a time. Who comes when all slots are taken waits a moment, in the order of coming: a connection has one request
/// here at a time, so that one that sends thousands takes no more turns than one that sends a few.
/// </summary>
/// <param name="max">At a time.</param>
/// <param name="maxWait">How long a request waits; zero for not at all.</param>
internal sealed class RequestSlots(int max, TimeSpan maxWait, TimeProvider time) : IDisposable
{
    private readonly ConcurrencyLimiter slots = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = max,
        // Connections are limited already, and each waits here once at most.
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>The slot, which is free again when it is disposed; null where none was free in time.</returns>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async ValueTask<IDisposable?> TakeAsync(CancellationToken gone)
    {
        var slot = slots.AttemptAcquire();
        if (slot.IsAcquired || maxWait == TimeSpan.Zero)
        {
            return slot.IsAcquired ? slot : null;
        }

        using var late = new CancellationTokenSource(maxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, gone);
        try
        {
            return await slots.AcquireAsync(1, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => slots.Dispose();
}
