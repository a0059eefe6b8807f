namespace OpsManager.Control.Tests.Act.Histories;

/// <summary>One request for an approval, and everything that was really decided on it: the truth that results are held against.</summary>
internal sealed class HistoryQuestion(string run, int iteration, DateTimeOffset requestedAt)
{
    private readonly List<(DateTimeOffset At, string Word, string By)> decisions = [];

    public string Run => run;

    public int Iteration => iteration;

    public DateTimeOffset RequestedAt => requestedAt;

    public IReadOnlyList<(DateTimeOffset At, string Word, string By)> Decisions => decisions;

    /// <summary>What a run took up; null while none has.</summary>
    public string? TakenUp { get; private set; }

    public bool IsCompleted { get; private set; }

    /// <summary>Another request came in its place before a run took anything up.</summary>
    public bool IsReplaced { get; private set; }

    public bool IsOpen => TakenUp is null && !IsReplaced;

    /// <summary>The decision in force now; null where nobody has decided.</summary>
    public string? InForce => TakenUp ?? (decisions.Count == 0 ? null : decisions[^1].Word);

    public void Decide(DateTimeOffset at, string word, string by) => decisions.Add((at, word, by));

    public void TakeUp() => TakenUp = InForce;

    public void Complete() => IsCompleted = true;

    public void Replace() => IsReplaced = TakenUp is null;

    /// <summary>Whether a decision was in force at some time since, up to now.</summary>
    public bool WasInForceSince(DateTimeOffset since, string word) =>
        InForce == word || decisions
            .Where((decision, at) => decision.Word == word && (at == decisions.Count - 1 || decisions[at + 1].At >= since))
            .Any();

    public override string ToString() =>
        $"{run} iteration {iteration} of {requestedAt:HH:mm:ss}: "
        + $"{string.Join(", ", decisions.Select(static one => $"{one.At:mm:ss.fff} {one.Word} by {one.By}"))}"
        + $"{(TakenUp is null ? "" : $", taken up {TakenUp}")}{(IsReplaced ? ", replaced" : "")}";
}
