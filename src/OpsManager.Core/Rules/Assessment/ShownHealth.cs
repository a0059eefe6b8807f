using OpsManager.Contract;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// What health is judged by for people. A flag that something explains, and the silence of a run that is over, are no reason to
/// look; scripts rely on health.json, which keeps both (docs/contract.md, "What explains a finding").
/// </summary>
internal static class ShownHealth
{
    public static HealthFacts Facts(HealthFacts facts, Verdict verdict) => facts with
    {
        Divergence = facts.Divergence
            && verdict.Findings.Any(static finding => IsFlag(finding.Code) && !ExplanationCodes.IsReason(finding.ExplainedBy)),
        Lags = verdict.Lifecycle is Lifecycle.Running or Lifecycle.Unknown ? facts.Lags : default,
    };

    private static bool IsFlag(string code) =>
        code is FindingCodes.ActiveMismatch or FindingCodes.ApprovalCompletionConflict or FindingCodes.CursorRegression;
}
