using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;

namespace OpsManager.Control.Reconcile;

/// <summary>How a loop was read and what was found: what health.json says beside its judgement.</summary>
/// <param name="Transport">One of <see cref="Transports"/>.</param>
/// <param name="Lifecycle">The contract status; <see cref="Lifecycle.Unknown"/> where nothing was read.</param>
/// <param name="Sequence">Null where nothing was read.</param>
/// <param name="LastEventAt">As the newest event says it; null where none was read.</param>
/// <param name="LastHeartbeatAt">As the runtime's heartbeat says it; null where there is none.</param>
public sealed record HealthReading(
    string Transport, Lifecycle Lifecycle, SequenceRecord? Sequence, string? LastEventAt, string? LastHeartbeatAt)
{
    public static HealthReading From(string transport, SnapshotEnvelope snapshot, SequenceRecord sequence) => new(
        transport, snapshot.Run.Status, sequence, snapshot.Health.LastEventAt, snapshot.Runtime.Heartbeat?.Text("timestamp"));

    /// <summary>Nothing was read.</summary>
    /// <param name="before">The contract status that was kept before; null where there is none.</param>
    public static HealthReading None(string transport, Lifecycle? before) =>
        new(transport, before ?? Lifecycle.Unknown, null, null, null);
}
