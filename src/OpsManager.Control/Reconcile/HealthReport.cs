using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Reconcile;

/// <summary>Makes health.json (docs/contract.md, "Health").</summary>
public static class HealthReport
{
    public static HealthRecord Create(HealthFacts facts, HealthThresholds thresholds, string? traceId, DateTimeOffset now)
    {
        var verdict = HealthRule.Judge(facts, thresholds);
        return new HealthRecord
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            TraceId = traceId,
            Status = verdict.Status,
            ReasonCodes = verdict.Codes,
            Thresholds = thresholds.ToRecord(),
            Observations = new HealthObservations
            {
                IngestLagSeconds = facts.Lags.IngestSeconds,
                HeartbeatLagSeconds = facts.Lags.HeartbeatSeconds,
                TransportFailureStreak = facts.FailureStreak,
            },
        };
    }
}
