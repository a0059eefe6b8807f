using System.Globalization;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Health;

/// <summary>Says for each code of health what was measured and what it was compared with (docs/contract.md, "Health").</summary>
public static class HealthReasons
{
    /// <param name="codes">What <see cref="HealthRule"/> found by the same facts and limits.</param>
    public static IReadOnlyList<HealthReason> From(IReadOnlyList<string> codes, HealthFacts facts, HealthThresholds limits) =>
        [.. codes.Select(code => From(code, facts, limits))];

    private static HealthReason From(string code, HealthFacts facts, HealthThresholds limits) => code switch
    {
        HealthCodes.DivergenceDetected => Compared(code, "divergence.any", "true", "false"),
        HealthCodes.ControlAmbiguous or HealthCodes.ControlFailedCommand =>
            Compared(code, "control.status", facts.NewestIntentStatus, IntentStatuses.Confirmed),
        HealthCodes.IngestStale => Level(
            code, "ingestLagSeconds", facts.Lags.IngestSeconds, limits.DegradedIngestLagSeconds, limits.CriticalIngestLagSeconds),
        HealthCodes.RuntimeHeartbeatStale => Level(
            code, "heartbeatLagSeconds", facts.Lags.HeartbeatSeconds, limits.DegradedHeartbeatLagSeconds,
            limits.CriticalHeartbeatLagSeconds),
        HealthCodes.OrderingDriftDetected => Compared(code, "sequence.status", SequenceRecord.OrderingDrift, SequenceRecord.Ok),
        HealthCodes.TransportUnreachable when facts.FailureStreak >= limits.DegradedTransportFailureStreak => Level(
            code, "transportFailureStreak", facts.FailureStreak, limits.DegradedTransportFailureStreak,
            limits.CriticalTransportFailureStreak),
        HealthCodes.InvalidTransportPayload or HealthCodes.ProjectionFailed =>
            Compared(code, "ingestStatus", TransportResult.Failed, TransportResult.Success) with { Severity = HealthStatus.Critical },
        _ => Compared(code, "ingestStatus", TransportResult.Failed, TransportResult.Success),
    };

    private static HealthReason Level(string code, string metric, long? value, int degraded, int critical)
    {
        var isCritical = value >= critical;
        return Compared(code, metric, Text(value), Text(isCritical ? critical : degraded)) with
        {
            Severity = isCritical ? HealthStatus.Critical : HealthStatus.Degraded,
        };
    }

    private static HealthReason Compared(string code, string metric, string? observed, string? threshold) =>
        new() { Code = code, Severity = HealthStatus.Degraded, Metric = metric, Observed = observed, Threshold = threshold };

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
