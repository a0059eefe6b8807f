using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Endpoints;

/// <summary><c>GET /ops/events?loopId=L&amp;cursor=N&amp;maxEvents=M&amp;waitSeconds=S</c>.</summary>
/// <param name="leaving">Cancelled when the service ends; waiting requests end at once.</param>
internal sealed class EventsEndpoint(LoopWatchers watchers, TimeProvider time, CancellationToken leaving)
{
    /// <summary>The longest wait; what stands between caller and service often ends a silent request after 30 s.</summary>
    private const long MaxSeconds = 25;

    private int waiting;

    /// <summary>Callers that wait now: from here on nothing that changes is missed by them.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Whether the caller is willing to wait.</summary>
    /// <exception cref="Refusal">400.</exception>
    public static bool Waits(Call call) => Seconds(call) > 0;

    public async Task<Reply> AnswerAsync(Call call)
    {
        var query = call.Request.Query;
        call.Loop = query.LoopId();
        var cursor = query.Number("cursor", 0, long.MaxValue);
        var most = (int)Math.Min(query.Number("maxEvents", EventPages.DefaultEvents, long.MaxValue), EventPages.MaxEvents);
        var watcher = watchers.For(call.Loop);
        var sight = await watcher.LookAsync().WaitAsync(call.Gone).ConfigureAwait(false);
        Check(sight.Reading, cursor);
        if (cursor == sight.Reading.Lines && Seconds(call) is > 0 and var seconds)
        {
            sight = await ChangedAsync(watcher, sight, TimeSpan.FromSeconds(seconds), call.Gone).ConfigureAwait(false);
            Check(sight.Reading, cursor);
        }

        return Reply.Json(200, EventPages.From(sight.Reading, cursor, most, call.Trace), ContractJson.Default.EventPage);
    }

    private async Task<LoopSight> ChangedAsync(LoopWatcher watcher, LoopSight sight, TimeSpan longest, CancellationToken gone)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, leaving, gone);
        var now = sight;
        Interlocked.Increment(ref waiting);
        try
        {
            while (now.State == sight.State)
            {
                now = await watcher.NextAsync().WaitAsync(end.Token).ConfigureAwait(false);
            }

            return now;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // What was seen last is the answer: another look may take longer than the service is given to end.
            return now;
        }
        catch (OperationCanceledException) when (!gone.IsCancellationRequested)
        {
            return await watcher.LookAsync().WaitAsync(gone).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static long Seconds(Call call) => call.Request.Query.Number("waitSeconds", 0, MaxSeconds);

    private static void Check(LoopReading reading, long cursor)
    {
        try
        {
            EventEnvelopes.CheckCursor(reading, cursor);
        }
        catch (ContractException error)
        {
            throw Refusal.Invalid(error.Message);
        }
    }
}
