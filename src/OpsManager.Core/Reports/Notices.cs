using System.Globalization;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Reports;

/// <summary>
/// Finds what an operator should be called for between two models of the same fleet. Once for each transition; never for what was
/// so before a loop was known, and never for a replay (docs/notify.md).
/// </summary>
public static class Notices
{
    /// <summary>The notices after each model, if there are any, of those that are <paramref name="wanted"/>.</summary>
    public static IObservable<IReadOnlyList<Notice>> From(IObservable<FleetModel> models, Func<Notice, bool> wanted) => models
        .Scan((Before: FleetModel.Empty, After: FleetModel.Empty), static (pair, next) => (pair.After, next))
        .Select(pair => Between(pair.Before, pair.After) is { Count: > 0 } found ? [.. found.Where(wanted)] : (IReadOnlyList<Notice>)[])
        .Where(static found => found.Count > 0);

    public static IReadOnlyList<Notice> Between(FleetModel before, FleetModel after)
    {
        List<Notice>? found = null;
        foreach (var (path, repo) in after.Repos)
        {
            if (repo.Replay is not null || !before.Repos.TryGetValue(path, out var known) || ReferenceEquals(known.Loops, repo.Loops))
            {
                continue;
            }

            foreach (var (id, loop) in repo.Loops)
            {
                if (known.Loops.TryGetValue(id, out var was) && !ReferenceEquals(was, loop) && IsSettled(was))
                {
                    OfLoop(repo.Now, was, loop, ref found);
                }
            }
        }

        return found ?? (IReadOnlyList<Notice>)[];
    }

    /// <summary>Whether everything that a notice rests on has been read: what appears before that was there already.</summary>
    private static bool IsSettled(LoopModel loop) =>
        loop is { IsReading: false, EventsCondition: not ArtifactCondition.Unseen }
            && loop.Log is not { IsTail: true }
            && loop.Withheld is not { Log.IsTail: true }
            && loop.Approval.Condition != ArtifactCondition.Unseen;

    private static void OfLoop(DateTimeOffset at, LoopModel before, LoopModel after, ref List<Notice>? found)
    {
        var (was, now) = (before.Verdict, after.Verdict);
        if (now.Lifecycle == Lifecycle.AwaitingApproval
            && (was.Lifecycle != Lifecycle.AwaitingApproval || IsAnotherRequest(before, after)))
        {
            (found ??= []).Add(ApprovalAsked(at, after));
        }

        if (now.Lifecycle == Lifecycle.Failed && was.Lifecycle != Lifecycle.Failed)
        {
            (found ??= []).Add(RunFailed(at, after));
        }

        if (!ReferenceEquals(now, was) && Find(now, FindingCodes.RolledBack) is { } back && Find(was, FindingCodes.RolledBack) is null)
        {
            (found ??= []).Add(RolledBack(at, after, back));
        }

        if (ReferenceEquals(before.Cases, after.Cases)
            || before.ControlRows is { Condition: ArtifactCondition.Unseen } or { HasMore: true })
        {
            return;
        }

        // Oldest first, as they came.
        for (var i = after.Cases.Unreviewed.Length - 1; i >= 0; i--)
        {
            var known = after.Cases.Unreviewed[i];
            if (IsAmbiguous(known) && !(before.Cases.Find(known.Key) is { } seen && IsAmbiguous(seen)))
            {
                (found ??= []).Add(ControlAmbiguous(at, after, known));
            }
        }
    }

    private static bool IsAnotherRequest(LoopModel before, LoopModel after) =>
        !ReferenceEquals(before.Approval, after.Approval) && before.Approval.Value is { } was && after.Approval.Value is { } now
        && (was.RunId != now.RunId || was.Iteration != now.Iteration || was.RequestedAt != now.RequestedAt);

    /// <summary>A refused intent is none: it is certain that it was not carried out.</summary>
    private static bool IsAmbiguous(ControlCase known) =>
        known is { NeedsReview: true, Outcome: OutcomeWords.Unknown or OutcomeWords.Contradicted };

    private static FindingRecord? Find(Verdict verdict, string code)
    {
        foreach (var finding in verdict.Findings)
        {
            if (finding.Code == code)
            {
                return finding;
            }
        }

        return null;
    }

    private static Notice ApprovalAsked(DateTimeOffset at, LoopModel loop)
    {
        var approval = loop.Approval.Value;
        var iteration = approval?.Iteration?.ToString(CultureInfo.InvariantCulture) ?? OutcomeWords.Unknown;
        return From(
            NoticeKind.ApprovalAsked, at, loop, approval?.RunId,
            $"{loop.Id} is waiting for a decision on run {approval?.RunId ?? OutcomeWords.Unknown}, iteration {iteration}",
            SourceEvidence.Approval(loop).Fact);
    }

    private static Notice RunFailed(DateTimeOffset at, LoopModel loop)
    {
        var fact = loop.Claim is { IsGone: true } gone ? SourceEvidence.Process(gone) : SourceEvidence.Events(loop);
        return From(NoticeKind.RunFailed, at, loop, loop.Verdict.RunId, $"{loop.Id} failed: {loop.Verdict.Ruling.Reason}", fact.Fact);
    }

    private static Notice RolledBack(DateTimeOffset at, LoopModel loop, FindingRecord finding)
    {
        var fact = finding.Evidence is [var first, ..] ? first.Fact : "no evidence was recorded";
        return From(NoticeKind.RolledBack, at, loop, loop.Verdict.RunId, $"{loop.Id} was rolled back: {fact}", fact);
    }

    private static Notice ControlAmbiguous(DateTimeOffset at, LoopModel loop, ControlCase known)
    {
        var outcome = IntentText.Result(known.Outcome!);
        var why = known.Why is { Length: > 0 } said ? $": {said}" : "";
        var fact = known.Evidence is [.., var newest] ? newest.Fact : known.Why ?? "no evidence was seen";
        return From(
            NoticeKind.ControlAmbiguous, at, loop, known.Aim?.RunId ?? loop.Verdict.RunId,
            $"{IntentText.Noun(known.Intent)} of {loop.Id} by {known.By ?? OutcomeWords.Unknown} {outcome}{why}", fact);
    }

    private static Notice From(NoticeKind kind, DateTimeOffset at, LoopModel loop, string? run, string text, string evidence) =>
        new(kind, at, loop.Repo, loop.Id, run, loop.Verdict.Lifecycle, text, evidence);
}
