using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>A row of telemetry/reconcile.jsonl: one reconcile and how it ended.</summary>
public sealed record ReconcileRow
{
    public required DateTimeOffset Timestamp { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string LoopId { get; init; }

    public string? TraceId { get; init; }

    public required string Transport { get; init; }

    /// <summary><see cref="TransportResult.Success"/> or <see cref="TransportResult.Failed"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, as a code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureCode { get; init; }

    /// <summary>Why it failed, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailureMessage { get; init; }

    /// <summary>Lines handed out before; 0 where there was no cursor, or reading from the start was asked for.</summary>
    public required long CursorOffsetBefore { get; init; }

    public required long CursorOffsetAfter { get; init; }

    public required long EventsIngested { get; init; }

    /// <summary>0 for all.</summary>
    public required int MaxEvents { get; init; }

    public required bool FromStart { get; init; }

    public required int RetryAttempts { get; init; }

    public required double RetryBackoffSeconds { get; init; }

    public required string? ThresholdProfile { get; init; }

    /// <summary>In whole seconds.</summary>
    public required long DurationSeconds { get; init; }

    public required int TransportFailureStreak { get; init; }

    /// <summary>Of the sequence diagnostics, or <see cref="SequenceSkipped"/>.</summary>
    public required string SequenceStatus { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SequenceReasonCode { get; init; }

    public required HealthStatus HealthStatus { get; init; }

    public required IReadOnlyList<string> HealthReasonCodes { get; init; }

    /// <summary>Additive: the snapshot's; null after a failure.</summary>
    public required long? EventLineOffset { get; init; }

    /// <summary>Additive: the contract status; null after a failure.</summary>
    public required Lifecycle? State { get; init; }

    /// <summary>Additive: <see cref="HealthStatus"/>.</summary>
    public HealthStatus Health => HealthStatus;

    /// <summary>Additive: <see cref="FailureMessage"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error => FailureMessage;

    /// <summary>The sequence status of a reconcile that read nothing.</summary>
    public const string SequenceSkipped = "skipped_ingest_failed";
}

/// <summary>telemetry/transport-health.json: the failure streak that health is judged by, kept between reconciles.</summary>
public sealed record TransportHealth
{
    public required string SchemaVersion { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    public required string Transport { get; init; }

    /// <summary>A word of <see cref="TransportResult"/>; null where an older version wrote it.</summary>
    public string? LastResult { get; init; }

    public required int FailureStreak { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public string? LastFailureCode { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
