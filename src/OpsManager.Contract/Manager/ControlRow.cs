using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// A row of telemetry/control.jsonl: a step in the life of one intent. The first is on disk before the command starts; those of one
/// intent share the idempotency key.
/// </summary>
public sealed record ControlRow
{
    /// <summary>The command is about to be started.</summary>
    public const string Started = "started";

    /// <summary>An outcome was told.</summary>
    public const string Finished = "finished";

    /// <summary>Evidence came after the outcome was told.</summary>
    public const string Late = "late";

    /// <summary>An operator has seen an outcome that is no success.</summary>
    public const string Acknowledged = "acknowledged";

    public required DateTimeOffset Timestamp { get; init; }

    public required string Phase { get; init; }

    public required string LoopId { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string TraceId { get; init; }

    public required string Intent { get; init; }

    public required string RequestedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    public required string Command { get; init; }

    /// <summary>What the intent was meant for, and where each source stood: with it a later process can go on verifying.</summary>
    public required ControlAim Aim { get; init; }

    /// <summary>observed, consumed, completed, refused, contradicted or unknown; absent while nothing is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    public IReadOnlyList<EvidenceRecord> Evidence { get; init; } = [];
}

/// <summary>The target and the baseline of an intent.</summary>
public sealed record ControlAim(
    string? RunId,
    int? Iteration,
    int? Pid,
    string? PidLoop,
    ulong? PidStarted,
    DateTimeOffset At,
    int Events,
    long Decisions,
    string? ApprovalStatus,
    bool IsActive);
