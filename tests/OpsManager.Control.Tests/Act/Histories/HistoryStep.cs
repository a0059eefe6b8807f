namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>Who does what next in a history.</summary>
internal enum HistoryAct
{
    Approve, Reject, Cancel, HandApprove, HandReject, Kill, TakeUp, Ask, AskAgain, EndRun, TearApproval,
}

/// <summary>Which idempotency key a request bears.</summary>
internal enum KeyUse
{
    /// <summary>A new one.</summary>
    Fresh,

    /// <summary>An earlier request is asked again, word by word.</summary>
    Again,

    /// <summary>The key of an earlier request for another request.</summary>
    Stolen,

    /// <summary>Three processes ask with one new key at once.</summary>
    AtOnce,
}

/// <summary>What the runtime's command does instead of what it should.</summary>
internal enum CommandFate
{
    Does, Nothing, FailsBefore, FailsAfter, DiesHalfway, UnderAnotherName, TheOtherDecision, OverruledAtOnce, Hangs,
}

/// <param name="GapMs">Time since the step before.</param>
/// <param name="Who">Operator, earlier request or running process, whichever it is about; modulo how many there are.</param>
/// <param name="PrepareMs">How long the executor prepares, with the lock held and nothing recorded.</param>
/// <param name="BeforeMs">From the start of the command to its effect.</param>
/// <param name="AfterMs">From its effect to its end.</param>
/// <param name="TornMs">How long approval.json is empty while it is written.</param>
internal sealed record HistoryStep(
    int GapMs, HistoryAct Act, int Who, KeyUse Key, CommandFate Fate, int PrepareMs, int BeforeMs, int AfterMs, int TornMs);

/// <summary>Who watches while the operators act.</summary>
internal enum Watcher
{
    Nobody, Screen, Watch,
}

/// <summary>A concurrent history: what happens, in order, and who is there.</summary>
internal sealed record ControlHistory(int Operators, Watcher Watcher, List<HistoryStep> Steps)
{
    /// <summary>One step a line, as it is shown when a history fails.</summary>
    public override string ToString() => $"{Operators} operators, watched by {Watcher}\n{string.Join('\n', Steps)}";
}
