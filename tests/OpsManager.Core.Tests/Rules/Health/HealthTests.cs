using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Health;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("strict", 120, 300, 1, 2)]
    [InlineData("balanced", 300, 900, 2, 4)]
    [InlineData("relaxed", 600, 1800, 3, 6)]
    public void The_profiles_have_the_limits_of_the_contract(
        string profile, int degradedLag, int criticalLag, int degradedStreak, int criticalStreak)
    {
        var limits = HealthThresholds.Named(profile)!;

        Assert.Equal(
            new HealthThresholds(profile, degradedLag, criticalLag, degradedStreak, criticalStreak, 120, 300),
            limits);
        var record = limits.ToRecord();
        Assert.Equal((profile, degradedLag, criticalLag, 120, 300, degradedStreak, criticalStreak), (
            record.Profile, record.DegradedIngestLagSeconds, record.CriticalIngestLagSeconds, record.DegradedHeartbeatLagSeconds,
            record.CriticalHeartbeatLagSeconds, record.DegradedTransportFailureStreak, record.CriticalTransportFailureStreak));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Strict")]
    [InlineData("loose")]
    public void Other_profiles_do_not_exist(string profile) => Assert.Null(HealthThresholds.Named(profile));

    [Fact]
    public void Nothing_wrong_is_healthy()
    {
        Assert.Same(HealthVerdict.Healthy, Judge(new HealthFacts()));
        Assert.Same(
            HealthVerdict.Healthy,
            Judge(new HealthFacts { NewestIntentStatus = "confirmed", Lags = new Lags(299, 119), FailureStreak = 1 }));
    }

    public static TheoryData<HealthFacts, HealthStatus, string[]> Cases => new()
    {
        { new HealthFacts { Divergence = true }, HealthStatus.Degraded, ["divergence_detected"] },
        { new HealthFacts { NewestIntentStatus = "ambiguous" }, HealthStatus.Degraded, ["control_ambiguous"] },
        { new HealthFacts { NewestIntentStatus = "failed_command" }, HealthStatus.Degraded, ["control_failed_command"] },
        { new HealthFacts { OrderingDrift = true }, HealthStatus.Degraded, ["ordering_drift_detected"] },
        { new HealthFacts { Lags = new Lags(300, null) }, HealthStatus.Degraded, ["ingest_stale"] },
        { new HealthFacts { Lags = new Lags(899, null) }, HealthStatus.Degraded, ["ingest_stale"] },
        { new HealthFacts { Lags = new Lags(900, null) }, HealthStatus.Critical, ["ingest_stale"] },
        { new HealthFacts { Lags = new Lags(null, 120) }, HealthStatus.Degraded, ["runtime_heartbeat_stale"] },
        { new HealthFacts { Lags = new Lags(null, 300) }, HealthStatus.Critical, ["runtime_heartbeat_stale"] },
        { new HealthFacts { FailureStreak = 2 }, HealthStatus.Degraded, ["transport_unreachable"] },
        { new HealthFacts { FailureStreak = 4 }, HealthStatus.Critical, ["transport_unreachable"] },
        {
            new HealthFacts { FailureStreak = 1, FailureCode = FailureCodes.SnapshotUnavailable }, HealthStatus.Degraded,
            ["transport_unreachable"]
        },
        {
            new HealthFacts { FailureStreak = 1, FailureCode = FailureCodes.EventsUnavailable }, HealthStatus.Degraded,
            ["transport_unreachable"]
        },
        {
            new HealthFacts { FailureStreak = 4, FailureCode = FailureCodes.ServiceRequestFailed }, HealthStatus.Critical,
            ["transport_unreachable"]
        },
        {
            new HealthFacts { FailureStreak = 1, FailureCode = FailureCodes.ServiceResponseInvalid }, HealthStatus.Critical,
            ["invalid_transport_payload"]
        },
        {
            new HealthFacts { FailureStreak = 1, FailureCode = FailureCodes.ProjectionFailed }, HealthStatus.Critical,
            ["projection_failed"]
        },
        {
            new HealthFacts
            {
                Divergence = true,
                NewestIntentStatus = "ambiguous",
                Lags = new Lags(900, 120),
                OrderingDrift = true,
                FailureStreak = 2
            },
            HealthStatus.Critical,
            [
                "divergence_detected", "control_ambiguous", "ingest_stale", "runtime_heartbeat_stale", "ordering_drift_detected",
                "transport_unreachable"
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_fact_has_its_code_and_the_worst_one_decides(HealthFacts facts, HealthStatus status, string[] codes)
    {
        var verdict = Judge(facts);

        Assert.Equal(status, verdict.Status);
        Assert.Equal(codes, verdict.Codes);
    }

    [Fact]
    public void Verdicts_are_compared_by_what_they_say()
    {
        var one = Judge(new HealthFacts { Divergence = true });

        Assert.True(one.SaysTheSameAs(Judge(new HealthFacts { Divergence = true })));
        Assert.False(one.SaysTheSameAs(Judge(new HealthFacts { OrderingDrift = true })));
        Assert.False(one.SaysTheSameAs(HealthVerdict.Healthy));
    }

    private static HealthVerdict Judge(HealthFacts facts) => HealthRule.Judge(facts, HealthThresholds.Balanced);
}
