using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Service;
using OpsManager.Core.Rules.Control;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Act;

/// <summary>Reads requests for controls and has them carried out, whichever way they come.</summary>
internal sealed class ControlRequests(LoopWatchers watchers, ControlQueue queue, Func<string> newId)
{
    /// <summary>Who acts where the request does not say.</summary>
    private const string UsualOperator = "sprite-service";

    /// <param name="text">The body of the request.</param>
    /// <param name="key">The idempotency key beside the body; null or empty where there is none.</param>
    /// <param name="check">Throws a <see cref="Refusal"/> where the order cannot be carried out; null for none.</param>
    /// <exception cref="Refusal">Nothing was sent.</exception>
    public async Task<ControlAnswered> AnswerAsync(ReadOnlyMemory<byte> text, string? key, IControlCaller caller, Action<ControlOrder>? check = null)
    {
        var order = Order(await BodyAsync(text, caller.Gone).ConfigureAwait(false), key, caller);
        check?.Invoke(order);
        await CheckAsync(order).ConfigureAwait(false);
        // A caller that hangs up ends the waiting here, not the control.
        return await queue.RunAsync(order).WaitAsync(caller.Gone).ConfigureAwait(false);
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

    private static async Task<JsonElement> BodyAsync(ReadOnlyMemory<byte> text, CancellationToken gone)
    {
        try
        {
            using var body = new MemoryStream(text.ToArray(), writable: false);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: gone).ConfigureAwait(false);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new Refusal(400, ServiceCodes.InvalidJson, $"the body is not JSON: {error.Message}");
        }
    }

    private ControlOrder Order(JsonElement body, string? header, IControlCaller caller)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.Invalid("the body must be an object with loopId and intent");
        }

        var trace = Text(body, "traceId");
        caller.Trace = TraceIds.IsOne(trace) ? trace! : caller.Trace;
        var loop = QueryText.CheckedLoopId(Text(body, "loopId") ?? throw Refusal.Invalid("loopId is missing"));
        caller.Loop = loop;
        var (word, note) = (Text(body, "intent"), Text(body, "note"));
        if (!Intent.TryParse(word ?? "", note, out var intent))
        {
            throw Refusal.Invalid(
                $"intent must be one of cancel, approve, reject; {(word is null ? "it is missing" : $"\"{word}\" is none of them")}");
        }

        var key = Text(body, "idempotencyKey") ?? (header is { Length: > 0 } ? header : newId());
        if (key.Length is 0 or > JsonFields.MaxWordChars || key.Any(char.IsControl))
        {
            throw Refusal.Invalid($"idempotencyKey must have 1 to {JsonFields.MaxWordChars} characters and no control character");
        }

        return new ControlOrder(
            loop, intent, Text(body, "by") is { Length: > 0 } by ? by : UsualOperator, key, caller.Trace, Confirm: !Flag(body, "noConfirm"));
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
            throw Refusal.Invalid($"{name} has half of a surrogate pair");
        }
    }

    private static bool Flag(JsonElement body, string name) => body.Field(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Refusal.Invalid($"{name} must be true or false"),
    };
}
