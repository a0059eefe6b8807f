using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
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

    /// <summary>Of a longer answer only its words are kept.</summary>
    private const int MaxAnswerChars = 16 * 1024;

    public async Task<string?> PrepareAsync(ControlRequest request, CancellationToken cancel) =>
        await FaultAsync(request, cancel).ConfigureAwait(false) is { } fault
            ? $"the sprite cannot be read now, so nothing was sent: {fault}"
            : null;

    public async Task<Execution> RunAsync(ControlRequest request, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        if (sprite.Service is not { } service)
        {
            return NotSent("the sprite has no service to send to");
        }

        var body = JsonSerializer.Serialize(
            new ControlBody
            {
                LoopId = request.Loop,
                Intent = request.Intent.Word,
                By = request.By,
                Note = request.Intent.Note,
                IdempotencyKey = request.IdempotencyKey,
                TraceId = request.TraceId,
                NoConfirm = request.Confirm ? null : true,
            },
            ContractJson.Default.ControlBody);
        try
        {
            return ExecutionOf(
                await service.SendKeyedAsync(() => Message(service, request, body), WaitFor(request), cancel).ConfigureAwait(false));
        }
        catch (SpriteUnansweredException error)
        {
            return error.MayHaveArrived ? Unanswered(error.Message) : NotSent(error.Message);
        }
        catch (ContractException error)
        {
            return Unanswered(error.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Unanswered("waiting for an answer was interrupted");
        }
        finally
        {
            // Its result is looked for at once.
            sprite.Wake();
        }
    }

    /// <summary>The caller's own time counts where it is longer than the service's.</summary>
    private static TimeSpan WaitFor(ControlRequest request) =>
        request.Timeout > request.ServiceTime ? request.Timeout : request.ServiceTime;

    private async Task<string?> FaultAsync(ControlRequest request, CancellationToken cancel)
    {
        try
        {
            return await sprite.RefreshAsync(request.Loop, cancel).WaitAsync(request.CommandTimeout, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return $"it did not answer within {request.CommandTimeout.TotalSeconds:0.#} s";
        }
    }

    private static HttpRequestMessage Message(SpriteHttp service, ControlRequest request, string body)
    {
        var message = service.Post(Path, body);
        message.Headers.Add(HeaderNames.TraceId, request.TraceId);
        return message;
    }

    private static Execution ExecutionOf(SpriteAnswer answer)
    {
        if (answer.Status is 200 or 409 or 500 && Read(answer) is { } said)
        {
            // Ambiguous is no failure: its effect is looked for as long as that of a success.
            return new Execution(
                answer.Status == 409 ? null : said.ExitCode, WordsOf(said),
                answer.Status == 409 ? "the service answered that the result is ambiguous" : null,
                WasStarted: true)
            {
                Answer = TextOf(answer.Body.Span),
                IsReplayed = said.Replayed,
            };
        }

        var fault = $"the service answered {answer.Status}{(answer.Fault is { } error ? $": {error.Message}" : "")}";
        return answer.Status is (>= 300 and < 500 and not 409) or 503 && !answer.MayHaveArrivedBefore ? NotSent(fault) : Unanswered(fault);
    }

    /// <summary>Null where it is no answer to a control.</summary>
    private static ControlAnswer? Read(SpriteAnswer answer)
    {
        try
        {
            return ContractJson.Read(answer.Body, ContractJson.Default.ControlAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The answer on one line, as it is kept; null where it is too long for a row.</summary>
    private static string? TextOf(ReadOnlySpan<byte> body) => body.Length <= MaxAnswerChars ? Encoding.UTF8.GetString(body).Trim() : null;

    private static string WordsOf(ControlAnswer said) =>
        said.Stderr ?? (said.Result is { ValueKind: JsonValueKind.Object } row ? row.Text("commandOutput") : null) ?? "";

    private static Execution NotSent(string why) => new(null, "", why, WasStarted: false);

    private static Execution Unanswered(string why) => new(null, "", why, WasStarted: true);
}
