using System.Collections.Immutable;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Rules.Control;
using Codes = OpsManager.Core.Rules.Assessment.ExplanationCodes;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// Folds findings that follow from another one, from what an operator did, or from what the runtime is known to do, into that
/// (docs/contract.md, "What explains a finding"). What is left is an alert. A finding is never removed.
/// </summary>
internal static class Explanations
{
    public static void Add(
        List<FindingRecord> found, RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Ruling ruling, AgeClock now,
        AssessmentLimits limits)
    {
        for (var i = 0; i < found.Count; i++)
        {
            var finding = found[i];
            var code = finding.Code is FindingCodes.StatusDisagreement or FindingCodes.ActiveMismatch
                ? Contradiction(found, repo, loop, cancels, ruling, now, limits)
                : Explain(found, finding, repo, loop, cancels, ruling);
            if (code is not null)
            {
                found[i] = finding with { ExplainedBy = code };
            }
        }
    }

    private static string? Explain(
        List<FindingRecord> found, FindingRecord finding, RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels,
        Ruling ruling)
    {
        const string Cut = FindingCodes.EventsTruncated, Rewritten = FindingCodes.EventsRewritten;
        switch (finding.Code)
        {
            case FindingCodes.LoopVanished:
                return First(found, FindingCodes.SourceFailed) ?? (IsCancelled(repo, loop, cancels, ruling) ? Codes.Cancelled : null);
            case FindingCodes.IngestStale or FindingCodes.HeartbeatStale or FindingCodes.EventsMissing or FindingCodes.EventsUnreadable
                when First(found, FindingCodes.LoopVanished) is { } lost:
                return lost;
            case FindingCodes.UnclaimedActive:
                return IsCancelled(repo, loop, cancels, ruling) ? Codes.Cancelled : First(found, FindingCodes.ProcessGone);
            case FindingCodes.StaleCompletion:
                return IsFirstIteration(loop) ? Codes.Rerun : null;
            case FindingCodes.CursorRegression:
                return First(found, Cut, Rewritten);
            case FindingCodes.OrderingDrift:
                return First(found, Cut, Rewritten, FindingCodes.CursorRegression);
            case FindingCodes.EventsMissing when HasNoTraceOfARun(loop):
                return IsAtWork(repo, loop) ? Codes.Starting : Codes.NeverRan;
            case FindingCodes.ApprovalUnconsumed when IsAtWork(repo, loop) && IsStarting(repo, loop):
                return Codes.Starting;
            case FindingCodes.ApprovalUnconsumed when finding.Severity == Severity.Info:
                return Codes.Decided;
            default:
                return null;
        }
    }

    /// <summary>The files disagree among themselves, or with what is known of the process.</summary>
    private static string? Contradiction(
        List<FindingRecord> found, RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Ruling ruling, AgeClock now,
        AssessmentLimits limits)
    {
        if (IsCancelled(repo, loop, cancels, ruling))
        {
            return Codes.Cancelled;
        }

        if (First(found, FindingCodes.LoopVanished) is { } lost)
        {
            return lost;
        }

        return ruling.Lifecycle switch
        {
            Lifecycle.Failed => First(found, FindingCodes.ProcessGone, FindingCodes.UnclaimedActive),
            Lifecycle.Running => IsStarting(repo, loop) ? Codes.Starting
                : IsEnding(repo, loop, now, limits) ? Codes.Ending
                : HasOldCompletion(loop) && IsFirstIteration(loop) ? Codes.Rerun
                : First(found, FindingCodes.ClaimOverwritten) ?? Shared(repo, loop),
            Lifecycle.Complete or Lifecycle.Stopped => loop.Tally.End?.Name == EventNames.RateLimitStop ? Codes.RateLimit : Codes.Ended,
            Lifecycle.Idle or Lifecycle.AwaitingApproval =>
                loop.Approval.Value is { IsDecided: true } ? Codes.Decided : Shared(repo, loop) ?? Codes.Ended,
            _ => Shared(repo, loop),
        };
    }

    /// <summary>Stopped without an event that says so is what a cancel leaves, whoever sent it.</summary>
    private static bool IsCancelled(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Ruling ruling) =>
        (ruling.Lifecycle == Lifecycle.Stopped && loop.Tally.End is null) || CancelRule.Explains(repo, loop, cancels);

    private static bool IsAtWork(RepoFacts repo, LoopFacts loop) => repo.IsClaimed(loop.Id) && loop.Claim is { IsGone: false };

    private static bool IsStarting(RepoFacts repo, LoopFacts loop) =>
        repo.IsStarting(loop) || (repo.IsClaimed(loop.Id) && loop.Claim is { } claim && Rulebook.IsStarting(loop, claim));

    /// <summary>The run has written its result. What is dated ahead of our clock was written just now.</summary>
    private static bool IsEnding(RepoFacts repo, LoopFacts loop, AgeClock now, AssessmentLimits limits)
    {
        var isComplete = loop.Summary.Value?.Last is { CompletionOk: true } entry && entry.RunId == loop.Tally.Newest?.RunId;
        if (isComplete && loop.Summary.Value!.UpdatedAt is { } summed && now.Since(summed, loop.Summary.ReadAt) < limits.Ending)
        {
            return true;
        }

        return !repo.State.IsMissing && repo.State.Value is { Active: false } state && state.CurrentLoopId == loop.Id
            && state.UpdatedAt is { } written && now.Since(written, repo.State.ReadAt) < limits.Ending;
    }

    private static bool HasOldCompletion(LoopFacts loop) =>
        loop.Summary.Value?.Last is { CompletionOk: true } entry && entry.RunId != loop.Tally.Newest?.RunId;

    /// <summary>The summary gains an entry when an iteration ends: in the second one, an earlier run no longer has the last.</summary>
    private static bool IsFirstIteration(LoopFacts loop) =>
        !(loop.Tally.IterationStart?.Iteration > (loop.Tally.RunStart?.Iteration ?? 1));

    private static bool HasNoTraceOfARun(LoopFacts loop) =>
        loop is { KeptOffset: 0, NewestEvent: null, Summary.Value: null, Approval.Value: null, Breaks.IsEmpty: true };

    private static string? Shared(RepoFacts repo, LoopFacts loop) =>
        !repo.State.IsMissing && repo.State.Value is { CurrentLoopId: { } other } && other != loop.Id ? Codes.SharedState : null;

    private static string? First(List<FindingRecord> found, params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
        {
            if (found.Exists(finding => finding.Code == code))
            {
                return code;
            }
        }

        return null;
    }
}
