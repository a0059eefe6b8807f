using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;

namespace OpsManager.Control.Escalate;

/// <summary>Something that an operator has to look at.</summary>
/// <param name="Category">One of <see cref="EscalationCategories"/>.</param>
internal sealed record Escalation(
    string Category, string Why, IReadOnlyList<EvidenceRecord> Evidence, IReadOnlyList<string>? ReasonCodes = null,
    string? Incident = null)
{
    /// <summary>What holds by a health and the facts behind it. A control that failed is recorded with its intent, not here.</summary>
    public static IReadOnlyList<Escalation> From(HealthStatus status, IReadOnlyList<string> codes, IReadOnlyList<FindingRecord> findings)
    {
        var held = new List<Escalation>();
        void Add(bool holds, string category, string why, params string[] about)
        {
            if (holds)
            {
                held.Add(new(
                    category, why,
                    [.. findings.Where(finding => about.Contains(finding.Code)).SelectMany(static finding => finding.Evidence)], codes));
            }
        }

        var reasons = string.Join(", ", codes);
        Add(
            codes.Contains(HealthCodes.DivergenceDetected), EscalationCategories.DivergenceDetected, "the sources contradict each other",
            FindingCodes.ActiveMismatch, FindingCodes.ApprovalCompletionConflict, FindingCodes.CursorRegression);
        Add(
            codes.Contains(HealthCodes.OrderingDriftDetected), EscalationCategories.OrderingDriftDetected,
            "snapshots or events did not come in order", FindingCodes.OrderingDrift);
        Add(status == HealthStatus.Degraded, EscalationCategories.HealthDegraded, $"degraded: {reasons}");
        Add(status == HealthStatus.Critical, EscalationCategories.HealthCritical, $"critical: {reasons}");
        return held;
    }
}
