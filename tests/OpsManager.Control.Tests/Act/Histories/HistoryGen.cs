using CsCheck;

namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>Draws histories: mostly several requests close together, with something that goes wrong.</summary>
internal static class HistoryGen
{
    private const int MaxSteps = 10;

    private static readonly Gen<int> Gap = Gen.Frequency((3, Gen.Const(0)), (4, Gen.Int[1, 400]), (2, Gen.Int[400, 3000]));

    private static readonly Gen<HistoryAct> Act = Gen.Frequency(
        (5, Gen.Const(HistoryAct.Approve)),
        (5, Gen.Const(HistoryAct.Reject)),
        (2, Gen.Const(HistoryAct.Cancel)),
        (2, Gen.Const(HistoryAct.HandApprove)),
        (2, Gen.Const(HistoryAct.HandReject)),
        (3, Gen.Const(HistoryAct.Kill)),
        (3, Gen.Const(HistoryAct.TakeUp)),
        (3, Gen.Const(HistoryAct.Ask)),
        (1, Gen.Const(HistoryAct.AskAgain)),
        (1, Gen.Const(HistoryAct.EndRun)),
        (1, Gen.Const(HistoryAct.TearApproval)));

    private static readonly Gen<KeyUse> Key = Gen.Frequency(
        (6, Gen.Const(KeyUse.Fresh)), (3, Gen.Const(KeyUse.Again)), (1, Gen.Const(KeyUse.Stolen)), (1, Gen.Const(KeyUse.AtOnce)));

    private static readonly Gen<CommandFate> Fate = Gen.Frequency(
        (6, Gen.Const(CommandFate.Does)),
        (1, Gen.Const(CommandFate.Nothing)),
        (1, Gen.Const(CommandFate.FailsBefore)),
        (1, Gen.Const(CommandFate.FailsAfter)),
        (1, Gen.Const(CommandFate.DiesHalfway)),
        (1, Gen.Const(CommandFate.UnderAnotherName)),
        (1, Gen.Const(CommandFate.TheOtherDecision)),
        (1, Gen.Const(CommandFate.OverruledAtOnce)),
        (1, Gen.Const(CommandFate.Hangs)));

    private static readonly Gen<int> Delay = Gen.Frequency((2, Gen.Const(0)), (3, Gen.Int[1, 300]), (1, Gen.Int[300, 1500]));

    private static readonly Gen<int> Torn = Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[10, 120]));

    private static readonly Gen<HistoryStep> Step = Gen.Select(
        Gap, Act, Gen.Int[0, 63], Key, Gen.Select(Fate, Delay, Delay, Delay, Torn),
        static (gap, act, who, key, command) =>
            new HistoryStep(gap, act, who, key, command.Item1, command.Item2, command.Item3, command.Item4, command.Item5));

    public static Gen<ControlHistory> Histories { get; } = Gen.Select(
        Gen.Int[2, 5], Gen.Enum<Watcher>(), Step.List[3, MaxSteps],
        static (operators, watcher, steps) => new ControlHistory(operators, watcher, steps));
}
