using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// The decision in force on the approval request that an intent answers, whoever made it: what approval.json says, or, once a run has
/// consumed it, the event that consumed it (docs/contract.md, "What the runtime really does", points 8 and 14). What only shows
/// who tried, decisions.jsonl and the event <c>approval_decision</c>, is none.
/// </summary>
/// <param name="Word"><c>approved</c> or <c>rejected</c>.</param>
/// <param name="By">Who made it; null where the artifact holds no name.</param>
/// <param name="Completed">The loop has ended by it.</param>
internal sealed record StandingDecision(string Word, string? By, FreshEvidence Evidence, bool IsConsumed, FreshEvidence? Completed)
{
    /// <summary>Why this contradicts the other decision.</summary>
    public string Why => (By, IsConsumed) switch
    {
        ({ } by, _) => $"{by} has {Word} it",
        (_, true) => $"another decision was consumed: {Word}",
        _ => $"another decision is in force: {Word}",
    };

    /// <summary>The decision that came into force after the intent was planned; null where there is none, or it is unknown.</summary>
    public static StandingDecision? Read(ControlAttempt attempt, RepoFacts repo, LoopFacts loop, QuestionLog? log)
    {
        if (TakenUp(repo, loop, log) is not { } taken)
        {
            return InForce(attempt, repo, loop);
        }

        // A run consumes it a moment before it removes the file: what it consumed counts. Where the file says something else meanwhile,
        // nobody can tell which of the two was there first; once it is gone, the log tells alone.
        return Decided(attempt.Target, loop) is { } said && said.Status != taken.Word ? null : taken;
    }

    private static StandingDecision? TakenUp(RepoFacts repo, LoopFacts loop, QuestionLog? log)
    {
        if (log is not { Closing: { } closing, Word: { } word })
        {
            return null;
        }

        var completed = log.Completing is { } end ? FreshEvidence.Event(repo, loop, end) : null;
        return new(word, null, FreshEvidence.Event(repo, loop, closing), IsConsumed: true, completed);
    }

    private static StandingDecision? InForce(ControlAttempt attempt, RepoFacts repo, LoopFacts loop)
    {
        if (Decided(attempt.Target, loop) is not { } approval
            || approval.Status == attempt.Baseline.ApprovalStatus
            || (approval.Raw.Field("decision")?.Text("status") is { } said && said != approval.Status))
        {
            return null;
        }

        var by = string.IsNullOrWhiteSpace(approval.DecidedBy) ? null : approval.DecidedBy;
        var fact = $"{approval.Status}{(by is null ? "" : $" by {by}")} for run {approval.RunId}";
        var evidence = new FreshEvidence(EvidenceSources.Approval, fact, ArtifactPaths.Approval(loop.Id), null, approval.Status, repo.Now);
        return new(approval.Status, by, evidence, IsConsumed: false, null);
    }

    /// <summary>
    /// The decision that approval.json holds on this request. A file that is being written, or cannot be read, holds a value of
    /// before.
    /// </summary>
    private static Approval? Decided(ControlTarget target, LoopFacts loop) =>
        loop.Approval is { Condition: ArtifactCondition.Present, Value: { IsDecided: true } approval } && IsOfTarget(target, approval)
            ? approval
            : null;

    /// <summary>
    /// A request with another time is another one, even for the same run and iteration; records of before hold no time. A file that
    /// names another loop was not written for this one.
    /// </summary>
    private static bool IsOfTarget(ControlTarget target, Approval approval) =>
        approval.RunId == target.RunId && approval.Iteration == target.Iteration
        && (approval.Raw.Text("loop_id") is not { } named || named == target.Loop)
        && (target.RequestedAt is null || approval.RequestedAt == target.RequestedAt);
}
