using System.Text;
using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Service;
using OpsManager.Sources.Sprite;

namespace OpsManager.Control.Act;

/// <summary>What is alike in sending an intent to a sprite, whatever carries it (docs/contract.md, "Service").</summary>
internal static class SentAnswer
{
    /// <summary>Of a longer answer only its words are kept.</summary>
    private const int MaxAnswerChars = 16 * 1024;

    /// <summary>Brings the copy up to now: what was planned on an old one is not sent.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    public static async Task<string?> PrepareAsync(ISprite sprite, ControlRequest request, CancellationToken cancel) =>
        await FaultAsync(sprite, request, cancel).ConfigureAwait(false) is { } fault
            ? $"the sprite cannot be read now, so nothing was sent: {fault}"
            : null;

    /// <summary>The caller's own time counts where it is longer than the service's.</summary>
    public static TimeSpan WaitFor(ControlRequest request) =>
        request.Timeout > request.ServiceTime ? request.Timeout : request.ServiceTime;

    /// <summary>The request as text.</summary>
    public static string Body(ControlRequest request) => JsonSerializer.Serialize(
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

    /// <summary>What an answer says of the control; null where it is no answer to one.</summary>
    public static Execution? Read(int status, ReadOnlyMemory<byte> body)
    {
        if (status is not (200 or 409 or 500) || Answer(body) is not { } said)
        {
            return null;
        }

        // Ambiguous is no failure: its effect is looked for as long as that of a success.
        return new Execution(
            status == 409 ? null : said.ExitCode, WordsOf(said),
            status == 409 ? "the service answered that the result is ambiguous" : null,
            WasStarted: true)
        {
            Answer = TextOf(body.Span),
            IsReplayed = said.Replayed,
        };
    }

    public static Execution NotSent(string why) => new(null, "", why, WasStarted: false);

    public static Execution Unanswered(string why) => new(null, "", why, WasStarted: true);

    private static async Task<string?> FaultAsync(ISprite sprite, ControlRequest request, CancellationToken cancel)
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

    /// <summary>Null where it is no answer to a control.</summary>
    private static ControlAnswer? Answer(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ContractJson.Read(body, ContractJson.Default.ControlAnswer);
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
}
