using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>
/// A row of telemetry/control.jsonl: a step in the life of one intent (docs/contract.md, "Manager files"). The first is on disk
/// before the command starts; those of one intent share the idempotency key. What is there is never changed, only added to.
/// </summary>
public sealed record ControlRow
{
    /// <summary>The command is about to be started.</summary>
    public const string Started = "started";

    /// <summary>The command has ended; its result is being looked for.</summary>
    public const string Executed = "executed";

    /// <summary>The outcome is known.</summary>
    public const string Finished = "finished";

    /// <summary>Evidence came after the outcome.</summary>
    public const string Late = "late";

    /// <summary>An operator has seen an outcome that is no success.</summary>
    public const string Acknowledged = "acknowledged";

    private static readonly string[] Successes = [OutcomeWords.Observed, OutcomeWords.Consumed, OutcomeWords.Completed];

    public required DateTimeOffset? Timestamp { get; init; }

    /// <summary>One of the words above; a row of another program has none, or another one.</summary>
    public required string Phase { get; init; }

    public required string? LoopId { get; init; }

    public required string IdempotencyKey { get; init; }

    public string? TraceId { get; init; }

    public required string Intent { get; init; }

    public required string? RequestedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    public required string? Command { get; init; }

    /// <summary>What the intent was meant for, and where each source stood: with it a later process can go on verifying.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required ControlAim? Aim { get; init; }

    /// <summary>How long its effect is looked for before it is called unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How it was sent; absent where it was by a command on the same host.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transport { get; init; }

    /// <summary>Of the command; absent where it did not end by itself, or has not ended yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    /// <summary>The beginning of what the command wrote, or why it did not end by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>
    /// The outcome as intents.jsonl has it: confirmed, ambiguous, failed_command or executed_unconfirmed. Null before there is one.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status
    {
        get => field ?? (Phase is Finished or Late ? StatusOf(Outcome) : null);
        init;
    }

    /// <summary>
    /// observed, consumed, completed, refused, contradicted or unknown; absent while nothing is known. Only <see cref="Took"/>
    /// makes one of the first three.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; private init; }

    public IReadOnlyList<EvidenceRecord> Evidence { get; private init; } = [];

    /// <summary>Who has seen it, and their note.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>This row of an intent that took effect.</summary>
    public ControlRow Took(Effect effect, Confirmation confirmation) =>
        this with { Outcome = WordOf(effect), Evidence = confirmation.Evidence };

    /// <summary>This row of an intent of which no effect was seen; what was seen instead may be named.</summary>
    public ControlRow DidNot(Failure failure, string why, IReadOnlyList<EvidenceRecord> evidence) =>
        this with { Outcome = WordOf(failure), Why = why, Evidence = evidence };

    public static bool IsSuccess(string? outcome) => Successes.Contains(outcome);

    /// <summary>The word of intents.jsonl for an outcome; null is one that was not verified, on request.</summary>
    public static string StatusOf(string? outcome) =>
        outcome is null ? IntentStatuses.ExecutedUnconfirmed
        : IsSuccess(outcome) ? IntentStatuses.Confirmed
        : outcome == OutcomeWords.Refused ? IntentStatuses.FailedCommand
        : IntentStatuses.Ambiguous;

    public static ArtifactParse<ControlRow> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<ControlRow>.ParseObject(utf8, Parse);

    /// <summary>
    /// Reads one row; long texts are cut. A row that says that something took effect and names no evidence does not say so.
    /// </summary>
    public static ArtifactParse<ControlRow> Parse(JsonElement root)
    {
        if (ArtifactParse<ControlRow>.NotAnObject(root) is { } fault)
        {
            return fault;
        }

        var evidence = EvidenceOf(root.Field("evidence"));
        var outcome = root.Word("outcome");
        return ArtifactParse<ControlRow>.From(new()
        {
            Timestamp = root.Time("timestamp"),
            Phase = root.Word("phase") ?? "",
            LoopId = root.Word("loopId"),
            IdempotencyKey = root.Word("idempotencyKey") ?? "",
            TraceId = root.Word("traceId"),
            Intent = root.Word("intent") ?? "",
            RequestedBy = root.Word("requestedBy"),
            Note = root.Note("note"),
            Command = root.Note("command"),
            Aim = AimOf(root.Field("aim")),
            TimeoutSeconds = root.Number("timeoutSeconds"),
            Transport = root.Word("transport"),
            ExitCode = root.Number("exitCode"),
            Output = root.Note("output"),
            Outcome = evidence.Count == 0 && IsSuccess(outcome) ? WordOf(Failure.Unknown) : outcome,
            Why = evidence.Count == 0 && IsSuccess(outcome) ? $"the row says {outcome} and has no evidence" : root.Note("why"),
            Evidence = evidence,
            Acknowledgement = root.Field("acknowledgement") is { } seen ? new(seen.Word("by") ?? "", seen.Note("note") ?? "") : null,
        });
    }

    private static ControlAim? AimOf(JsonElement? aim) => aim is { ValueKind: JsonValueKind.Object } value && value.Time("at") is { } at
        ? new(
            value.Word("runId"),
            value.Whole("iteration"),
            value.Number("pid"),
            value.Word("pidLoop"),
            value.Field("pidStarted") is { ValueKind: JsonValueKind.Number } started && started.TryGetUInt64(out var ticks) ? ticks : null,
            value.Flag("pidGone") ?? false,
            at,
            value.Number("events") ?? 0,
            value.Number("decisions") ?? 0,
            value.Word("approvalStatus"),
            value.Flag("isActive") ?? false,
            value.Time("requestedAt"))
        : null;

    private static IReadOnlyList<EvidenceRecord> EvidenceOf(JsonElement? list)
    {
        const int Most = 64;
        return list is not { ValueKind: JsonValueKind.Array } found
            ? []
            : [.. found.EnumerateArray()
                .Take(Most)
                .Where(static one => one.Text("fact") is not null)
                .Select(static one => new EvidenceRecord
            {
                Source = one.Word("source") ?? "",
                Fact = one.Note("fact")!,
                Path = one.Note("path"),
                Line = one.Number("line"),
                Value = one.Word("value"),
                At = one.Time("at"),
            })];
    }

    private static string WordOf(Effect effect) => effect switch
    {
        Effect.Observed => OutcomeWords.Observed,
        Effect.Consumed => OutcomeWords.Consumed,
        _ => OutcomeWords.Completed,
    };

    private static string WordOf(Failure failure) => failure switch
    {
        Failure.Refused => OutcomeWords.Refused,
        Failure.Contradicted => OutcomeWords.Contradicted,
        _ => OutcomeWords.Unknown,
    };

    /// <summary>What a successful intent brought about; each is more than the one before.</summary>
    public enum Effect
    {
        Observed, Consumed, Completed,
    }

    /// <summary>What else can come of an intent.</summary>
    public enum Failure
    {
        Refused, Contradicted, Unknown,
    }
}

/// <summary>The target and the baseline of an intent.</summary>
/// <param name="PidGone">Whether the process had exited when the intent was planned: then nobody can stop it now.</param>
/// <param name="RequestedAt">When the approval was requested, as approval.json says; absent for a cancel.</param>
public sealed record ControlAim(
    string? RunId,
    long? Iteration,
    int? Pid,
    string? PidLoop,
    ulong? PidStarted,
    bool PidGone,
    DateTimeOffset At,
    int Events,
    long Decisions,
    string? ApprovalStatus,
    bool IsActive,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RequestedAt = null);

/// <summary>An operator has seen an outcome, and says what they make of it.</summary>
public sealed record Acknowledgement(string By, string Note);
