using OpsManager.Core.Assessment;
using OpsManager.Core.Health;

namespace OpsManager.Core.Fold;

/// <summary>What the fold measures by.</summary>
public sealed record FoldOptions
{
    public static readonly FoldOptions Default = new();

    public AssessmentLimits Limits { get; init; } = AssessmentLimits.Default;

    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Balanced;
}
