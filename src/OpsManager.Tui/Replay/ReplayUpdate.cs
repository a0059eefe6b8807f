using OpsManager.Configuration.Keymaps;
using OpsManager.Sources.Replay;

namespace OpsManager.Tui.Replay;

/// <summary>What keys ask of a recording. Where it stands comes back with the next moment: the screen keeps nothing of it.</summary>
internal static class ReplayUpdate
{
    /// <summary>What an action does in a replay; null where it does nothing with the recording.</summary>
    public static ReplayCommand? Command(ActionId action) => action switch
    {
        ActionId.Pause => new ReplayCommand.PlayOrPause(),
        ActionId.ReplayStep => new ReplayCommand.Step(1),
        ActionId.ReplayStepBack => new ReplayCommand.Step(-1),
        ActionId.ReplayNextProblem => new ReplayCommand.ToProblem(1),
        ActionId.ReplayPreviousProblem => new ReplayCommand.ToProblem(-1),
        ActionId.ReplayNextIteration => new ReplayCommand.ToIteration(1),
        ActionId.ReplayPreviousIteration => new ReplayCommand.ToIteration(-1),
        ActionId.ReplayFaster => new ReplayCommand.ChangeSpeed(1),
        ActionId.ReplaySlower => new ReplayCommand.ChangeSpeed(-1),
        ActionId.ReplayStart => new ReplayCommand.ToStart(),
        ActionId.ReplayEnd => new ReplayCommand.ToEnd(),
        _ => null,
    };

    /// <summary>Whether an action has a meaning in a replay alone.</summary>
    public static bool IsOnlyInReplay(ActionId action) => action is >= ActionId.ReplayStep and <= ActionId.ReplayEnd;
}
