using OpsManager.Contract;
using OpsManager.Contract.Manager;

namespace OpsManager.Control.Reconcile;

/// <summary>Makes telemetry/transport-health.json.</summary>
internal static class TransportReport
{
    public static TransportHealth Succeeded(string transport, DateTimeOffset now) => new()
    {
        SchemaVersion = ContractVersion.V1,
        UpdatedAt = now,
        Transport = transport,
        FailureStreak = 0,
        LastSuccessAt = now,
        LastFailureCode = null,
    };

    public static TransportHealth Failed(string transport, TransportHealth? before, string code, DateTimeOffset now) => new()
    {
        SchemaVersion = ContractVersion.V1,
        UpdatedAt = now,
        Transport = transport,
        FailureStreak = (before?.FailureStreak ?? 0) + 1,
        LastSuccessAt = before?.LastSuccessAt,
        LastFailureCode = code,
    };
}
