using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>sequence-state.json: whether snapshots and events came in order (docs/contract.md, "Sequence diagnostics").</summary>
public sealed record SequenceRecord
{
    public const string Ok = "ok";
    public const string OrderingDrift = HealthCodes.OrderingDriftDetected;

    /// <summary>Null where an older version wrote it; so are the next four.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SchemaVersion { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LoopId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary><c>local</c> or <c>sprite_service</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transport { get; init; }

    public required string Status { get; init; }

    public required string? ReasonCode { get; init; }

    public required bool DriftActive { get; init; }

    public required IReadOnlyList<string> Violations { get; init; }

    public required SnapshotSequence Snapshot { get; init; }

    public required EventSequence Events { get; init; }

    public required SequenceTransition Transition { get; init; }

    /// <summary>From where to where the pass moved its cursor; additive, null where another tool wrote it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SequenceCursor? Cursor { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>
/// A pass writes its cursor last. Where the cursor still is at <see cref="Before"/>, the pass did not finish, and its events come
/// again.
/// </summary>
public sealed record SequenceCursor
{
    /// <summary>The cursor file.</summary>
    public required string File { get; init; }

    /// <summary>Lines handed out before; null where there was no cursor.</summary>
    public required long? Before { get; init; }

    public required long After { get; init; }
}

/// <summary>The snapshot's sequence number against the one kept before.</summary>
public sealed record SnapshotSequence
{
    public required long? Previous { get; init; }

    public required long? Current { get; init; }

    public required bool Monotonic { get; init; }

    public required bool Regressed { get; init; }

    public required bool Missing { get; init; }
}

/// <summary>The batch's sequence numbers against each other and against the last one kept.</summary>
public sealed record EventSequence
{
    public required long IngestedCount { get; init; }

    public required long? PreviousLast { get; init; }

    public required long? First { get; init; }

    public required long? Last { get; init; }

    public required bool MonotonicWithinBatch { get; init; }

    public required bool MonotonicAcrossBatches { get; init; }

    public required bool Regressed { get; init; }

    public required bool Missing { get; init; }
}

/// <summary>From which sequence status to which.</summary>
public sealed record SequenceTransition
{
    public required string? PreviousStatus { get; init; }

    public required string CurrentStatus { get; init; }

    public required bool Changed { get; init; }

    /// <summary>Whether anything had drifted before.</summary>
    public bool PreviousDriftActive { get; init; }

    /// <summary>It drifts since this pass.</summary>
    public bool TransitionedToDrift { get; init; }

    /// <summary>It drifted before this pass, and no longer does.</summary>
    public bool RecoveredFromDrift { get; init; }
}

/// <summary>The words for what can be wrong with a sequence.</summary>
public static class SequenceViolations
{
    public const string SnapshotMissing = "snapshot_sequence_missing";
    public const string SnapshotRegression = "snapshot_sequence_regression";
    public const string EventMissing = "event_sequence_missing";
    public const string EventNonMonotonic = "event_sequence_non_monotonic";
    public const string EventRegression = "event_sequence_regression";
}
