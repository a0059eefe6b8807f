namespace OpsManager.Contract.Manager;

/// <summary>The threshold profile in force, and which one the newest telemetry speaks for; null where there is none.</summary>
public sealed record StatusTuning
{
    /// <summary>Newest rows that are summed up.</summary>
    public required int SummaryWindow { get; init; }

    public required string? AppliedProfile { get; init; }

    /// <summary><c>strict</c>, <c>balanced</c> or <c>relaxed</c>.</summary>
    public required string? RecommendedProfile { get; init; }

    public required Confidence? Confidence { get; init; }

    public required string? Rationale { get; init; }

    public required TelemetryTotals? TelemetrySummary { get; init; }
}

/// <summary>What the newest rows of telemetry add up to.</summary>
public sealed record TelemetryTotals(TelemetryObserved Observed, TelemetrySource Source);

/// <summary>Which rows were summed up.</summary>
public sealed record TelemetrySource(string ReconcileTelemetryFile, string ControlTelemetryFile, int Window);

public sealed record TelemetryObserved
{
    public required int ReconcileAttempts { get; init; }

    public required int ReconcileSuccessCount { get; init; }

    public required int ReconcileFailedCount { get; init; }

    public required HealthTotals Health { get; init; }

    public required ControlTotals Control { get; init; }

    public required DurationTotals DurationSeconds { get; init; }
}

/// <summary>Rates are from 0 to 1.</summary>
public sealed record HealthTotals(
    int DegradedCount, int CriticalCount, double DegradedRate, double CriticalRate, IReadOnlyList<CodeCount> ReasonCodeFrequency);

/// <summary>How often a code of health came.</summary>
public sealed record CodeCount(string Code, int Count);

public sealed record ControlTotals(int AmbiguousCount);

/// <summary>How long reconciles took, in seconds; null where no row says it.</summary>
public sealed record DurationTotals(double? P50, double? P95, double? Max);
