using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>The result of an intent.</summary>
[JsonConverter(typeof(WordConverter<IntentStatus>))]
public enum IntentStatus
{
    /// <summary>Its effect was seen.</summary>
    [JsonStringEnumMemberName(IntentStatuses.Confirmed)] Confirmed,

    /// <summary>The command went through, and its effect was not seen in time or somebody else was first.</summary>
    [JsonStringEnumMemberName(IntentStatuses.Ambiguous)] Ambiguous,

    /// <summary>The command failed.</summary>
    [JsonStringEnumMemberName(IntentStatuses.FailedCommand)] FailedCommand,

    /// <summary>The command succeeded; its effect was not verified, on request.</summary>
    [JsonStringEnumMemberName(IntentStatuses.ExecutedUnconfirmed)] ExecutedUnconfirmed,
}

/// <summary>
/// A row of intents.jsonl: something an operator asked for and its result (docs/contract.md, "Manager files"). Rows are
/// written by its serialiser and read by <see cref="Parse(JsonElement)"/>, because another manager may have written them.
/// </summary>
public sealed record IntentRow
{
    private const int MaxConfirmChars = 16 * 1024;

    public required DateTimeOffset? Timestamp { get; init; }

    public required string? LoopId { get; init; }

    /// <summary><c>cancel</c>, <c>approve</c> or <c>reject</c>.</summary>
    public required string Intent { get; init; }

    public string? TraceId { get; init; }

    public required string? RequestedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary><c>local</c> or <c>sprite_service</c>.</summary>
    public required string? Transport { get; init; }

    /// <summary>
    /// Null where a row that was read has none of the four words. Only <see cref="Confirmed(IntentFacts, Confirmation,
    /// JsonTypeInfo{Confirmation})"/> makes a confirmed one.
    /// </summary>
    public IntentStatus? Status { get; private init; }

    /// <summary>The status as it is in the file; null where the row has none.</summary>
    [JsonIgnore]
    public string? StatusWord => Status switch
    {
        IntentStatus.Confirmed => IntentStatuses.Confirmed,
        IntentStatus.Ambiguous => IntentStatuses.Ambiguous,
        IntentStatus.FailedCommand => IntentStatuses.FailedCommand,
        IntentStatus.ExecutedUnconfirmed => IntentStatuses.ExecutedUnconfirmed,
        _ => UnknownStatus,
    };

    /// <summary>The row's status where it is none of the four words; such a row is shown, and never taken for a success.</summary>
    [JsonIgnore]
    public string? UnknownStatus { get; init; }

    /// <summary>The command line in one text.</summary>
    public required string? Command { get; init; }

    public required string? IdempotencyKey { get; init; }

    public required int? ExitCode { get; init; }

    public required int? ConfirmExitCode { get; init; }

    [JsonPropertyName("confirmed")]
    public bool? IsConfirmed { get; private init; }

    /// <summary>
    /// What is known of an ambiguous one: <c>contradicted</c> where the other decision is in force, or something else happened. Of a
    /// failed one: <c>service_request_failed</c> where nothing was sent because the service could not be asked; its key is still unused.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasonCode { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CommandOutput { get; init; }

    /// <summary>What confirmed it, as an object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Confirm { get; init; }

    /// <summary>What is in force when the row is printed; a row in a file has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OutcomeNow? Now { get; init; }

    private IntentRow()
    {
    }

    /// <summary>It took effect, and this is the evidence.</summary>
    /// <param name="type">Writes the evidence.</param>
    public static IntentRow Confirmed(IntentFacts facts, Confirmation confirmation, JsonTypeInfo<Confirmation> type) =>
        Made(facts, IntentStatus.Confirmed, ExitCodes.Ok) with { Confirm = JsonSerializer.SerializeToElement(confirmation, type) };

    /// <summary>Whether it took effect is unknown; the row may say what was seen instead.</summary>
    public static IntentRow Ambiguous(IntentFacts facts, string? reasonCode = null) =>
        Made(facts, IntentStatus.Ambiguous, ExitCodes.Ambiguous) with { ReasonCode = reasonCode };

    /// <summary>The command failed, or was not started.</summary>
    public static IntentRow Failed(IntentFacts facts, string? reasonCode = null) =>
        Made(facts, IntentStatus.FailedCommand, null) with { ReasonCode = reasonCode };

    /// <summary>The command succeeded; its effect was not verified, on request.</summary>
    public static IntentRow Unconfirmed(IntentFacts facts) => Made(facts, IntentStatus.ExecutedUnconfirmed, null);

    private static IntentRow Made(IntentFacts facts, IntentStatus status, int? confirmExitCode) => new()
    {
        Timestamp = facts.Timestamp,
        LoopId = facts.LoopId,
        Intent = facts.Intent,
        TraceId = facts.TraceId,
        RequestedBy = facts.RequestedBy,
        Note = facts.Note,
        Transport = facts.Transport,
        Status = status,
        Command = facts.Command,
        IdempotencyKey = facts.IdempotencyKey,
        ExitCode = facts.ExitCode,
        ConfirmExitCode = confirmExitCode,
        IsConfirmed = status == IntentStatus.Confirmed,
        CommandOutput = facts.CommandOutput,
    };

    public static ArtifactParse<IntentRow> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<IntentRow>.ParseObject(utf8, Parse);

    /// <summary>Reads one row; long texts are cut, the whole is in the file.</summary>
    public static ArtifactParse<IntentRow> Parse(JsonElement root)
    {
        if (ArtifactParse<IntentRow>.NotAnObject(root) is { } fault)
        {
            return fault;
        }

        if (root.Word("intent") is not { Length: > 0 } intent)
        {
            return ArtifactParse<IntentRow>.Invalid("\"intent\" must be text");
        }

        var status = root.Word("status");
        var known = StatusOf(status);
        return ArtifactParse<IntentRow>.From(new()
        {
            Timestamp = root.Time("timestamp"),
            LoopId = root.Word("loopId"),
            Intent = intent,
            TraceId = root.Word("traceId"),
            RequestedBy = root.Word("requestedBy"),
            Note = root.Note("note"),
            Transport = root.Word("transport"),
            Status = known,
            UnknownStatus = known is null ? status : null,
            Command = root.Note("command") ?? Words(root.Field("command")),
            IdempotencyKey = root.Word("idempotencyKey"),
            ExitCode = root.Number("exitCode"),
            ConfirmExitCode = root.Number("confirmExitCode"),
            IsConfirmed = root.Flag("confirmed"),
            ReasonCode = root.Word("reasonCode"),
            CommandOutput = root.Note("commandOutput"),
            Confirm = ConfirmOf(root.Field("confirm")),
        });
    }

    /// <summary>A copy of its own: a part of the row would keep the whole row.</summary>
    private static JsonElement? ConfirmOf(JsonElement? confirm) =>
        confirm is { ValueKind: JsonValueKind.Object } value && value.GetRawText() is { Length: <= MaxConfirmChars } text
            ? JsonElement.Parse(text)
            : null;

    private static IntentStatus? StatusOf(string? word) => word switch
    {
        IntentStatuses.Confirmed => IntentStatus.Confirmed,
        IntentStatuses.Ambiguous => IntentStatus.Ambiguous,
        IntentStatuses.FailedCommand => IntentStatus.FailedCommand,
        IntentStatuses.ExecutedUnconfirmed => IntentStatus.ExecutedUnconfirmed,
        _ => null,
    };

    /// <summary>Some managers write the command as a list of its words.</summary>
    private static string? Words(JsonElement? command)
    {
        if (command is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var words = list.EnumerateArray()
            .Where(static word => word.ValueKind == JsonValueKind.String)
            .Select(static word => word.GetString());
        return JsonFields.Cut(string.Join(' ', words), JsonFields.MaxNoteChars);
    }
}
