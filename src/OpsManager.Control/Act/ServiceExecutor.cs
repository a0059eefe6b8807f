using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Sources.Sprite;

namespace OpsManager.Control.Act;

/// <summary>
/// Has a sprite's service carry out an intent (docs/service.md, "Acting over it"). The key goes with it, so that what got no answer
/// may be sent again. The service's answer counts only as the command's word; the result comes from the copy.
/// </summary>
public sealed class ServiceExecutor(ISprite sprite) : IExecutor
{
    private const string Path = "ops/control";

    public Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) =>
        SentAnswer.PrepareAsync(sprite, request, cancel);

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        if (sprite.Service is not { } service)
        {
            return SentAnswer.NotSent("the sprite has no service to send to");
        }

        var body = SentAnswer.Body(request);
        try
        {
            return ExecutionOf(
                await service
                .SendKeyedAsync(() => Message(service, request, body), SentAnswer.WaitFor(request), cancel)
                .ConfigureAwait(false));
        }
        catch (SpriteUnansweredException error)
        {
            return error.MayHaveArrived ? SentAnswer.Unanswered(error.Message) : SentAnswer.NotSent(error.Message);
        }
        catch (ContractException error)
        {
            return SentAnswer.Unanswered(error.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return SentAnswer.Unanswered("waiting for an answer was interrupted");
        }
        finally
        {
            // Its result is looked for at once.
            sprite.Wake();
        }
    }

    private static HttpRequestMessage Message(SpriteHttp service, ControlRequest request, string body)
    {
        var message = service.Post(Path, body);
        message.Headers.Add(HeaderNames.TraceId, request.TraceId);
        return message;
    }

    private static Execution ExecutionOf(SpriteAnswer answer) => SentAnswer.Read(answer.Status, answer.Body) ?? (
        $"the service answered {answer.Status}{(answer.Fault is { } error ? $": {error.Message}" : "")}" is var fault
        && (answer.Status is (>= 300 and < 500 and not 409) or 503) && !answer.MayHaveArrivedBefore
            ? SentAnswer.NotSent(fault)
            : SentAnswer.Unanswered(fault));
}
