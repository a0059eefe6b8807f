using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Control;
using OpsManager.Service.Act;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Endpoints;

/// <summary><c>POST /ops/control</c>.</summary>
internal sealed class ControlEndpoint(LoopWatchers watchers, ControlQueue queue, Func<string> newId)
{
    private const string UsualOperator = "sprite-service";

    public async Task<Reply> AnswerAsync(Call call)
    {
        var order = Order(call, await BodyAsync(call).ConfigureAwait(false));
        await CheckAsync(order).ConfigureAwait(false);
        // A caller that hangs up ends the waiting here, not the control.
        var answered = await queue.RunAsync(order).WaitAsync(call.Gone).ConfigureAwait(false);
        return Reply.Json(answered.Status, answered.Answer, ContractJson.Default.ControlAnswer);
    }

    /// <summary>A run whose directory is missing can still be cancelled.</summary>
    /// <exception cref="Refusal">404: there is no such loop.</exception>
    private async Task CheckAsync(ControlOrder order)
    {
        if (order.Intent is Intent.Cancel && !watchers.Files.IsDirectory(ArtifactPaths.Loop(order.Loop)))
        {
            try
            {
                await watchers.ReadAsync(order.Loop).ConfigureAwait(false);
            }
            catch (LoopVanishedException)
            {
                return;
            }
            catch (ContractException)
            {
                // No run is known: then it is a loop that is not there.
            }
        }

        watchers.Check(order.Loop);
    }

    private static async Task<JsonElement> BodyAsync(Call call)
    {
        try
        {
            using var body = new MemoryStream(call.Body.ToArray(), writable: false);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: call.Gone).ConfigureAwait(false);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new Refusal(400, ServiceCodes.InvalidJson, $"the body is no JSON: {error.Message}");
        }
    }

    private ControlOrder Order(Call call, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.Invalid("the body must be an object with loopId and intent");
        }

        var trace = Text(body, "traceId");
        call.Trace = TraceIds.IsOne(trace) ? trace! : call.Trace;
        var loop = call.Loop = QueryText.CheckedLoopId(Text(body, "loopId") ?? throw Refusal.Invalid("loopId is missing"));
        var (word, note) = (Text(body, "intent"), Text(body, "note"));
        if (!Intent.TryParse(word ?? "", note, out var intent))
        {
            throw Refusal.Invalid(
                $"intent must be one of cancel, approve, reject; {(word is null ? "it is missing" : $"\"{word}\" is none of them")}");
        }

        var header = call.Request.Headers[HeaderNames.IdempotencyKey].ToString();
        var key = Text(body, "idempotencyKey") ?? (header.Length > 0 ? header : newId());
        if (key.Length is 0 or > JsonFields.MaxWordChars || key.Any(char.IsControl))
        {
            throw Refusal.Invalid($"idempotencyKey must have 1 to {JsonFields.MaxWordChars} characters and no control character");
        }

        return new ControlOrder(
            loop, intent, Text(body, "by") is { Length: > 0 } by ? by : UsualOperator, key, call.Trace, Confirm: !Flag(body, "noConfirm"));
    }

    private static string? Text(JsonElement body, string name)
    {
        if (body.Field(name) is not { } value)
        {
            return null;
        }

        try
        {
            // A word of a command line ends at a zero byte.
            return value.ValueKind == JsonValueKind.String
                && value.GetString() is { } text
                && !text.Contains('\0', StringComparison.Ordinal) ? text : throw Refusal.Invalid($"{name} must be text");
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Invalid($"{name} holds half of a character");
        }
    }

    private static bool Flag(JsonElement body, string name) => body.Field(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Refusal.Invalid($"{name} must be true or false"),
    };
}
