using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// Judges an approval or a rejection by the decision in force, whatever name it bears. Evidence is newer than the baseline and of
/// the same request, or it is none.
/// </summary>
internal static class DecisionVerifier
{
    /// <summary>Of what only shows who tried, the newest that are named.</summary>
    private const int MaxTries = 8;

    public static Outcome? Judge(ControlAttempt attempt, RepoFacts repo, LoopFacts loop)
    {
        var log = QuestionLog.Read(attempt, loop);
        var rest = Tries(attempt, repo, loop, log);
        if (StandingDecision.Read(attempt, repo, loop, log) is not { } standing)
        {
            return log?.ReplacedBy is { } other
                ? new Outcome.Contradicted(AnotherWaits(other.RunId, other.Iteration), FreshEvidence.Event(repo, loop, other), rest)
                : null;
        }

        if (standing.Word != attempt.Intent.Decision)
        {
            return new Outcome.Contradicted(standing.Why, standing.Evidence, rest) { IsOverruling = true };
        }

        return standing switch
        {
            { Completed: { } end } => new Outcome.Completed(standing.Evidence, [end, .. rest]) { DecidedBy = standing.By },
            { IsConsumed: true } => new Outcome.Consumed(standing.Evidence, rest) { DecidedBy = standing.By },
            _ => new Outcome.Observed(standing.Evidence, rest) { DecidedBy = standing.By },
        };
    }

    public static IReadOnlyList<VerificationStep> Steps(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop)
    {
        var log = loop is null ? null : QuestionLog.Read(attempt, loop);
        var standing = loop is null ? null : StandingDecision.Read(attempt, repo, loop, log);
        // What the other decision brought about is no step of this one.
        var ours = standing?.Word == attempt.Intent.Decision ? standing : null;
        var consumed = ours is { IsConsumed: true } ? ours.Evidence : null;
        return attempt.Intent is Intent.Approve
            ?
            [
                new("recorded: approval.json says approved", ours?.Evidence),
                new("consumed by a run: event approval_consumed", consumed, IsLater: true),
                new("completed: event loop_complete", ours?.Completed, IsLater: true),
            ]
            :
            [
                new("recorded: approval.json says rejected", ours?.Evidence),
                new("consumed by a run: event approval_rejected", consumed, IsLater: true),
            ];
    }

    public static string WhyUnknown(ControlAttempt attempt, LoopFacts? loop)
    {
        var wanted = $"no {IntentText.Noun(attempt.Intent.Word)} of run {attempt.Target.RunId} was recorded in time";
        if (loop is null || loop.Approval is { IsMissing: false, Value: null })
        {
            return wanted;
        }

        if (!loop.Approval.IsMissing)
        {
            var approval = loop.Approval.Value!;
            return approval.RunId == attempt.Target.RunId && approval.Iteration == attempt.Target.Iteration
                ? wanted
                : $"{AnotherWaits(approval.RunId, approval.Iteration)}, and events.jsonl does not show which decision was consumed before";
        }

        return QuestionLog.Read(attempt, loop) is null
            ? "approval.json was removed, and events.jsonl does not reliably show which decision was consumed"
            : "approval.json was removed, and no event shows which decision was consumed";
    }

    private static string AnotherWaits(string? run, long? iteration) =>
        $"another run is waiting now: {run ?? "unknown"}, iteration {iteration?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}";

    /// <summary>Who tried since, by decisions.jsonl and the log: shown beside what decides.</summary>
    private static List<FreshEvidence> Tries(ControlAttempt attempt, RepoFacts repo, LoopFacts loop, QuestionLog? log) =>
    [
        .. NewDecisions(attempt, loop)
            .Where(row => row.Row.RunId == attempt.Target.RunId && row.Row.Iteration == attempt.Target.Iteration)
            .TakeLast(MaxTries)
            .Select(row => Try(repo, loop, row.Row, row.Number)),
        .. (log?.Decisions ?? []).TakeLast(MaxTries).Select(moment => FreshEvidence.Event(repo, loop, moment)),
    ];

    private static FreshEvidence Try(RepoFacts repo, LoopFacts loop, Decision row, long number)
    {
        var fact = $"{row.Word} by {row.By ?? "somebody"} for run {row.RunId}";
        return new FreshEvidence(EvidenceSources.Decisions, fact, ArtifactPaths.Decisions(loop.Id), number, row.Word, repo.Now);
    }

    private static IEnumerable<(Decision Row, long Number)> NewDecisions(ControlAttempt attempt, LoopFacts loop)
    {
        var kept = loop.Decisions.Rows;
        var before = loop.Decisions.Count - kept.Count;
        for (var i = (int)Math.Clamp(attempt.Baseline.Decisions - before, 0, kept.Count); i < kept.Count; i++)
        {
            yield return (kept[i], before + i + 1);
        }
    }
}
