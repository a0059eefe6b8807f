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
    private const string Absent = "absent";
    private const string Fresh = "fresh";

    public static ManagerHeartbeat Create(
        LoopReading reading, string transport, HealthThresholds thresholds, string? traceId, DateTimeOffset now)
    {
        var beat = reading.Loop.Heartbeat.Value;
        var lag = beat is null ? (long?)null : Math.Max(0, (long)(now - beat.Timestamp).TotalSeconds);
        var freshness = lag is null ? null
            : lag < thresholds.DegradedHeartbeatLagSeconds ? Fresh
            : lag < thresholds.CriticalHeartbeatLagSeconds ? HealthWords.Degraded
            : HealthWords.Critical;
        return new ManagerHeartbeat
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            LoopId = reading.Loop.Id,
            Source = new SourceRef { RepoPath = reading.Repo.Path, LoopId = reading.Loop.Id },
            TraceId = traceId,
            Transport = transport,
            LastHeartbeatAt = beat is null ? null : beat.Raw.Text("timestamp") ?? UtcSecondsConverter.Text(beat.Timestamp),
            HeartbeatLagSeconds = lag,
            FreshnessStatus = freshness,
            ReasonCode = freshness is null or Fresh ? null : HealthCodes.RuntimeHeartbeatStale,
            Thresholds = new HeartbeatThresholds(thresholds.DegradedHeartbeatLagSeconds, thresholds.CriticalHeartbeatLagSeconds),
            Heartbeat = beat?.Raw,
            Status = freshness ?? Absent,
            LagSeconds = lag,
            RuntimeTimestamp = beat is null ? null : UtcSecondsConverter.Text(beat.Timestamp),
            RuntimeStage = beat?.Stage,
        };
    }
}
