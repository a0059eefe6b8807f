using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Planning;

/// <summary>
/// Makes the plan of an intent from what is known. Pure (docs/control.md, and docs/contract.md, "What the runtime really does",
/// points 7 and 8).
/// </summary>
public static class Planner
{
    /// <summary>Earlier intents that are named in a warning each; more are in the record.</summary>
    private const int MaxNamed = 3;

    public static ControlPlan Plan(RepoModel repo, LoopModel loop, Intent intent, string by)
    {
        var stop = intent is Intent.Cancel && repo.Sprite is null ? DirectStop.From(repo, loop) : null;
        var target = TargetOf(repo, loop, intent, stop);
        var baseline = Baseline.From(repo, loop);
        var (effects, warnings) = intent is Intent.Cancel ? Cancel(repo, loop, target, stop) : Decide(loop, intent, target);
        if (repo.Sprite is { AsleepSince: not null } asleep)
        {
            warnings.Add($"sprite {asleep.Name} is asleep: sending wakes it");
        }

        warnings.AddRange(loop.Cases.Unreviewed.Take(MaxNamed).Select(static known =>
            $"an earlier {IntentText.Noun(known.Intent)} by {known.By ?? "somebody"} {IntentText.Result(known.Outcome!)} "
                + $"and is not acknowledged: {known.Why}"));
        warnings.AddRange(loop.Cases.Pending
            .Take(MaxNamed)
            .Select(static known => $"an earlier {IntentText.Noun(known.Intent)} by {known.By ?? "somebody"} is still being verified"));
        IReadOnlyList<string> obstacles = repo.Replay is not null ? ["this is a recording, not a live run; open its repository to act"]
            : WhyNotOver(repo) is { } unreachable ? [unreachable]
            : Stage.WhyNot(loop) is { } why ? [why]
            : loop.Withheld is not null || repo.SnapshotOnly ? [
                "snapshot-only mode is on, so the result could not be verified; turn it off, or run the command by hand"
            ]
            : intent is Intent.Cancel ? []
            : [.. Obstacles(repo, loop, intent)];
        return new ControlPlan(new(intent, target, baseline, by), Arguments(repo, loop, intent, by), effects, warnings, obstacles)
        {
            Stop = stop,
            Transport = repo.Sprite is null ? Transports.Local : Transports.SpriteService,
        };
    }

    /// <summary>What is here of a sprite is a copy: a command of this host would act on nothing, or on something else.</summary>
    private static string? WhyNotOver(RepoModel repo) => repo.Sprite switch
    {
        // Its service, while the fleet's stream is lost.
        { ConnectionMode: ConnectionMode.Pull, By: WayNames.Service } => null,
        { ConnectionMode: ConnectionMode.Pull } sprite =>
            $"sprite {sprite.Name} is read by {sprite.By}, and only its service can act on it{Because(sprite)}",
        { ConnectionMode: ConnectionMode.LastKnown } sprite => $"sprite {sprite.Name} cannot be reached{Because(sprite)}",
        _ => null,
    };

    private static string Because(SpriteState sprite) => sprite.Fault is { } fault ? $": {fault}" : "";

    private static ControlTarget TargetOf(RepoModel repo, LoopModel loop, Intent intent, DirectStop? stop)
    {
        if (stop is not null)
        {
            return new(repo.Path, loop.Id, loop.Verdict.RunId, loop.Tally.Newest?.Iteration, stop.Pid, loop.Id, stop.Started);
        }

        var run = repo.Claiming;
        var approval = loop.Approval.IsMissing ? null : loop.Approval.Value;
        var started = run?.LoopId is { } worked && repo.Loops.TryGetValue(worked, out var other) && other.Claim?.Pid == run.Pid
            ? other.Claim.Started
            : null;
        return intent is Intent.Cancel
            ? new(repo.Path, loop.Id, loop.Verdict.RunId, loop.Tally.Newest?.Iteration ?? run?.Iteration, run?.Pid, run?.LoopId, started)
            : new(repo.Path, loop.Id, approval?.RunId, approval?.Iteration, run?.Pid, run?.LoopId, started, approval?.RequestedAt);
    }

    private static List<string> Arguments(RepoModel repo, LoopModel loop, Intent intent, string by)
    {
        if (intent is Intent.Cancel)
        {
            return [IntentWords.Cancel, FlagNames.Repo, repo.Place];
        }

        List<string> arguments = [IntentWords.Approve, FlagNames.Repo, repo.Place, FlagNames.Loop, loop.Id, FlagNames.By, by];
        if (intent.Note is { Length: > 0 } note)
        {
            arguments.AddRange([FlagNames.Note, note]);
        }

        if (intent is Intent.Reject)
        {
            arguments.Add(FlagNames.Reject);
        }

        return arguments;
    }

    private static (List<string> Effects, List<string> Warnings) Decide(LoopModel loop, Intent intent, ControlTarget target)
    {
        // Of a decision that is not asked for there is nothing to say.
        List<string> effects = target.RunId is null && target.Iteration is null ? [] :
        [
            $"records run {target.RunId ?? OutcomeWords.Unknown}, iteration {Text(target.Iteration)}, as {intent.Decision}",
            intent is Intent.Approve
                ? "the loop's next run consumes the approval and completes the loop"
                : "the loop's next run consumes the rejection and continues with the next iteration",
        ];
        var warnings = new List<string>();
        if (loop.Decisions.Newest is { } before && before.RunId == target.RunId && before.Iteration == target.Iteration)
        {
            warnings.Add($"decisions.jsonl: {before.By ?? "somebody"} has already {before.Word} this iteration");
        }

        return (effects, warnings);
    }

    private static (List<string> Effects, List<string> Warnings) Cancel(
        RepoModel repo, LoopModel loop, ControlTarget target, DirectStop? stop)
    {
        var warnings = new List<string>();
        if (stop is not null)
        {
            warnings.Add($"{ArtifactPaths.ActiveRun} is missing, so the runtime's own cancel would stop nothing");
            return ([$"stops {stop.Words}, which run loop {loop.Id}, by signal: TERM, and KILL after 10 s"], warnings);
        }

        if (target.Pid is not { } pid)
        {
            warnings.Add(repo.IsActive(loop.Id)
                ? "active-run.json has no process: the runtime stops nothing, and removes what a crash has left"
                : "active-run.json has no process: the runtime will stop nothing");
            return ([$"removes state.json and active-run.json of {repo.Place}"], warnings);
        }

        List<string> effects =
        [
            $"stops process {pid.ToString(CultureInfo.InvariantCulture)} and its group, which run loop "
                + $"{target.PidLoop ?? OutcomeWords.Unknown}; after 10 s by force",
            $"removes state.json and active-run.json of {repo.Place}; no event is written",
        ];
        if (target.PidLoop != loop.Id)
        {
            warnings.Add($"cancel is for the whole repository: it stops loop {target.PidLoop ?? OutcomeWords.Unknown}, not {loop.Id}");
        }

        if (loop.Approval.Value is { IsPending: true } && !loop.Approval.IsMissing)
        {
            warnings.Add("the pending approval stays");
        }

        if (!repo.ProcessesObservable)
        {
            warnings.Add(
                $"processes cannot be observed on {(repo.Sprite is { } sprite ? $"sprite {sprite.Name}" : "this host")}: the result "
                    + $"will stay unknown");
        }
        else if (loop.Claim is { IsGone: true } gone && gone.Pid == pid)
        {
            warnings.Add($"process {pid.ToString(CultureInfo.InvariantCulture)} has already exited");
        }

        return (effects, warnings);
    }

    /// <summary>An approval is given on what is seen: where that cannot be read, is old, or disagrees, it cannot be given.</summary>
    private static IEnumerable<string> Obstacles(RepoModel repo, LoopModel loop, Intent intent)
    {
        if (repo.Failure is { } failure)
        {
            yield return $"the repository cannot be read: {failure.Fault}";
        }

        if (repo.HasLost(loop))
        {
            yield return $"{ArtifactPaths.Loop(loop.Id)} is missing";
        }

        if (loop.Approval is { Condition: not (ArtifactCondition.Present or ArtifactCondition.Missing), Fault: var fault })
        {
            yield return $"{ArtifactPaths.Approval(loop.Id)} cannot be used: {fault ?? "it was not read yet"}";
        }
        else if (loop.Approval.IsMissing || loop.Approval.Value is not { } approval)
        {
            yield return "no run is waiting for an approval";
        }
        else if (!approval.IsPending)
        {
            yield return $"{approval.DecidedBy ?? "somebody"} has already {approval.Status} it";
        }
        else if (approval.RunId is null || approval.Iteration is null)
        {
            yield return $"{ArtifactPaths.Approval(loop.Id)} has no run or iteration, so the result could not be verified";
        }

        if (loop.Log is null || loop.EventsCondition != ArtifactCondition.Present)
        {
            yield return $"{ArtifactPaths.Events(loop.Id)} cannot be read{(loop.EventsFault is { } why ? $": {why}" : "")}";
        }

        if (loop.Projected.Flags.CursorRegression)
        {
            yield return $"{ArtifactPaths.Events(loop.Id)} was cut: it has fewer lines than were read before";
        }

        if (loop.Projected.Flags.ApprovalCompletionConflict)
        {
            yield return "the sources disagree: approval.json is pending, and the run's summary says that it is complete";
        }

        if (intent is Intent.Reject && string.IsNullOrWhiteSpace(intent.Note))
        {
            yield return "a rejection needs a note that says why";
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? OutcomeWords.Unknown;
}
