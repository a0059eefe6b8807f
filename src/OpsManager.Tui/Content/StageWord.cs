using OpsManager.Contract.Manager;

namespace OpsManager.Tui.Content;

/// <summary>A rollout stage in a word.</summary>
internal static class StageWord
{
    public static string Of(RolloutStage stage) => stage == RolloutStage.Passive ? "passive" : "assisted";
}
