using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Model;

namespace OpsManager.Core.Control;

/// <summary>
/// Judges by the runtime's own artifacts what came of an intent. Pure: it is asked again with every model. Evidence is newer than
/// the plan's baseline and of the same run, or it is none (docs/contract.md, "What the runtime really does", points 6 to 9).
/// </summary>
public static class Verifier
{
    /// <summary>What is known by now; null while nothing decides. <paramref name="loop"/> is null where its directory is gone.</summary>
    public static Outcome? Judge(ControlPlan plan, RepoModel repo, LoopModel? loop) =>
        plan.Intent is Intent.Cancel ? JudgeCancel(plan, repo, loop) : loop is null ? null : JudgeDecision(plan, repo, loop);

    /// <summary>Why nothing could be told, in the words of what was seen last.</summary>
    public static string WhyUnknown(ControlPlan plan, RepoModel repo, LoopModel? loop)
    {
        if (plan.Intent is not Intent.Cancel)
        {
            return $"no decision {plan.Intent.Decision} by {plan.By} for run {plan.Target.RunId} was seen";
        }

        if (plan.Target.Pid is not { } pid)
        {
            return "no run was named, so none can be seen to have stopped";
        }

        var number = pid.ToString(CultureInfo.InvariantCulture);
        return !repo.ProcessesObservable ? $"this host cannot tell whether process {number} is gone"
            : ClaimOf(plan, repo, loop) is { IsGone: true } ? "the process is gone, but state.json or active-run.json still names the run"
            : $"process {number} still lives";
    }

    private static Outcome? JudgeDecision(ControlPlan plan, RepoModel repo, LoopModel loop)
    {
        var found = new List<FreshEvidence>();
        FreshEvidence? decided = null, other = null;
        string? otherWhy = null;
        foreach (var (row, number) in NewDecisions(plan, loop))
        {
            if (row.RunId != plan.Target.RunId || row.Iteration != plan.Target.Iteration)
            {
                continue;
            }

            var evidence = new FreshEvidence("decisions", $"{row.Word} by {row.By} for run {row.RunId}", ArtifactPaths.Decisions(loop.Id), number, row.Word, repo.Now);
            if (row.By == plan.By && row.Word == plan.Intent.Decision)
            {
                decided ??= evidence;
                found.Add(evidence);
            }
            else
            {
                (other, otherWhy) = (other ?? evidence, otherWhy ?? $"{row.By ?? "somebody else"} has {row.Word} it");
            }
        }

        Approval(plan, repo, loop, found, ref other, ref otherWhy);
        var (consumed, completed) = Events(plan, repo, loop, found);

        // decisions.jsonl is the record of who decided; approval.json may be taken up, and an event may be lost, before anybody looks.
        if (decided is not null)
        {
            var rest = found.Where(evidence => evidence != decided);
            return completed is not null ? new Outcome.Completed(decided, rest)
                : consumed is not null ? new Outcome.Consumed(decided, rest)
                : new Outcome.Observed(decided, rest);
        }

        return other is not null ? new Outcome.Contradicted(otherWhy!, other, found) : null;
    }

    private static IEnumerable<(Contract.Artifacts.Decision Row, long Number)> NewDecisions(ControlPlan plan, LoopModel loop)
    {
        var kept = loop.Decisions.Rows;
        for (var i = 0; i < kept.Count; i++)
        {
            var number = loop.Decisions.Count - kept.Count + i + 1;
            if (number > plan.Baseline.Decisions)
            {
                yield return (kept[i], number);
            }
        }
    }

    private static void Approval(ControlPlan plan, RepoModel repo, LoopModel loop, List<FreshEvidence> found, ref FreshEvidence? other, ref string? otherWhy)
    {
        if (loop.Approval.IsMissing || loop.Approval.Value is not { } approval)
        {
            return;
        }

        var path = ArtifactPaths.Approval(loop.Id);
        if (approval.RunId != plan.Target.RunId || approval.Iteration != plan.Target.Iteration)
        {
            other ??= new FreshEvidence("approval", $"{approval.Status} for run {approval.RunId}", path, null, approval.Status, repo.Now);
            otherWhy ??= $"another run waits now: {approval.RunId}, iteration {approval.Iteration?.ToString(CultureInfo.InvariantCulture)}";
        }
        else if (approval.IsDecided)
        {
            var evidence = new FreshEvidence("approval", $"{approval.Status} by {approval.DecidedBy}", path, null, approval.Status, repo.Now);
            if (approval.Status == plan.Intent.Decision && approval.DecidedBy == plan.By)
            {
                found.Add(evidence);
            }
            else
            {
                other ??= evidence;
                otherWhy ??= $"{approval.DecidedBy ?? "somebody else"} has {approval.Status} it";
            }
        }
    }

    private static (FreshEvidence? Consumed, FreshEvidence? Completed) Events(ControlPlan plan, RepoModel repo, LoopModel loop, List<FreshEvidence> found)
    {
        FreshEvidence? consumed = null, completed = null;
        if (loop.Log is not { IsTail: false } log)
        {
            return (null, null);
        }

        for (var row = Math.Min(plan.Baseline.Events, loop.Tally.Lines); row < loop.Tally.Lines; row++)
        {
            if (log[row].Name is not (KnownEvents.ApprovalDecision or KnownEvents.ApprovalConsumed or KnownEvents.ApprovalRejected or KnownEvents.LoopComplete))
            {
                continue;
            }

            var moment = log.Moment(row);
            if (moment.RunId != plan.Target.RunId || (moment.Name == "approval_decision" && moment.Status != plan.Intent.Decision))
            {
                continue;
            }

            var evidence = new FreshEvidence("events", moment.Name, ArtifactPaths.Events(loop.Id), row + 1, moment.Status ?? moment.Name, repo.Now);
            found.Add(evidence);
            consumed ??= moment.Name is "approval_consumed" or "approval_rejected" ? evidence : null;
            completed ??= moment.Name == "loop_complete" && plan.Intent is Intent.Approve ? evidence : null;
        }

        return (consumed, completed);
    }

    private static Outcome? JudgeCancel(ControlPlan plan, RepoModel repo, LoopModel? loop)
    {
        if (plan.Target.Pid is not { } pid || !repo.ProcessesObservable || ClaimOf(plan, repo, loop) is not { IsGone: true } gone)
        {
            return null;
        }

        var fact = gone.Fate?.Fact ?? "the process is gone";
        var process = new FreshEvidence("process", fact, null, null, pid.ToString(CultureInfo.InvariantCulture), repo.Now);
        if (EndedByItself(plan, repo, loop) is { } end)
        {
            return new Outcome.Contradicted($"the run ended by itself: {end.Value}", end, [process]);
        }

        var claims = repo.ActiveRun.Value is { } run && !repo.ActiveRun.IsMissing && run.Pid == pid;
        var isActive = plan.Target.PidLoop is { } worked && repo.IsActive(worked) && repo.ActiveRun.IsMissing;
        return claims || isActive || gone.GoneSince < plan.Baseline.At
            ? null
            : new Outcome.Observed(
                process,
                [
                    new FreshEvidence("active_run", "names this run no more", ArtifactPaths.ActiveRun, null, repo.ActiveRun.IsMissing ? "absent" : "another run", repo.Now),
                    new FreshEvidence("state", "does not say that it is at work", ArtifactPaths.State, null, repo.State.IsMissing ? "absent" : "not this run", repo.Now),
                ]);
    }

    /// <summary>What is known of the process that the plan captured; a number that another process has by now does not count.</summary>
    private static Claim? ClaimOf(ControlPlan plan, RepoModel repo, LoopModel? loop)
    {
        var worked = plan.Target.PidLoop is { } id && repo.Loops.TryGetValue(id, out var other) ? other : loop;
        return worked?.Claim is { } claim && claim.Pid == plan.Target.Pid && (claim.Started is null || plan.Target.PidStarted is null || claim.Started == plan.Target.PidStarted) ? claim : null;
    }

    /// <summary>An end of the run that was logged after the plan: a cancel logs none.</summary>
    private static FreshEvidence? EndedByItself(ControlPlan plan, RepoModel repo, LoopModel? loop)
    {
        if (loop?.Log is not { IsTail: false } || plan.Target.PidLoop != loop.Id || loop.Tally.End is not { } end || end.Line <= plan.Baseline.Events)
        {
            return null;
        }

        return new FreshEvidence("events", $"{end.Name} at {end.At}", ArtifactPaths.Events(loop.Id), end.Line, end.Name, repo.Now);
    }
}
