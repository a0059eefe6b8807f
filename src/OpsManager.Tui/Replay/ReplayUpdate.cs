using OpsManager.Configuration.Keymaps;
using OpsManager.Sources.Replay;

namespace OpsManager.Tui.Replay;

/// <summary>Commands of keys to a recording. The new position comes back with the next moment; the screen keeps none.</summary>
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

    /// <summary>Whether it goes to another moment.</summary>
    public static bool Moves(ReplayCommand command) => command is not (ReplayCommand.PlayOrPause or ReplayCommand.ChangeSpeed);

    /// <summary>Why a command changes nothing; null where it does.</summary>
    public static string? WhyNothing(ReplayState state, ReplayCommand command) => command switch
    {
        ReplayCommand.Step { By: > 0 } when state.IsReadWhole && state.Change >= state.Changes => "this is the end of the recording",
        ReplayCommand.Step { By: < 0 } when state.At == TimeSpan.Zero => "this is the start of the recording",
        ReplayCommand.ToProblem jump when !HasPoint(state, jump.By, isIteration: false) =>
            $"no {Which(jump.By)} problem or change of state",
        ReplayCommand.ToIteration jump when !HasPoint(state, jump.By, isIteration: true) => $"no {Which(jump.By)} iteration",
        ReplayCommand.ChangeSpeed { By: > 0 } when state.Speed >= ReplayState.Speeds[^1] => "this is the highest speed",
        ReplayCommand.ChangeSpeed { By: < 0 } when state.Speed <= ReplayState.Speeds[0] => "this is the lowest speed",
        _ => null,
    };

    private static string Which(int by) => by > 0 ? "later" : "earlier";

    private static bool HasPoint(ReplayState state, int by, bool isIteration)
    {
        // Mostly one of the first that are looked at is of the kind.
        for (var i = by > 0 ? state.Points.Length - 1 : 0; i >= 0 && i < state.Points.Length; i -= by)
        {
            ref readonly var point = ref state.Points.ItemRef(i);
            if ((point.Kind == ReplayPointKind.Iteration) == isIteration)
            {
                return by > 0 ? point.At > state.At : point.At < state.At;
            }
        }

        return false;
    }

    /// <summary>Whether an action has a meaning in a replay alone.</summary>
    public static bool IsOnlyInReplay(ActionId action) => action is >= ActionId.ReplayStep and <= ActionId.ReplayEnd;
}
