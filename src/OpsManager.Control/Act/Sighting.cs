using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>What was seen last of a loop whose intent was verified.</summary>
/// <param name="Attempts">How often it was looked at.</param>
/// <param name="Loop">Null where its directory is gone.</param>
internal sealed record Sighting(int Attempts, RepoModel Repo, LoopModel? Loop)
{
    /// <summary>As it is kept beside the outcome.</summary>
    /// <param name="evidence">Of a confirmed one; null of every other.</param>
    public ConfirmReport Report(
        Intent intent, Outcome outcome, TimeSpan timeout, IReadOnlyList<EvidenceRecord>? evidence, DateTimeOffset at)
    {
        var approval = Loop is null or { Approval.IsMissing: true } ? null : Loop.Approval.Value;
        return new(
            intent.Word, outcome is Outcome.Success, ReasonOf(intent, outcome), Attempts, timeout.TotalSeconds,
            Loop?.Projected.Status.Word() ?? OutcomeWords.Unknown, Loop?.Tally.Newest?.Name, approval?.Status,
            Repo.State is { IsMissing: false, Value.Active: true }, at, evidence);
    }

    /// <summary>The words of the scripts where they say what was seen.</summary>
    private static string ReasonOf(Intent intent, Outcome outcome) => (outcome, intent) switch
    {
        (Outcome.Success, Intent.Cancel) => "inactive_not_running",
        (Outcome.Completed, _) => "completion_observed",
        (Outcome.Success, Intent.Reject) => "rejection_observed",
        (Outcome.Success, _) => "approval_observed",
        (Outcome.Contradicted, _) => outcome.Word,
        _ => EventStatuses.Timeout,
    };
}
