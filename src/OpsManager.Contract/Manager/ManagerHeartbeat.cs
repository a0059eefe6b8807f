using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Contract.Manager;

/// <summary>
/// heartbeat.json of the manager: what it last saw of the runtime's heartbeat. All but the first two may be absent where another tool
/// or an older version wrote it.
/// </summary>
public sealed record ManagerHeartbeat
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? LoopId { get; init; }

    public SourceRef? Source { get; init; }

    public string? TraceId { get; init; }

    /// <summary><c>local</c> or <c>sprite_service</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>When the runtime last gave a sign of life, as it wrote that; null where it writes no heartbeat.</summary>
    public string? LastHeartbeatAt { get; init; }

    public long? HeartbeatLagSeconds { get; init; }

    /// <summary><c>fresh</c>, <c>degraded</c> or <c>critical</c>; null where the runtime writes no heartbeat.</summary>
    public string? FreshnessStatus { get; init; }

    /// <summary><c>runtime_heartbeat_stale</c>; null where it is not.</summary>
    public string? ReasonCode { get; init; }

    public HeartbeatThresholds? Thresholds { get; init; }

    /// <summary>The runtime's file as it was; null where there is none.</summary>
    public JsonElement? Heartbeat { get; init; }

    /// <summary>Additive: <see cref="FreshnessStatus"/>, or <c>absent</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Additive: <see cref="HeartbeatLagSeconds"/>.</summary>
    public long? LagSeconds { get; init; }

    /// <summary>Additive.</summary>
    public string? RuntimeTimestamp { get; init; }

    /// <summary>Additive.</summary>
    public string? RuntimeStage { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The limits of a heartbeat's age, in seconds.</summary>
public sealed record HeartbeatThresholds(int DegradedHeartbeatLagSeconds, int CriticalHeartbeatLagSeconds);

/// <summary>A row of telemetry/heartbeat.jsonl: the heartbeat as one reconcile saw it.</summary>
public sealed class HeartbeatRow(ManagerHeartbeat seen)
{
    public DateTimeOffset Timestamp => seen.UpdatedAt;

    public string? LoopId => seen.LoopId;

    public string? TraceId => seen.TraceId;

    public string? Transport => seen.Transport;

    public string Category => Words.TelemetryCategories.RuntimeHeartbeat;

    public string? Status => seen.Status;

    public string? ReasonCode => seen.ReasonCode;

    public string? HeartbeatAt => seen.LastHeartbeatAt;

    public long? HeartbeatLagSeconds => seen.HeartbeatLagSeconds;

    public JsonElement? Heartbeat => seen.Heartbeat;

    // Additive, as older versions of ours wrote them.
    public string SchemaVersion => seen.SchemaVersion;

    public DateTimeOffset UpdatedAt => seen.UpdatedAt;

    public SourceRef? Source => seen.Source;

    public long? LagSeconds => seen.LagSeconds;

    public string? RuntimeTimestamp => seen.RuntimeTimestamp;

    public string? RuntimeStage => seen.RuntimeStage;
}
