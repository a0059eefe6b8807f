using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Core.Planning;

/// <summary>Whether a loop may be acted on, by its rollout.json (docs/rollout.md). If that cannot be read, nobody may act.</summary>
public static class Stage
{
    /// <summary>Why nobody may act on it; null where they may.</summary>
    public static string? WhyNot(LoopModel loop) => loop.Rollout switch
    {
        { Condition: ArtifactCondition.Torn or ArtifactCondition.Invalid or ArtifactCondition.Unreadable, Fault: var fault } =>
            $"{ArtifactPaths.Rollout(loop.Id)} cannot be used ({fault}); set the stage again",
        { Value.Rollback: { } rollback } =>
            $"the loop is rolled back: {rollback.Why ?? rollback.Cause}. Read the incident note, then re-arm the loop",
        _ when loop.Trigger is { } trigger => $"the loop is being rolled back: {trigger.Why}",
        { Value: { Stage: RolloutStage.Passive } rollout } =>
            $"the loop is passive{(rollout.ChangedBy is { } by ? $", set by {by}" : "")}"
                + $"{(rollout.Reason is { } reason ? $": {reason}" : "")}",
        _ => null,
    };
}
