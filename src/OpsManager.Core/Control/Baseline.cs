using OpsManager.Core.Model;

namespace OpsManager.Core.Control;

/// <summary>
/// Where each source stood when an intent was planned. Only what is newer than this is evidence of what the intent did.
/// </summary>
/// <param name="At">By the clock of the repository's source.</param>
/// <param name="Events">Lines of events.jsonl.</param>
/// <param name="Decisions">Rows of decisions.jsonl.</param>
/// <param name="ApprovalStatus">approval.json's status; null where it is absent.</param>
/// <param name="IsActive">Whether state.json said that the loop is at work.</param>
public sealed record Baseline(DateTimeOffset At, int Events, long Decisions, string? ApprovalStatus, string? ApprovalRun, int? ApprovalIteration, bool IsActive)
{
    public static Baseline Of(RepoModel repo, LoopModel loop)
    {
        var approval = loop.Approval.IsMissing ? null : loop.Approval.Value;
        return new(repo.Now, loop.Log is null ? 0 : loop.Tally.Lines, loop.Decisions.Count, approval?.Status, approval?.RunId, approval?.Iteration, repo.IsActive(loop.Id));
    }
}
