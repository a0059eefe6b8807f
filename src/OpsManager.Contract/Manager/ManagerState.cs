using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>
/// state.json of the manager: what was projected from one snapshot and the events ingested with it (docs/contract.md,
/// "Projection").
/// </summary>
public sealed record ManagerState
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset GeneratedAt { get; init; }

    public required SourceRef Source { get; init; }

    public required EventRun Run { get; init; }

    public required TransitionRecord Transition { get; init; }

    public required ProjectionRecord Projection { get; init; }

    public required CursorRef Cursor { get; init; }

    public required DivergenceRecord Divergence { get; init; }

    public required ProjectionEvidence Evidence { get; init; }

    public required HealthRecord Health { get; init; }

    public required SequenceRecord Sequence { get; init; }

    public required TraceRecord Trace { get; init; }

    /// <summary>The manager's own judgement; additive, and the headline on screen.</summary>
    public required AssessmentRecord Assessment { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>From which word to which, and by what: <c>event:NAME</c> or <c>snapshot_status:WORD</c>.</summary>
public sealed record TransitionRecord
{
    /// <summary>
    /// The status that was kept before; null, written as <c>none</c>, the first time and when it is read over from the start.
    /// </summary>
    [JsonConverter(typeof(FirstStateConverter))]
    public required Lifecycle? PreviousState { get; init; }

    public required string TriggeringSignal { get; init; }

    public required Lifecycle CurrentState { get; init; }

    public required Confidence Confidence { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>How far a projected word can be relied on.</summary>
[JsonConverter(typeof(WordConverter<Confidence>))]
public enum Confidence
{
    [JsonStringEnumMemberName("low")] Low,
    [JsonStringEnumMemberName("medium")] Medium,
    [JsonStringEnumMemberName("high")] High,
}

/// <summary>The facts that the contract status was projected from.</summary>
public sealed record ProjectionRecord
{
    public required Lifecycle Status { get; init; }

    public required bool HasPendingApproval { get; init; }

    public required bool? CompletionOk { get; init; }

    public required JsonElement? Gates { get; init; }

    public required JsonElement? Stuck { get; init; }

    public required bool? Active { get; init; }

    public required string? LastEventName { get; init; }

    public required string? LastEventAt { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Contradictions inside the v1 projection; none of them depends on the host.</summary>
public sealed record DivergenceRecord
{
    public required bool Any { get; init; }

    public required DivergenceFlags Flags { get; init; }
}

/// <summary>The three flags of docs/contract.md, "Projection".</summary>
public sealed record DivergenceFlags
{
    public required bool ActiveMismatch { get; init; }

    public required bool ApprovalCompletionConflict { get; init; }

    public required bool CursorRegression { get; init; }

    [JsonIgnore] public bool Any => ActiveMismatch || ApprovalCompletionConflict || CursorRegression;
}

/// <summary>What the projection rests on.</summary>
public sealed record ProjectionEvidence
{
    public required DateTimeOffset SnapshotEmittedAt { get; init; }

    public required long EventsIngested { get; init; }

    public required NewestEvent? NewestEvent { get; init; }

    public required SnapshotArtifacts Artifacts { get; init; }
}

/// <summary>The newest event ingested.</summary>
public sealed record NewestEvent
{
    public required long Line { get; init; }

    public required string Name { get; init; }

    public required string Timestamp { get; init; }
}

/// <summary>The trace id that ties rows of one operation together.</summary>
public sealed record TraceRecord
{
    public string? TraceId { get; init; }

    /// <summary>The same, of a state that a reconcile kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReconcileTraceId { get; init; }
}
