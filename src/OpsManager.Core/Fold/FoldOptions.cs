using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Rollout;

namespace OpsManager.Core.Fold;

/// <summary>What the fold measures by.</summary>
public sealed record FoldOptions
{
    public static readonly FoldOptions Default = new();

    public AssessmentLimits Limits { get; init; } = AssessmentLimits.Default;

    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Balanced;

    public RollbackLimits Rollback { get; init; } = RollbackLimits.Default;

    /// <summary>Makes the v1 projection.</summary>
    public Func<RepoFacts, LoopFacts, Projected> Project { get; init; } = Projector.Project;
}
