using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>How well the watching goes, worst last.</summary>
[JsonConverter(typeof(WordConverter<HealthStatus>))]
public enum HealthStatus
{
    [JsonStringEnumMemberName(HealthWords.Healthy)] Healthy,
    [JsonStringEnumMemberName(HealthWords.Degraded)] Degraded,
    [JsonStringEnumMemberName(HealthWords.Critical)] Critical,
}

/// <summary>health.json (docs/contract.md, "Health").</summary>
public sealed record HealthRecord
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? TraceId { get; init; }

    public required HealthStatus Status { get; init; }

    public required IReadOnlyList<string> ReasonCodes { get; init; }

    /// <summary>A reason for each code; null where an older version wrote it.</summary>
    public IReadOnlyList<HealthReason>? Reasons { get; init; }

    /// <summary>What was measured, as other tools read it; null where an older version wrote it.</summary>
    public HealthMetrics? Metrics { get; init; }

    public required HealthThresholdsRecord Thresholds { get; init; }

    /// <summary>How the loop was read; null where it was not, and where an older version wrote it.</summary>
    public TransportResult? Transport { get; init; }

    /// <summary>The times behind the metrics; null where an older version wrote it.</summary>
    public HealthEvidence? Evidence { get; init; }

    /// <summary>Additive: the numbers that were compared with the limits; null where another tool wrote it.</summary>
    public HealthObservations? Observations { get; init; }

    /// <summary>The message of the failure, where an ingest failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The ingest failure code, where an ingest failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureCode { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The limits that were in force: lags in seconds, streaks in failed ingests.</summary>
public sealed record HealthThresholdsRecord
{
    /// <summary>Null where another tool was given none.</summary>
    public required string? Profile { get; init; }

    public required int DegradedIngestLagSeconds { get; init; }

    public required int CriticalIngestLagSeconds { get; init; }

    public required int DegradedHeartbeatLagSeconds { get; init; }

    public required int CriticalHeartbeatLagSeconds { get; init; }

    public required int DegradedTransportFailureStreak { get; init; }

    public required int CriticalTransportFailureStreak { get; init; }
}

/// <summary>The numbers that were compared with the limits; null where there was nothing to measure.</summary>
public sealed record HealthObservations
{
    public required long? IngestLagSeconds { get; init; }

    public required long? HeartbeatLagSeconds { get; init; }

    public required int TransportFailureStreak { get; init; }
}
