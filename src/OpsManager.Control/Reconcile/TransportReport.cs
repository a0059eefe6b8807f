using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Control.Reconcile;

/// <summary>Makes telemetry/transport-health.json.</summary>
internal static class TransportReport
{
    /// <param name="before">What was kept before; null where there was none.</param>
    public static TransportHealth Succeeded(string transport, TransportHealth? before, string traceId, DateTimeOffset now) => new()
    {
        SchemaVersion = ContractVersion.V1,
        UpdatedAt = now,
        TraceId = traceId,
        Transport = transport,
        LastResult = TransportResult.Success,
        FailureStreak = 0,
        LastSuccessAt = now,
        LastFailureAt = before?.LastFailureAt,
        LastFailureCode = null,
    };

    /// <inheritdoc cref="Succeeded"/>
    public static TransportHealth Failed(
        string transport, TransportHealth? before, string traceId, string code, DateTimeOffset now) => new()
        {
            SchemaVersion = ContractVersion.V1,
            UpdatedAt = now,
            TraceId = traceId,
            Transport = transport,
            LastResult = TransportResult.Failed,
            FailureStreak = (before?.FailureStreak ?? 0) + 1,
            LastSuccessAt = before?.LastSuccessAt,
            LastFailureAt = now,
            LastFailureCode = code,
        };
}
