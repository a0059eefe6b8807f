using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Reconcile;

/// <summary>Makes health.json (docs/contract.md, "Health").</summary>
public static class HealthReport
{
    /// <param name="read">How the loop was read, and what was found.</param>
    public static HealthRecord Create(
        HealthFacts facts, HealthThresholds thresholds, HealthReading read, string? traceId, DateTimeOffset now)
    {
        var verdict = HealthRule.Judge(facts, thresholds);
        return new HealthRecord
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            TraceId = traceId,
            Status = verdict.Status,
            ReasonCodes = verdict.Codes,
            Reasons = HealthReasons.From(verdict.Codes, facts, thresholds),
            Metrics = new HealthMetrics
            {
                IngestLagSeconds = facts.Lags.IngestSeconds,
                HeartbeatLagSeconds = facts.Lags.HeartbeatSeconds,
                TransportFailureStreak = facts.FailureStreak,
                LastControlStatus = facts.NewestIntentStatus,
                SequenceStatus = read.Sequence?.Status,
                LifecycleState = read.Lifecycle,
            },
            Thresholds = thresholds.ToRecord(),
            Transport = new TransportResult
            {
                Mode = read.Transport,
                IngestStatus = facts.FailureCode is null ? TransportResult.Success : TransportResult.Failed,
                FailureCode = facts.FailureCode,
                LastFailureCode = facts.FailureCode,
            },
            Evidence = new HealthEvidence
            {
                LastEventAt = read.LastEventAt,
                LastHeartbeatAt = read.LastHeartbeatAt,
                SequenceUpdatedAt = read.Sequence?.UpdatedAt,
            },
            Observations = new HealthObservations
            {
                IngestLagSeconds = facts.Lags.IngestSeconds,
                HeartbeatLagSeconds = facts.Lags.HeartbeatSeconds,
                TransportFailureStreak = facts.FailureStreak,
            },
        };
    }
}
