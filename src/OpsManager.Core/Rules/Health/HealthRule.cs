using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Health;

/// <summary>What health is judged by. None of it depends on the host's processes.</summary>
public sealed record HealthFacts
{
    public bool Divergence { get; init; }

    public bool OrderingDrift { get; init; }

    /// <summary>Status word of the newest intent: <c>ambiguous</c> and <c>failed_command</c> count.</summary>
    public string? NewestIntentStatus { get; init; }

    public Lags Lags { get; init; }

    /// <summary>Ingests that failed in a row, this one included.</summary>
    public int FailureStreak { get; init; }

    /// <summary>Why this ingest failed (<see cref="FailureCodes"/>); null where it did not.</summary>
    public string? FailureCode { get; init; }
}

/// <summary>A status and the codes behind it.</summary>
public sealed record HealthVerdict(HealthStatus Status, IReadOnlyList<string> Codes)
{
    public static readonly HealthVerdict Healthy = new(HealthStatus.Healthy, []);

    public bool SaysTheSameAs(HealthVerdict other) => Status == other.Status && Codes.SequenceEqual(other.Codes);
}

/// <summary>Judges health (docs/contract.md, "Health").</summary>
public static class HealthRule
{
    public static HealthVerdict Judge(HealthFacts facts, HealthThresholds limits)
    {
        var status = HealthStatus.Healthy;
        List<string>? codes = null;

        void Add(string code, HealthStatus worst)
        {
            (codes ??= []).Add(code);
            status = worst > status ? worst : status;
        }

        void AddLevel(string code, long? value, int degraded, int critical)
        {
            if (value >= degraded)
            {
                Add(code, value >= critical ? HealthStatus.Critical : HealthStatus.Degraded);
            }
        }

        if (facts.Divergence)
        {
            Add(HealthCodes.DivergenceDetected, HealthStatus.Degraded);
        }

        if (facts.NewestIntentStatus == IntentStatuses.Ambiguous)
        {
            Add(HealthCodes.ControlAmbiguous, HealthStatus.Degraded);
        }
        else if (facts.NewestIntentStatus == IntentStatuses.FailedCommand)
        {
            Add(HealthCodes.ControlFailedCommand, HealthStatus.Degraded);
        }

        AddLevel(HealthCodes.IngestStale, facts.Lags.IngestSeconds, limits.DegradedIngestLagSeconds, limits.CriticalIngestLagSeconds);
        AddLevel(
            HealthCodes.RuntimeHeartbeatStale, facts.Lags.HeartbeatSeconds, limits.DegradedHeartbeatLagSeconds,
            limits.CriticalHeartbeatLagSeconds);
        if (facts.OrderingDrift)
        {
            Add(HealthCodes.OrderingDriftDetected, HealthStatus.Degraded);
        }

        switch (facts.FailureCode)
        {
            case null:
                AddLevel(
                    HealthCodes.TransportUnreachable, facts.FailureStreak, limits.DegradedTransportFailureStreak,
                    limits.CriticalTransportFailureStreak);
                break;
            case FailureCodes.ServiceResponseInvalid:
                Add(HealthCodes.InvalidTransportPayload, HealthStatus.Critical);
                break;
            case FailureCodes.ProjectionFailed:
                Add(HealthCodes.ProjectionFailed, HealthStatus.Critical);
                break;
            case FailureCodes.SnapshotUnavailable or FailureCodes.EventsUnavailable or FailureCodes.ServiceRequestFailed:
                // A failed ingest alone is degraded; a streak of them may be critical.
                Add(
                    HealthCodes.TransportUnreachable,
                    facts.FailureStreak >= limits.CriticalTransportFailureStreak ? HealthStatus.Critical : HealthStatus.Degraded);
                break;
            default:
                Add(HealthCodes.ReconcileFailed, HealthStatus.Degraded);
                break;
        }

        return codes is null ? HealthVerdict.Healthy : new HealthVerdict(status, codes);
    }
}
