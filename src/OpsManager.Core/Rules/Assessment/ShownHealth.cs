using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// What health is judged by for people. A flag that something explains, the silence of a run that is over, and an intent whose
/// outcome somebody has acknowledged are no reason to look; scripts rely on health.json, which keeps both (docs/contract.md,
/// "What explains a finding").
/// </summary>
internal static class ShownHealth
{
    /// <param name="isReviewed">The newest intent's outcome is known to the manager, and acknowledged.</param>
    public static HealthFacts Facts(HealthFacts facts, Verdict verdict, bool isReviewed) => facts with
    {
        Divergence = facts.Divergence
            && verdict.Findings.Any(static finding => IsFlag(finding.Code) && !ExplanationCodes.IsReason(finding.ExplainedBy)),
        NewestIntentStatus = isReviewed ? null : facts.NewestIntentStatus,
        Lags = verdict.Lifecycle is Lifecycle.Running or Lifecycle.Unknown ? facts.Lags : default,
    };

    private static bool IsFlag(string code) =>
        code is FindingCodes.ActiveMismatch or FindingCodes.ApprovalCompletionConflict or FindingCodes.CursorRegression;
}
