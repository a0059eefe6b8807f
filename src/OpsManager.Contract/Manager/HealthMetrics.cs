namespace OpsManager.Contract.Manager;

/// <summary>What health was judged by; null where there was nothing to measure (docs/contract.md, "Health").</summary>
public sealed record HealthMetrics
{
    public required long? IngestLagSeconds { get; init; }

    public required long? HeartbeatLagSeconds { get; init; }

    public required int TransportFailureStreak { get; init; }

    /// <summary>Status of the newest intent.</summary>
    public required string? LastControlStatus { get; init; }

    public required string? SequenceStatus { get; init; }

    /// <summary>The contract status; <c>unknown</c> where no state is kept.</summary>
    public required Lifecycle LifecycleState { get; init; }
}

/// <summary>The times that the metrics are ages of.</summary>
public sealed record HealthEvidence
{
    public required string? LastEventAt { get; init; }

    public required string? LastHeartbeatAt { get; init; }

    public required DateTimeOffset? SequenceUpdatedAt { get; init; }
}
