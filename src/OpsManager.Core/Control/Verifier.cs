using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;

namespace OpsManager.Core.Control;

/// <summary>
/// Judges by the runtime's own artifacts what came of an intent. Pure: it is asked again with every model. Evidence is newer than
/// the baseline and of the same run, or it is none (docs/contract.md, "What the runtime really does", points 6 to 9).
/// </summary>
public static class Verifier
{
    /// <summary>What is known by now; null while nothing decides. <paramref name="loop"/> is null where its directory is gone.</summary>
    public static Outcome? Judge(ControlAttempt attempt, RepoModel repo, LoopModel? loop) =>
        attempt.Intent is Intent.Cancel ? JudgeCancel(attempt, repo, loop) : loop is null ? null : JudgeDecision(attempt, repo, loop);

    /// <summary>What would show that the intent took effect, each with its evidence as far as it was seen; the first ones decide.</summary>
    public static IReadOnlyList<Rung> Rungs(ControlAttempt attempt, RepoModel repo, LoopModel? loop)
    {
        if (attempt.Intent is Intent.Cancel)
        {
            return CancelRungs(attempt, repo, loop);
        }

        var found = new List<FreshEvidence>();
        if (loop is not null)
        {
            FreshEvidence? other = null;
            string? why = null;
            found.AddRange(NewDecisions(attempt, loop).Where(row => IsOurs(attempt, row.Row)).Select(row => DecisionEvidence(repo, loop, row.Row, row.Number)));
            Approval(attempt, repo, loop, found, ref other, ref why);
            Events(attempt, repo, loop, found);
        }

        FreshEvidence? Seen(string source, string? fact = null) => found.Find(one => one.Source == source && (fact is null || one.Fact == fact));
        var consumed = attempt.Intent is Intent.Approve ? "approval_consumed" : "approval_rejected";
        List<Rung> rungs =
        [
            new($"decisions.jsonl: {attempt.Intent.Decision} by {attempt.By}", Seen("decisions")),
            new($"approval.json: {attempt.Intent.Decision}", Seen("approval")),
            new("event approval_decision", Seen("events", "approval_decision")),
            new($"a run takes it up: event {consumed}", Seen("events", consumed), IsLater: true),
        ];
        if (attempt.Intent is Intent.Approve)
        {
            rungs.Add(new("event loop_complete", Seen("events", "loop_complete"), IsLater: true));
        }

        return rungs;
    }

    /// <summary>Why nothing could be told, in the words of what was seen last.</summary>
    public static string WhyUnknown(ControlAttempt attempt, RepoModel repo, LoopModel? loop)
    {
        if (attempt.Intent is not Intent.Cancel)
        {
            return $"no decision {attempt.Intent.Decision} by {attempt.By} for run {attempt.Target.RunId} was seen";
        }

        if (attempt.Target.Pid is not { } pid)
        {
            return attempt.Baseline.IsActive ? "state.json is still there" : "no run was named, so none can be seen to have stopped";
        }

        var number = pid.ToString(CultureInfo.InvariantCulture);
        return attempt.Baseline.PidGone ? $"process {number} was gone before: nothing tells what the cancel did"
            : FateOf(attempt, repo, loop)?.Fate switch
            {
                ProcessFate.Gone => "the process is gone, but state.json or active-run.json still names the run",
                ProcessFate.Alive => $"process {number} still lives",
                _ => $"this host cannot tell whether process {number} is gone",
            };
    }

    private static Outcome? JudgeDecision(ControlAttempt attempt, RepoModel repo, LoopModel loop)
    {
        var found = new List<FreshEvidence>();
        FreshEvidence? decided = null, other = null;
        string? otherWhy = null;
        foreach (var (row, number) in NewDecisions(attempt, loop))
        {
            if (!IsOfTarget(attempt, row))
            {
                continue;
            }

            var evidence = DecisionEvidence(repo, loop, row, number);
            if (IsOurs(attempt, row))
            {
                decided ??= evidence;
                found.Add(evidence);
            }
            else
            {
                (other, otherWhy) = (other ?? evidence, otherWhy ?? $"{row.By ?? "somebody else"} has {row.Word} it");
            }
        }

        Approval(attempt, repo, loop, found, ref other, ref otherWhy);
        var (consumed, completed) = Events(attempt, repo, loop, found);

        // A plain v1 service hands out no decisions.jsonl: there, approval.json says who decided, as long as no run has taken it up.
        decided ??= repo.Sprite is { SeesDecisions: false } && loop.Decisions.Condition == ArtifactCondition.Missing ? found.Find(static one => one.Source == "approval") : null;

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

    private static bool IsOfTarget(ControlAttempt attempt, Decision row) => row.RunId == attempt.Target.RunId && row.Iteration == attempt.Target.Iteration;

    private static bool IsOurs(ControlAttempt attempt, Decision row) => IsOfTarget(attempt, row) && row.By == attempt.By && row.Word == attempt.Intent.Decision;

    private static FreshEvidence DecisionEvidence(RepoModel repo, LoopModel loop, Decision row, long number) =>
        new("decisions", $"{row.Word} by {row.By} for run {row.RunId}", ArtifactPaths.Decisions(loop.Id), number, row.Word, repo.Now);

    private static IEnumerable<(Decision Row, long Number)> NewDecisions(ControlAttempt attempt, LoopModel loop)
    {
        var kept = loop.Decisions.Rows;
        var before = loop.Decisions.Count - kept.Count;
        for (var i = (int)Math.Clamp(attempt.Baseline.Decisions - before, 0, kept.Count); i < kept.Count; i++)
        {
            yield return (kept[i], before + i + 1);
        }
    }

    private static void Approval(ControlAttempt attempt, RepoModel repo, LoopModel loop, List<FreshEvidence> found, ref FreshEvidence? other, ref string? otherWhy)
    {
        if (loop.Approval.IsMissing || loop.Approval.Value is not { } approval)
        {
            return;
        }

        var path = ArtifactPaths.Approval(loop.Id);
        if (approval.RunId != attempt.Target.RunId || approval.Iteration != attempt.Target.Iteration)
        {
            other ??= new FreshEvidence("approval", $"{approval.Status} for run {approval.RunId}", path, null, approval.Status, repo.Now);
            otherWhy ??= $"another run waits now: {approval.RunId}, iteration {approval.Iteration?.ToString(CultureInfo.InvariantCulture)}";
        }
        else if (approval.IsDecided)
        {
            var evidence = new FreshEvidence("approval", $"{approval.Status} by {approval.DecidedBy}", path, null, approval.Status, repo.Now);
            if (approval.Status == attempt.Intent.Decision && approval.DecidedBy == attempt.By)
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

    private static (FreshEvidence? Consumed, FreshEvidence? Completed) Events(ControlAttempt attempt, RepoModel repo, LoopModel loop, List<FreshEvidence> found)
    {
        FreshEvidence? consumed = null, completed = null;
        if (loop.Log is not { IsTail: false })
        {
            return (null, null);
        }

        foreach (var moment in loop.Tally.Decisive.All)
        {
            if (moment.Line <= attempt.Baseline.Events || moment.RunId != attempt.Target.RunId || (moment.Name == "approval_decision" && moment.Status != attempt.Intent.Decision))
            {
                continue;
            }

            var evidence = new FreshEvidence("events", moment.Name, ArtifactPaths.Events(loop.Id), moment.Line, moment.Status ?? moment.Name, repo.Now);
            found.Add(evidence);
            consumed ??= moment.Name is "approval_consumed" or "approval_rejected" ? evidence : null;
            completed ??= moment.Name == "loop_complete" && attempt.Intent is Intent.Approve ? evidence : null;
        }

        return (consumed, completed);
    }

    private static Outcome? JudgeCancel(ControlAttempt attempt, RepoModel repo, LoopModel? loop)
    {
        if (IsOfCrash(attempt))
        {
            return loop?.Withheld is null && repo.State.IsMissing && repo.ActiveRun.IsMissing
                ? new Outcome.Observed(ClearedEvidence(repo), [UnnamedEvidence(repo)])
                : null;
        }

        // With the event stream off nobody could tell a run that was stopped from one that ended by itself.
        if (loop?.Withheld is not null || attempt.Target.Pid is not { } pid || attempt.Baseline.PidGone || FateOf(attempt, repo, loop) is not { Fate: ProcessFate.Gone } gone)
        {
            return null;
        }

        if (EndedByItself(attempt, repo, loop) is { } end)
        {
            return new Outcome.Contradicted($"the run ended by itself: {end.Value}", end, [GoneEvidence(repo, gone)]);
        }

        return IsNamed(attempt, repo) || IsCalledActive(attempt, repo) ? null : new Outcome.Observed(GoneEvidence(repo, gone), [UnnamedEvidence(repo), InactiveEvidence(repo)]);
    }

    /// <summary>
    /// A run had crashed: state.json called it active, and active-run.json named no process. There is nothing to stop, and the
    /// runtime's cancel clears what was left. Only that state.json is gone, which no run does by itself, is evidence of it.
    /// </summary>
    private static bool IsOfCrash(ControlAttempt attempt) => attempt is { Target.Pid: null, Baseline.IsActive: true };

    private static List<Rung> CancelRungs(ControlAttempt attempt, RepoModel repo, LoopModel? loop) => IsOfCrash(attempt)
        ? [new("state.json, which a crash had left active, is gone", repo.State.IsMissing ? ClearedEvidence(repo) : null)]
        :
    [
        new(
            attempt.Target.Pid is { } pid ? $"process {pid.ToString(CultureInfo.InvariantCulture)} is gone" : "the process is gone (none was named)",
            !attempt.Baseline.PidGone && FateOf(attempt, repo, loop) is { Fate: ProcessFate.Gone } gone ? GoneEvidence(repo, gone) : null),
        new("active-run.json does not name it", IsNamed(attempt, repo) ? null : UnnamedEvidence(repo)),
        new("state.json does not say that it is at work", IsCalledActive(attempt, repo) ? null : InactiveEvidence(repo)),
    ];

    private static FreshEvidence GoneEvidence(RepoModel repo, ProcessSighting gone) => new("process", gone.Fact, null, null, gone.Pid.ToString(CultureInfo.InvariantCulture), repo.Now);

    private static FreshEvidence UnnamedEvidence(RepoModel repo) =>
        new("active_run", "names this run no more", ArtifactPaths.ActiveRun, null, repo.ActiveRun.IsMissing ? "absent" : "another run", repo.Now);

    private static FreshEvidence ClearedEvidence(RepoModel repo) =>
        new("state", "was active, and is gone", ArtifactPaths.State, null, "absent", repo.Now);

    private static FreshEvidence InactiveEvidence(RepoModel repo) =>
        new("state", "does not say that it is at work", ArtifactPaths.State, null, repo.State.IsMissing ? "absent" : "not this run", repo.Now);

    private static bool IsNamed(ControlAttempt attempt, RepoModel repo) => repo.ActiveRun.Value is { } run && !repo.ActiveRun.IsMissing && run.Pid == attempt.Target.Pid;

    /// <summary>Another run may be at work by now: then state.json is its.</summary>
    private static bool IsCalledActive(ControlAttempt attempt, RepoModel repo) => attempt.Target.PidLoop is { } worked && repo.IsActive(worked) && repo.ActiveRun.IsMissing;

    /// <summary>
    /// What is known of the very process that was captured. Where its start time is known the host is asked for it by both; else
    /// there is only what is known of whoever claims the loop under its number.
    /// </summary>
    private static ProcessSighting? FateOf(ControlAttempt attempt, RepoModel repo, LoopModel? loop)
    {
        if (attempt.Target is { Pid: { } pid, PidStarted: { } started })
        {
            return repo.Captured.GetValueOrDefault(new(pid, started));
        }

        var worked = attempt.Target.PidLoop is { } id && repo.Loops.TryGetValue(id, out var other) ? other : loop;
        return worked?.Claim is { } claim && claim.Pid == attempt.Target.Pid ? claim.Fate : null;
    }

    /// <summary>An end of the run that was logged after the plan: a cancel logs none.</summary>
    private static FreshEvidence? EndedByItself(ControlAttempt attempt, RepoModel repo, LoopModel? loop)
    {
        if (loop?.Log is not { IsTail: false } || attempt.Target.PidLoop != loop.Id || loop.Tally.End is not { } end || end.Line <= attempt.Baseline.Events)
        {
            return null;
        }

        return new FreshEvidence("events", $"{end.Name} at {end.At}", ArtifactPaths.Events(loop.Id), end.Line, end.Name, repo.Now);
    }
}
