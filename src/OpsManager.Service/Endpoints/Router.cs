using Microsoft.AspNetCore.Http;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Options;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Endpoints;

/// <summary>Takes each request to its endpoint, and every fault to an answer.</summary>
internal sealed class Router(
    ServeOptions options, LoopWatchers watchers, ControlQueue controls, AccessLog log, TimeProvider time, Func<string> newId,
    CancellationToken leaving) : IDisposable
{
    /// <summary>Long polls that wait at a time; they take no room from the others.</summary>
    private const int MaxPolls = 64;

    /// <summary>How long a request waits for its turn before it is refused.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>The status in the access log for a caller that hung up before the answer.</summary>
    private const int CallerGone = 499;

    private readonly TokenGate gate = new(options.Token);
    private readonly RequestSlots slots = new(options.MaxInFlight, MaxWait, time);
    private readonly RequestSlots polls = new(MaxPolls, TimeSpan.Zero, time);
    private readonly SnapshotEndpoint snapshot = new(watchers);
    private readonly EventsEndpoint events = new(watchers, time, leaving);
    private readonly FileEndpoint file = new(watchers);
    private readonly LoopsEndpoint loops = new(watchers, options.Repo);
    private readonly ControlEndpoint control = new(watchers, controls, newId);

    /// <summary>Polls that wait now.</summary>
    public int Polls => events.Waiting;

    public void Dispose()
    {
        slots.Dispose();
        polls.Dispose();
    }

    public async Task HandleAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        // To the end of the queue of what is ready: who sends many requests at once gets one answer for each of every other caller.
        await Task.Yield();
        var given = context.Request.Headers[HeaderNames.TraceId].ToString();
        var call = new Call(context, TraceIds.IsOne(given) ? given : newId());
        if (call.IsGone)
        {
            call.EndConnection();
            return;
        }

        var (status, bytes, isRefused) = (CallerGone, 0L, false);
        try
        {
            var reply = await AnswerOrFaultAsync(call).ConfigureAwait(false);
            isRefused = !call.IsLetIn || reply.Status is 400 or 405 or 413;
            if (call.IsGone)
            {
                return;
            }

            if (isRefused)
            {
                // What was sent behind it is not read: nobody gets more than one answer without the right to ask.
                context.Response.Headers.Connection = "close";
            }

            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers[HeaderNames.TraceId] = call.Trace;
            await reply.WriteAsync(context.Response).ConfigureAwait(false);
            (status, bytes) = (reply.Status, reply.ContentType is null ? 0 : reply.Length);
        }
        catch (OperationCanceledException) when (call.IsGone)
        {
            // The caller has gone: there is nobody to answer.
        }
        finally
        {
            call.EndAnswer();
            if (status == CallerGone)
            {
                call.EndConnection();
            }

            Log(call, began, status, bytes, isRefused);
        }
    }

    private void Log(Call call, long began, int status, long bytes, bool isRefused)
    {
        var (method, path) = (call.Request.Method, call.Request.Path.Value ?? "");
        if (isRefused && status != CallerGone)
        {
            log.AddRefused(began, method, path, call.Loop, status, bytes, call.Trace);
        }
        else if (status != CallerGone || call.HasBegun)
        {
            log.Add(began, method, path, call.Loop, status, bytes, call.Trace);
        }
    }

    private async Task<Reply> AnswerOrFaultAsync(Call call)
    {
        try
        {
            return await AnswerAsync(call).ConfigureAwait(false);
        }
        catch (Refusal why)
        {
            return Reply.Error(why);
        }
        catch (BadHttpRequestException error)
        {
            return Reply.Error(new Refusal(error.StatusCode, ServiceCodes.InvalidRequest, error.Message));
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            return Reply.Error(Refusal.Broken(error.Message));
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            // A fault of ours must not end the service; it is told to the caller and to the log.
            log.Tell($"{error.GetType().Name}: {error}");
            return Reply.Error(Refusal.Broken($"the service failed: {error.Message}"));
        }
    }

    private async Task<Reply> AnswerAsync(Call call)
    {
        var path = call.Request.Path.Value;
        var refusal = gate.RefusalOf(call.Request.Headers);
        if (path == "/healthz")
        {
            call.IsLetIn = refusal is null;
            return Allowed(call, HttpMethods.Get) ?? Reply.Json(200, new ServiceHealth(true), ContractJson.Default.ServiceHealth);
        }

        if (refusal is not null)
        {
            return Reply.Error(refusal);
        }

        var (method, answer) = path switch
        {
            "/ops/snapshot" => (HttpMethods.Get, (Func<Call, Task<Reply>>)snapshot.AnswerAsync),
            "/ops/events" => (HttpMethods.Get, events.AnswerAsync),
            "/ops/loops" => (HttpMethods.Get, loops.AnswerAsync),
            "/ops/file" => (HttpMethods.Get, call => Task.FromResult(file.Answer(call))),
            "/ops/control" => (HttpMethods.Post, control.AnswerAsync),
            _ => throw Refusal.NotFound(
                "there is no such path; the paths are /healthz, /ops/snapshot, /ops/events, /ops/loops, /ops/file and /ops/control"),
        };
        call.IsLetIn = true;
        if (Allowed(call, method) is { } other)
        {
            return other;
        }

        if (method == HttpMethods.Post)
        {
            // Before it takes a slot: who sends it slowly keeps nobody out.
            call.Body = await RequestBody.ReadAsync(call).ConfigureAwait(false);
        }

        call.BeginAnswer();
        return await InSlotAsync(path == "/ops/events" && EventsEndpoint.Waits(call) ? polls : slots, answer, call).ConfigureAwait(false);
    }

    private static async Task<Reply> InSlotAsync(RequestSlots slots, Func<Call, Task<Reply>> answer, Call call)
    {
        using var slot = await slots.TakeAsync(call.Gone).ConfigureAwait(false)
            ?? throw Refusal.Busy("too many requests at a time; try again in a second");
        return await answer(call).ConfigureAwait(false);
    }

    /// <summary>405 where the method is another; null where it is the one.</summary>
    private static Reply? Allowed(Call call, string method) => call.Request.Method == method
        ? null
        : Reply.Error(new Refusal(405, ServiceCodes.InvalidRequest, $"only {method} is answered here")) with
        {
            Headers = [("Allow", method)]
        };
}
