using System.Collections.Immutable;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Projection;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// The rules that choose a lifecycle, in order; the first that fits decides (docs/contract.md, "Assessment"). Silence and age
/// never choose one: a sprite that sleeps writes nothing and nothing is wrong.
/// </summary>
internal static class Rulebook
{
    /// <param name="cancels">Of all loops of the repository.</param>
    /// <param name="before">The verdict before.</param>
    public static Ruling Decide(RepoFacts repo, LoopFacts loop, ImmutableArray<SentCancel> cancels, Verdict before)
    {
        var ruling = VanishedRule.Held(repo, loop) ?? Pending(repo, loop) ?? CancelRule.Decide(repo, loop, cancels, before)
            ?? VanishedRule.Left(repo, loop, before)
                ?? Claimed(repo, loop) ?? Unclaimed(repo, loop) ?? Ended(loop) ?? Unfinished(repo, loop, before)
            ?? Nothing(repo, loop);
        return IsDoubtful(repo, loop) ? ruling with { Confidence = Confidence.Low } : ruling;
    }

    /// <summary>The run that the newest event belongs to.</summary>
    public static string? CurrentRun(LoopFacts loop) => loop.Tally.Newest?.RunId;

    /// <summary>The process has claimed the loop and no iteration of its run has begun: state.json becomes active only then.</summary>
    internal static bool IsStarting(LoopFacts loop, Claim claim) =>
        loop.Tally.IterationStart is null || loop.Tally.RunStart?.At < claim.ClaimedAt;

    private static Ruling? Pending(RepoFacts repo, LoopFacts loop) =>
        loop.Approval.Value is { IsPending: true } approval && !repo.HasLost(loop)
        ? new(Lifecycle.AwaitingApproval, "approval.json is pending", Confidence.High, approval.RequestedAt)
        : null;

    /// <summary>active-run.json names this loop.</summary>
    private static Ruling? Claimed(RepoFacts repo, LoopFacts loop)
    {
        if (!repo.IsClaimed(loop.Id) || loop.Claim is not { IsForeign: false } claim || EndedInOrder(repo, loop, claim))
        {
            return null;
        }

        if (claim.IsAlive)
        {
            return claim.State == ProcessState.Running
                ? new(Lifecycle.Running, $"process {claim.Pid} is running, and active-run.json says it runs this loop", Confidence.High,
                    RunningSince(loop, claim))
                : new(Lifecycle.Running, $"{claim.Fate!.Fact}; active-run.json says it runs this loop", Confidence.High,
                    RunningSince(loop, claim))
                { IsPaused = true };
        }

        if (!claim.IsGone)
        {
            var fact = claim.Fate is { Fate: ProcessFate.Unreadable } unreadable
                ? unreadable.Fact : $"process {claim.Pid} cannot be observed from here";
            return new(
                Lifecycle.Running, $"active-run.json says process {claim.Pid} runs this loop; {fact}", Confidence.Medium,
                RunningSince(loop, claim));
        }

        // The runtime writes state.json with the first iteration: before that there is none that a cancel could have removed.
        return repo.State.IsMissing && !IsStarting(loop, claim)
            ? new(
                Lifecycle.Stopped, $"process {claim.Pid} has exited and state.json was removed: cancelled", Confidence.High,
                EndedSince(repo, loop))
            : new(
                Lifecycle.Failed,
                $"active-run.json says process {claim.Pid} runs this loop, but it has exited and no event ended the run", Confidence.High,
                EndedSince(repo, loop));
    }

    /// <summary>active-run.json says nothing of this loop, or its process is not of this repository and host.</summary>
    private static Ruling? Unclaimed(RepoFacts repo, LoopFacts loop)
    {
        var foreign = repo.ForeignClaim;
        if (repo.IsClaimed(loop.Id) && foreign is null)
        {
            return null;
        }

        if (loop.Claim is { IsAlive: true } claim && !EndedInOrder(repo, loop, claim))
        {
            var file = repo.ActiveRun.Value is { } other
                ? $"active-run.json now belongs to loop {other.LoopId}"
                : "active-run.json is missing";
            return new(Lifecycle.Running, $"process {claim.Pid} is still running this loop, but {file}", Confidence.Medium,
                RunningSince(loop, claim))
            {
                IsPaused = claim.State != ProcessState.Running,
            };
        }

        if (!repo.IsActive(loop.Id) || loop.Tally.End is not null)
        {
            return null;
        }

        if (repo.ActiveRun.Value is null && !repo.ActiveRun.IsMissing)
        {
            return new(
                Lifecycle.Running, "state.json is active for this loop; active-run.json cannot be read", Confidence.Low,
                loop.Tally.RunStart?.At);
        }

        if (foreign is null && repo.ActiveRun.Value is { } overwritten && loop.Claim is not { IsGone: true })
        {
            return new(
                Lifecycle.Unknown,
                $"state.json is active for this loop, but active-run.json now belongs to loop {overwritten.LoopId}, "
                    + "and the process of this loop is not known",
                Confidence.Low,
                null);
        }

        return UnclaimedRule.Decide(repo, loop, EndedSince(repo, loop));
    }

    /// <summary>Nothing is at work: a decision that waits, an event that ended the run, or a completion whose event was lost.</summary>
    private static Ruling? Ended(LoopFacts loop)
    {
        if (loop.Approval.Value is { IsDecided: true } approval)
        {
            return new(
                Lifecycle.Idle, $"{approval.Status} by {approval.DecidedBy ?? "somebody"}; the next run will act on it", Confidence.High,
                approval.DecidedAt)
            {
                Decided = approval.Status,
            };
        }

        if (loop.Tally.End is { } end)
        {
            // What a rate limit says is when it is reset, in numbers.
            var detail = end.Detail is { } word && loop.Tally.LimitResetsAt is null ? $"{end.Name} ({word})" : end.Name;
            return end.Name == EventNames.LoopComplete
                ? new(Lifecycle.Complete, $"{detail} ended the run", Confidence.High, end.At)
                : new(Lifecycle.Stopped, $"{detail} ended the run", Confidence.High, end.At);
        }

        // The log is empty: then the summary speaks of the only run there is any trace of.
        var newest = loop.Tally.Newest;
        return loop.Summary.Value?.Last is { CompletionOk: true } entry
            && (newest is null ? loop.Log is not null : entry.RunId is not null && entry.RunId == newest.RunId)
            ? new(Lifecycle.Complete, "the last summary entry of this run is complete; no event says so", Confidence.Medium, entry.EndedAt)
            : null;
    }

    /// <summary>A run was at work, no event ended it, and nothing claims it.</summary>
    private static Ruling? Unfinished(RepoFacts repo, LoopFacts loop, Verdict before)
    {
        if (loop.Tally.Newest is not { } newest)
        {
            return null;
        }

        if (repo.State.IsMissing && repo.ActiveRun.IsMissing)
        {
            return new(
                Lifecycle.Stopped,
                "state.json and active-run.json were removed and no event ended the run: cancelled",
                loop.Claim is null ? Confidence.Medium : Confidence.High,
                EndedSince(repo, loop));
        }

        if (ContractFacts.IsFailure(newest.Status))
        {
            return new(Lifecycle.Failed, $"the last event is {newest.Name} with status {newest.Status}", Confidence.High, newest.At);
        }

        if (repo.State.Value is { } state && state.CurrentLoopId == loop.Id)
        {
            return state.Active
                ? null
                : new(
                    Lifecycle.Idle, "state.json is not active and no event ended the run: it ended normally", Confidence.Medium,
                    state.UpdatedAt);
        }

        // Another loop has taken the shared files since, so only what was seen before can tell how this run ended.
        if (before is { Lifecycle: Lifecycle.Failed or Lifecycle.Stopped or Lifecycle.Idle } && before.RunId == newest.RunId)
        {
            return before.Ruling;
        }

        var other = repo.State.Value?.CurrentLoopId ?? repo.ActiveRun.Value?.LoopId ?? "(none)";
        return loop.Claim is { IsGone: true } claim
            ? new(
                Lifecycle.Failed, $"process {claim.Pid} of this run has exited and no event ended the run", Confidence.High,
                EndedSince(repo, loop))
            : new(Lifecycle.Unknown, $"no event ended the run, and the shared files now belong to loop {other}", Confidence.Low, null);
    }

    private static Ruling Nothing(RepoFacts repo, LoopFacts loop)
    {
        if (loop.EventsCondition == ArtifactCondition.Missing)
        {
            return new(Lifecycle.Unknown, "events.jsonl is missing", Confidence.Low, null);
        }

        return repo.State.Value is { Active: false } state && loop.Summary.Value?.Last is not null
            ? new(Lifecycle.Idle, "state.json is not active", Confidence.Medium, state.UpdatedAt)
            : new(
                Lifecycle.Unknown, loop.Tally.Newest is null ? "no event has been written yet" : "no rule fits what was read",
                Confidence.Low,
                null);
    }

    /// <summary>
    /// Whether the run of this claim is over although the claim is still seen: its end is in the log, or state.json was made
    /// inactive after the claim. Times have whole seconds, so an end in the second of the claim counts only if the run started since.
    /// </summary>
    private static bool EndedInOrder(RepoFacts repo, LoopFacts loop, Claim claim)
    {
        if (loop.Tally.End is { } end
            && (claim.ClaimedAt is null || end.At > claim.ClaimedAt || loop.Tally.RunStart?.At >= claim.ClaimedAt))
        {
            return true;
        }

        // A process that lives decides only while its claim stands: the claim goes when the run's shell exits, its number may live on.
        var processDecides = claim.IsAlive && repo.IsClaimed(loop.Id);
        return !processDecides
            && repo.State.Value is { Active: false } state
            && state.CurrentLoopId == loop.Id
            && state.UpdatedAt >= claim.ClaimedAt;
    }

    private static DateTimeOffset? RunningSince(LoopFacts loop, Claim claim) =>
        loop.Tally.RunStart is { At: { } start } && !(start < claim.ClaimedAt) ? start : claim.ClaimedAt;

    /// <summary>When the process was seen to go, if it was seen alive before; else the newest sign of life in the artifacts.</summary>
    private static DateTimeOffset? EndedSince(RepoFacts repo, LoopFacts loop)
    {
        if (loop.Claim is { SeenAlive: true, GoneSince: { } gone })
        {
            return gone;
        }

        if (repo.ActiveRun.IsMissing && loop.Found is { Pid: not null, GoneSince: { } exited })
        {
            return exited;
        }

        var state = repo.IsActive(loop.Id) ? repo.State.Value?.UpdatedAt : null;
        return Latest(Latest(loop.Tally.Newest?.At, state), loop.Claim?.ClaimedAt);
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    /// <summary>A file that the ruling may rest on cannot be read as it should.</summary>
    private static bool IsDoubtful(RepoFacts repo, LoopFacts loop) =>
        repo.Failure is not null || IsBad(repo.State.Condition) || IsBad(repo.ActiveRun.Condition) || IsBad(loop.Approval.Condition)
        || IsBad(loop.Summary.Condition) || IsBad(loop.EventsCondition);

    private static bool IsBad(ArtifactCondition condition) => condition is ArtifactCondition.Invalid or ArtifactCondition.Unreadable;
}
