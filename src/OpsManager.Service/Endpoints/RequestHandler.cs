using Microsoft.AspNetCore.Http;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Service.Http;

namespace OpsManager.Service.Endpoints;

/// <summary>
/// What holds for every request, whatever its path: its turn, its trace id, its line in the access log, and an answer for every fault.
/// </summary>
internal sealed class RequestHandler(AccessLog log, TimeProvider time, Func<string> newId)
{
    /// <summary>The status in the access log for a caller that hung up before the answer.</summary>
    private const int CallerGone = 499;

    /// <summary>Answers one request, as the first middleware of the service.</summary>
    /// <param name="next">What comes behind it: finding the endpoint, the gate, and the endpoint itself.</param>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var began = time.GetTimestamp();
        // To the end of the queue of what is ready: who sends many requests at once gets one answer for each of every other caller.
        await Task.Yield();
        var given = context.Request.Headers[HeaderNames.TraceId].ToString();
        var call = new Call(context, TraceIds.IsOne(given) ? given : newId());
        context.Features.Set(call);
        if (call.IsGone)
        {
            call.EndConnection();
            return;
        }

        var (status, bytes, isRefused) = (CallerGone, 0L, false);
        try
        {
            var reply = await AnswerOrFaultAsync(call, context, next).ConfigureAwait(false);
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

    private async Task<Reply> AnswerOrFaultAsync(Call call, HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            return call.Reply ?? Unrouted(context.Response);
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

    /// <summary>The answer where routing found no endpoint for the path, or none for the method.</summary>
    private static Reply Unrouted(HttpResponse response) => Reply.Error(response.StatusCode == StatusCodes.Status405MethodNotAllowed
        ? new Refusal(405, ServiceCodes.InvalidRequest, $"only {response.Headers.Allow} is answered here")
        : Refusal.NotFound($"there is no such path; the paths are {ServiceRoutes.Paths}"));
}
