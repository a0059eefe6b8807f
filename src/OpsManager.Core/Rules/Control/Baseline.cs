using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// Where each source stood when an intent was planned. Only what is newer than this is evidence of what the intent did. Newer is
/// told by lines, rows and what a process was seen to be, never by clocks: those may be set back.
/// </summary>
/// <param name="At">By the clock of the repository's source; for people only.</param>
/// <param name="Events">Lines of events.jsonl.</param>
/// <param name="Decisions">Rows of decisions.jsonl.</param>
/// <param name="ApprovalStatus">approval.json's status; null where it is absent.</param>
/// <param name="IsActive">Whether state.json said that the loop is at work.</param>
/// <param name="PidGone">Whether the process that active-run.json names was gone already.</param>
public sealed record Baseline(DateTimeOffset At, int Events, long Decisions, string? ApprovalStatus, bool IsActive, bool PidGone)
{
    public static Baseline From(RepoFacts repo, LoopFacts loop)
    {
        var approval = loop.Approval.IsMissing ? null : loop.Approval.Value;
        var run = repo.Claiming;
        var worked = run?.LoopId is { } id && repo.FactsOf(id) is { } other ? other : loop;
        return new(
            repo.Now,
            loop.Log is null ? 0 : loop.Tally.Lines,
            loop.Decisions.Count,
            approval?.Status,
            repo.IsActive(loop.Id),
            worked.Claim is { IsGone: true } gone && gone.Pid == run?.Pid);
    }
}
