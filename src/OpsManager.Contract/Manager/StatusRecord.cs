using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Contract.Manager;

/// <summary>What the <c>status</c> verb prints: the manager's files of one loop, gathered (docs/contract.md, "Command line").</summary>
public sealed record StatusRecord
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset GeneratedAt { get; init; }

    public required SourceRef Source { get; init; }

    public required StatusLifecycle Lifecycle { get; init; }

    /// <summary>health.json as it is, else the health of the state; null where there is none.</summary>
    public required JsonElement? Health { get; init; }

    /// <summary>cursor.json as it is, else the cursor of the state, else 0 lines.</summary>
    public required JsonElement Cursor { get; init; }

    public required StatusControl Control { get; init; }

    public required StatusReconcile Reconcile { get; init; }

    public required StatusVisibility Visibility { get; init; }

    public required StatusTuning Tuning { get; init; }

    /// <summary>Of another tool: its profile drift as it is; null where there is none.</summary>
    public required JsonElement? Drift { get; init; }

    /// <summary>Of another tool: which alerts it has dispatched; null where it has none.</summary>
    public required StatusAlerts? Alerts { get; init; }

    /// <summary>Which files were read, as full paths.</summary>
    public required StatusFiles Files { get; init; }

    public required AssessmentRecord? Assessment { get; init; }
}

/// <summary>The contract status as last projected; null where no state was kept yet.</summary>
public sealed record StatusLifecycle
{
    public required Lifecycle State { get; init; }

    public required Confidence? Confidence { get; init; }

    public required string? RunId { get; init; }

    public required long? Iteration { get; init; }
}

/// <summary>The newest row of intents.jsonl, null where there is none.</summary>
public sealed record StatusControl
{
    public required string? LastIntent { get; init; }

    public required string? LastStatus { get; init; }

    public required string? LastRequestedBy { get; init; }

    public required string? LastTimestamp { get; init; }

    public required string? LastTraceId { get; init; }

    /// <summary>Additive: <see cref="LastTimestamp"/>.</summary>
    public string? LastAt => LastTimestamp;

    /// <summary>Additive: <see cref="LastRequestedBy"/>.</summary>
    public string? LastBy => LastRequestedBy;
}

/// <summary>The newest row of telemetry/reconcile.jsonl, null where there is none.</summary>
public sealed record StatusReconcile
{
    public required string? LastStatus { get; init; }

    public required string? LastTimestamp { get; init; }

    public required string? LastTransport { get; init; }

    public required string? LastFailureCode { get; init; }

    public required long? LastDurationSeconds { get; init; }

    public required string? LastTraceId { get; init; }

    /// <summary>Additive: <see cref="LastTimestamp"/>.</summary>
    public string? LastAt => LastTimestamp;

    /// <summary>Additive: why it failed, in words.</summary>
    public required string? LastError { get; init; }
}

/// <summary>The rest of the manager's files as they are, with what other tools look for beside them.</summary>
public sealed record StatusVisibility
{
    public required JsonElement? Heartbeat { get; init; }

    public required JsonElement? Sequence { get; init; }

    public required JsonElement? InvocationAudit { get; init; }

    public required StatusTrace Trace { get; init; }
}

/// <summary>The trace ids of what was kept last; one that is not known is absent.</summary>
public sealed record StatusTrace
{
    /// <summary>Additive: of the state.</summary>
    public required string? TraceId { get; init; }

    /// <summary>Of the snapshot that the state was projected from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SnapshotTraceId { get; init; }

    /// <summary>Of the events that were ingested with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventsTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ControlTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ControlInvocationTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReconcileTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeartbeatTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SequenceTraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AlertTraceId { get; init; }

    /// <summary>The one that control, reconcile, alerts, heartbeat and sequence have in common.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SharedTraceId { get; init; }
}

/// <summary>What was dispatched, and the newest delivery; as another tool wrote them.</summary>
public sealed record StatusAlerts(JsonElement? Dispatch, JsonElement? LastDelivery);
