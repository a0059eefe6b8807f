using System.Text.Json.Serialization;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>A row of telemetry/sequence.jsonl: the sequence diagnostics of one reconcile.</summary>
public sealed class SequenceRow(DateTimeOffset timestamp, SequenceRecord sequence)
{
    public DateTimeOffset Timestamp => timestamp;

    public string? LoopId => sequence.LoopId;

    public string? TraceId => sequence.TraceId;

    public string? Transport => sequence.Transport;

    public string Category => TelemetryCategories.EnvelopeSequence;

    public string Status => sequence.Status;

    public string? ReasonCode => sequence.ReasonCode;

    public bool DriftActive => sequence.DriftActive;

    public IReadOnlyList<string> Violations => sequence.Violations;

    public SnapshotSequence Snapshot => sequence.Snapshot;

    public EventSequence Events => sequence.Events;

    public SequenceTransition Transition => sequence.Transition;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SequenceCursor? Cursor => sequence.Cursor;
}
