using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Health;

/// <summary>Limits of health: lags in seconds, streaks in failed ingests (docs/contract.md, "Health").</summary>
public sealed record HealthThresholds(
    string Profile,
    int DegradedIngestLagSeconds,
    int CriticalIngestLagSeconds,
    int DegradedTransportFailureStreak,
    int CriticalTransportFailureStreak,
    int DegradedHeartbeatLagSeconds = 120,
    int CriticalHeartbeatLagSeconds = 300)
{
    public static readonly HealthThresholds Strict = new("strict", 120, 300, 1, 2);
    public static readonly HealthThresholds Balanced = new("balanced", 300, 900, 2, 4);
    public static readonly HealthThresholds Relaxed = new("relaxed", 600, 1800, 3, 6);

    /// <summary>The profile of that name; null where there is none.</summary>
    public static HealthThresholds? Named(string profile) => profile switch
    {
        "strict" => Strict,
        "balanced" => Balanced,
        "relaxed" => Relaxed,
        _ => null,
    };

    public HealthThresholdsRecord ToRecord() => new()
    {
        Profile = Profile,
        DegradedIngestLagSeconds = DegradedIngestLagSeconds,
        CriticalIngestLagSeconds = CriticalIngestLagSeconds,
        DegradedHeartbeatLagSeconds = DegradedHeartbeatLagSeconds,
        CriticalHeartbeatLagSeconds = CriticalHeartbeatLagSeconds,
        DegradedTransportFailureStreak = DegradedTransportFailureStreak,
        CriticalTransportFailureStreak = CriticalTransportFailureStreak,
    };
}
