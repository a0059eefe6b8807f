using System.Text.Json.Serialization;
using OpsManager.Contract.Envelopes;

namespace OpsManager.Contract.Manager;

/// <summary>A row of telemetry/reconcile.jsonl: one reconcile and how it ended.</summary>
public sealed record ReconcileRow
{
    public required DateTimeOffset Timestamp { get; init; }

    public required string LoopId { get; init; }

    public string? TraceId { get; init; }

    public required string Transport { get; init; }

    /// <summary><c>success</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    public required int Attempts { get; init; }

    public required long EventsIngested { get; init; }

    public required long? EventLineOffset { get; init; }

    public required Lifecycle? State { get; init; }

    public required HealthStatus Health { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>telemetry/transport-health.json: the failure streak that health is judged by, kept between reconciles.</summary>
public sealed record TransportHealth
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string Transport { get; init; }

    public required int FailureStreak { get; init; }

    public required DateTimeOffset? LastSuccessAt { get; init; }

    public required string? LastFailureCode { get; init; }
}

/// <summary>heartbeat.json of the manager: what it last saw of the runtime's heartbeat.</summary>
public sealed record ManagerHeartbeat
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required SourceRef Source { get; init; }

    public string? TraceId { get; init; }

    /// <summary><c>fresh</c>, <c>degraded</c>, <c>critical</c>, or <c>absent</c> where the runtime writes none.</summary>
    public required string Status { get; init; }

    public required long? LagSeconds { get; init; }

    public required string? RuntimeTimestamp { get; init; }

    public required string? RuntimeStage { get; init; }
}
