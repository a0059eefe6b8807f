using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// What an operator has done by hand, to be judged as if it had been sent: nobody noted where the sources stood before, so the artifacts
/// have to tell that too. Pure.
/// </summary>
public static class HandAttempt
{
    /// <summary>The attempt; null where nothing shows what it could have been meant for.</summary>
    public static ControlAttempt? From(RepoFacts repo, LoopFacts loop, Intent intent, string by) =>
        intent is Intent.Cancel ? Cancel(repo, loop, by) : Decision(repo, loop, intent, by);

    /// <summary>Why there is none.</summary>
    public static string WhyNone(Intent intent) => intent is Intent.Cancel
        ? "the newest run in events.jsonl has ended by itself, so there was nothing to cancel"
        : "events.jsonl and approval.json show no request of the newest run that could have been decided";

    /// <summary>
    /// The newest request. What was asked of a run before the newest one is old, and so is the completion that followed from it.
    /// </summary>
    private static ControlAttempt? Decision(RepoFacts repo, LoopFacts loop, Intent intent, string by)
    {
        EventMoment? asked = null, closing = null;
        foreach (var moment in loop.Tally.Decisive.All)
        {
            (asked, closing) = moment.Name switch
            {
                EventNames.ApprovalRequested => (moment, null),
                EventNames.ApprovalConsumed or EventNames.ApprovalRejected => (asked, closing ?? moment),
                _ => (asked, closing),
            };
        }

        // The file is written before the event of the request: it may be of another one already.
        var approval = loop.Approval.IsMissing ? null : loop.Approval.Value;
        if (asked is null || (approval is not null && (approval.RunId, approval.Iteration) != (asked.RunId, asked.Iteration)))
        {
            return approval is null ? null : Of(repo, loop, intent, by, approval.RunId, approval.Iteration, loop.Tally.Lines);
        }

        var newest = loop.Tally.Newest?.RunId;
        var isOld = newest is not null && newest != asked.RunId && newest != closing?.RunId;
        return isOld ? null : Of(repo, loop, intent, by, asked.RunId, asked.Iteration, asked.Line);
    }

    private static ControlAttempt Of(
        RepoFacts repo, LoopFacts loop, Intent intent, string by, string? run, long? iteration, int line) => new(
        intent, new ControlTarget(repo.Path, loop.Id, run, iteration, null, null, null),
        new Baseline(DateTimeOffset.MinValue, line, 0, DecisionWords.Pending, IsActive: false, PidGone: false), by);

    /// <summary>A cancel logs nothing: that the newest run has no end in the log is what shows that it did not end by itself.</summary>
    private static ControlAttempt? Cancel(RepoFacts repo, LoopFacts loop, string by)
    {
        if (loop.Log is not { IsTail: false } || loop.Tally.Newest is not { } newest || loop.Tally.End is not null)
        {
            return null;
        }

        var run = repo.Claiming is { } claiming && claiming.LoopId == loop.Id ? claiming.Pid : loop.Found?.Pid;
        var started = loop.Claim is { } claim && claim.Pid == run ? claim.Started : null;
        return new(
            new Intent.Cancel(),
            new ControlTarget(repo.Path, loop.Id, newest.RunId, newest.Iteration, run, run is null ? null : loop.Id, started),
            new Baseline(DateTimeOffset.MinValue, loop.Tally.Lines, 0, null, IsActive: true, PidGone: false), by);
    }
}
