using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace OpsManager.Control;

/// <summary>Waits for a stream by the clock that everything else here goes by; Rx's own Timeout has a clock of its own.</summary>
internal static class TimedStream
{
    /// <summary>The first item.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public static async Task<T> FirstWithinAsync<T>(
        this IObservable<T> stream, TimeSpan within, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await stream.FirstAsync().ToTask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came within {within}", error);
        }
    }
}
