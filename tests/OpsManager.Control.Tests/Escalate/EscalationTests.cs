using OpsManager.Contract.Manager;
using OpsManager.Control.Escalate;
using Xunit;

namespace OpsManager.Control.Tests.Escalate;

/// <summary>What holds by a health and the findings behind it.</summary>
public sealed class EscalationTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, "", "")]
    [InlineData(HealthStatus.Degraded, "ingest_stale", "health_degraded: degraded: ingest_stale")]
    [InlineData(HealthStatus.Critical, "ingest_stale", "health_critical: critical: ingest_stale")]
    [InlineData(
        HealthStatus.Degraded, "divergence_detected",
        "divergence_detected: the sources contradict each other; health_degraded: degraded: divergence_detected")]
    [InlineData(
        HealthStatus.Critical, "ordering_drift_detected,ingest_stale",
        "ordering_drift_detected: snapshots or events did not come in order; "
            + "health_critical: critical: ordering_drift_detected, ingest_stale")]
    [InlineData(HealthStatus.Degraded, "control_ambiguous", "health_degraded: degraded: control_ambiguous")]
    public void Each_code_and_the_status_are_told(HealthStatus status, string codes, string told)
    {
        string[] given = [.. codes.Split(',', StringSplitOptions.RemoveEmptyEntries)];

        var held = Escalation.From(status, given, []);

        Assert.Equal(told, string.Join("; ", held.Select(static one => $"{one.Category}: {one.Why}")));
        Assert.All(held, one => Assert.Same(given, one.ReasonCodes));
    }

    [Theory]
    [InlineData("divergence_detected", "active_mismatch,approval_completion_conflict,cursor_regression")]
    [InlineData("ordering_drift_detected", "ordering_drift")]
    [InlineData("health_degraded", "")]
    public void The_evidence_is_that_of_the_findings_it_is_about(string category, string about)
    {
        var findings = new[]
        {
            "active_mismatch", "approval_completion_conflict", "cursor_regression", "ordering_drift", "process_gone",
        }.Select(Found).ToArray();

        var held = Escalation.From(HealthStatus.Degraded, ["divergence_detected", "ordering_drift_detected"], findings);

        Assert.Equal(
            about, string.Join(',', held.Single(one => one.Category == category).Evidence.Select(static fact => fact.Fact)));
    }

    private static FindingRecord Found(string code) => new()
    {
        Code = code,
        Severity = Severity.Warning,
        Since = null,
        Evidence = [new EvidenceRecord { Source = "events", Fact = code, Path = null }],
    };
}
