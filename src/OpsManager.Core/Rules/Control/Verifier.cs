using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// Judges by the runtime's own artifacts the result of an intent. Pure: it is asked again with every model. Evidence is newer than
/// the baseline and of the same run, or it is none (docs/contract.md, "What the runtime really does", points 6 to 9).
/// </summary>
public static class Verifier
{
    /// <summary>What is known by now; null while nothing decides. <paramref name="loop"/> is null where its directory is gone.</summary>
    public static Outcome? Judge(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop) => attempt.Intent is Intent.Cancel
        ? JudgeCancel(attempt, repo, loop)
        : loop is null ? null : DecisionVerifier.Judge(attempt, repo, loop);

    /// <summary>The contrary decision that is in force by now; null where none is.</summary>
    public static Outcome.Contradicted? Overruling(ControlAttempt attempt, RepoFacts repo, LoopFacts loop) =>
        attempt.Intent is not Intent.Cancel
        && DecisionVerifier.Judge(attempt, repo, loop) is Outcome.Contradicted { IsOverruling: true } other
            ? other
            : null;

    /// <summary>
    /// What would show that the intent took effect, each with its evidence as far as it was seen; the first ones decide.
    /// </summary>
    public static IReadOnlyList<VerificationStep> Steps(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop) =>
        attempt.Intent is Intent.Cancel ? CancelSteps(attempt, repo, loop) : DecisionVerifier.Steps(attempt, repo, loop);

    /// <summary>Why the outcome is unknown, from what was seen last.</summary>
    public static string WhyUnknown(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop)
    {
        if (attempt.Intent is not Intent.Cancel)
        {
            return DecisionVerifier.WhyUnknown(attempt, loop);
        }

        if (attempt.Target.Pid is not { } pid)
        {
            return attempt.Baseline.IsActive
                ? "state.json was not removed"
                : "active-run.json had no process to stop, so nothing shows whether a run has stopped";
        }

        var number = pid.ToString(CultureInfo.InvariantCulture);
        return attempt.Baseline.PidGone ? $"process {number} had exited before the cancel: nothing shows what the cancel did"
            : FateOf(attempt, repo, loop)?.Fate switch
            {
                ProcessFate.Gone => "the process has exited, but state.json or active-run.json still says that the run is active",
                ProcessFate.Alive => $"process {number} is still running",
                _ => $"processes cannot be observed here, so nothing shows whether process {number} has exited",
            };
    }

    private static Outcome? JudgeCancel(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop)
    {
        if (IsOfCrash(attempt))
        {
            return loop?.Withheld is null && repo.State.IsMissing && repo.ActiveRun.IsMissing
                ? new Outcome.Observed(ClearedEvidence(repo), [UnnamedEvidence(repo)])
                : null;
        }

        // With the event stream off nobody could tell a run that was stopped from one that ended by itself.
        if (loop?.Withheld is not null
            || attempt.Target.Pid is not { } pid
            || attempt.Baseline.PidGone
            || FateOf(attempt, repo, loop) is not { Fate: ProcessFate.Gone } gone)
        {
            return null;
        }

        if (EndedByItself(attempt, repo, loop) is { } end)
        {
            return new Outcome.Contradicted($"the run ended by itself: {end.Value}", end, [GoneEvidence(repo, gone)]);
        }

        return IsNamed(attempt, repo) || IsCalledActive(attempt, repo)
            ? null
            : new Outcome.Observed(GoneEvidence(repo, gone), [UnnamedEvidence(repo), InactiveEvidence(repo)]);
    }

    /// <summary>
    /// A run had crashed: state.json called it active, and active-run.json named no process. There is nothing to stop, and the
    /// runtime's cancel clears what was left. Only that state.json is gone, which no run does by itself, is evidence of it.
    /// </summary>
    private static bool IsOfCrash(ControlAttempt attempt) => attempt is { Target.Pid: null, Baseline.IsActive: true };

    private static List<VerificationStep> CancelSteps(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop) => IsOfCrash(attempt)
        ? [new("state.json, which a crash had left active, was removed", repo.State.IsMissing ? ClearedEvidence(repo) : null)]
        :
    [
        new(
            attempt.Target.Pid is { } pid
                ? $"process {pid.ToString(CultureInfo.InvariantCulture)} has exited"
                : "the process has exited (its number is not known)",
            !attempt.Baseline.PidGone && FateOf(attempt, repo, loop) is { Fate: ProcessFate.Gone } gone ? GoneEvidence(repo, gone) : null),
        new("active-run.json does not say that it runs a loop", IsNamed(attempt, repo) ? null : UnnamedEvidence(repo)),
        new("state.json does not say that its loop is active", IsCalledActive(attempt, repo) ? null : InactiveEvidence(repo)),
    ];

    private static FreshEvidence GoneEvidence(RepoFacts repo, ProcessSighting gone) =>
        new(EvidenceSources.Process, gone.Fact, null, null, gone.Pid.ToString(CultureInfo.InvariantCulture), repo.Now);

    private static FreshEvidence UnnamedEvidence(RepoFacts repo) =>
        new(
            EvidenceSources.ActiveRun,
            repo.ActiveRun.IsMissing || repo.ActiveRun.Value is not { } run ? "absent" : $"now belongs to loop {run.LoopId}",
            ArtifactPaths.ActiveRun, null,
            repo.ActiveRun.IsMissing ? "absent" : "another run", repo.Now);

    private static FreshEvidence ClearedEvidence(RepoFacts repo) =>
        new(EvidenceSources.State, "was active, and was removed", ArtifactPaths.State, null, "absent", repo.Now);

    private static FreshEvidence InactiveEvidence(RepoFacts repo) =>
        new(
            EvidenceSources.State, "does not say that its loop is active", ArtifactPaths.State, null,
            repo.State.IsMissing ? "absent" : "not this run", repo.Now);

    private static bool IsNamed(ControlAttempt attempt, RepoFacts repo) => repo.Claiming is { } run && run.Pid == attempt.Target.Pid;

    /// <summary>
    /// While the run that was captured still claims its loop, state.json is about it. Where another one claims it, state.json is its.
    /// </summary>
    private static bool IsCalledActive(ControlAttempt attempt, RepoFacts repo) =>
        attempt.Target.PidLoop is { } worked && repo.IsActive(worked) && (repo.Claiming is null || IsNamed(attempt, repo));

    /// <summary>
    /// What is known of the very process that was captured. Where its start time is known the host is asked for it by both; else
    /// there is only what is known of whoever claims the loop under its number.
    /// </summary>
    private static ProcessSighting? FateOf(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop)
    {
        if (attempt.Target is { Pid: { } pid, PidStarted: { } started })
        {
            return repo.Captured.GetValueOrDefault(new(pid, started));
        }

        var worked = attempt.Target.PidLoop is { } id && repo.FactsOf(id) is { } other ? other : loop;
        return worked?.Claim is { } claim && claim.Pid == attempt.Target.Pid ? claim.Fate
            : worked?.Found is { Pid: { } found } run && found == attempt.Target.Pid ? new(found, run.Last.Fate, run.Last.Fact)
            : null;
    }

    /// <summary>An end of the run that was logged after the plan: a cancel logs none.</summary>
    private static FreshEvidence? EndedByItself(ControlAttempt attempt, RepoFacts repo, LoopFacts? loop)
    {
        if (loop?.Log is not { IsTail: false }
            || attempt.Target.PidLoop != loop.Id
            || loop.Tally.End is not { } end
            || end.Line <= attempt.Baseline.Events)
        {
            return null;
        }

        return new FreshEvidence(
            EvidenceSources.Events, $"{end.Name} at {end.At}", ArtifactPaths.Events(loop.Id), end.Line, end.Name, repo.Now);
    }
}
