using OpsManager.Contract;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Health;
using OpsManager.Sources.Local;

namespace OpsManager.Control.Reconcile;

/// <summary>Makes heartbeat.json of the manager: the runtime's heartbeat as it was last seen.</summary>
internal static class HeartbeatReport
{
    public static ManagerHeartbeat Create(LoopReading reading, HealthThresholds thresholds, string? traceId, DateTimeOffset now)
    {
        var beat = reading.Loop.Heartbeat.Value;
        var lag = beat is null ? (long?)null : Math.Max(0, (long)(now - beat.Timestamp).TotalSeconds);
        return new ManagerHeartbeat
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            Source = new SourceRef { RepoPath = reading.Repo.Path, LoopId = reading.Loop.Id },
            TraceId = traceId,
            Status = lag is null
                ? "absent"
                : lag < thresholds.DegradedHeartbeatLagSeconds ? "fresh"
                : lag < thresholds.CriticalHeartbeatLagSeconds ? HealthWords.Degraded
                : HealthWords.Critical,
            LagSeconds = lag,
            RuntimeTimestamp = beat is null ? null : UtcSecondsConverter.Text(beat.Timestamp),
            RuntimeStage = beat?.Stage,
        };
    }
}
