using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Reports;

/// <summary>What is next about a run whose source is being read. The first that fits is told.</summary>
internal static class RunSteps
{
    private const string Log = "show-log";
    private const string Cancel = "cancel-run";

    public static NextStep For(RepoModel repo, LoopModel loop, NextStepContext context) =>
        RolledBack(loop) ?? Unreviewed(loop) ?? Verifying(loop) ?? Lost(repo, loop, context) ?? ByLifecycle(repo, loop, context);

    private static NextStep? RolledBack(LoopModel loop) => loop switch
    {
        { Rollback: not null } => NextStep.From(
            "Read the incident note ({show-incident}), remove the cause, then {rearm} re-arms the loop.", null, "show-incident", "rearm"),
        { Trigger: not null } => NextStep.From("Wait for the incident note: the loop is being rolled back."),
        _ => null,
    };

    private static NextStep? Unreviewed(LoopModel loop) => loop.Cases.Unreviewed is [var known, ..]
        ? NextStep.From(
            $"The {IntentText.Noun(known.Intent)} {IntentText.Result(known.Outcome!)}. Read why in the tab Control; "
                + "then {acknowledge} acknowledges it.",
            null, "acknowledge")
        : null;

    private static NextStep? Verifying(LoopModel loop) => loop.Cases.Pending is [var known, ..]
        ? NextStep.From($"Wait: the {IntentText.Noun(known.Intent)} is being verified.")
        : null;

    /// <summary>A run at work whose directory is missing.</summary>
    private static NextStep? Lost(RepoModel repo, LoopModel loop, NextStepContext context) => repo.HasLost(loop) && loop.IsHeld
        ? context.CanSend
            ? NextStep.From("Stop the run, whose directory is missing: {cancel-run} cancels it.", null, Cancel)
            : NextStep.From("Stop the run: its directory is missing.")
        : null;

    private static NextStep ByLifecycle(RepoModel repo, LoopModel loop, NextStepContext context) => loop.Verdict.Lifecycle switch
    {
        Lifecycle.AwaitingApproval when loop.Approval.Value is { IsDecided: true } => Idle(repo, loop),
        Lifecycle.AwaitingApproval when context.CanSend => NextStep.From(
            "Read what was asked in the tab Approval; then {approve-run} approves or {reject-run} rejects.", null,
            "approve-run", "reject-run"),
        Lifecycle.AwaitingApproval => Decide(repo, loop),
        Lifecycle.Running when loop.Verdict.Ruling.IsPaused => Paused(repo, loop),
        Lifecycle.Running when loop.Verdict.Alerts.Any() =>
            NextStep.From("See its alert: {describe} says what it means and what to do.", null, "describe", Log),
        Lifecycle.Running when context.CanSend =>
            NextStep.From("Nothing to do while it is running; {cancel-run} cancels it.", null, Log, Cancel),
        Lifecycle.Running => NextStep.From("Nothing to do while it is running.", null, Log),
        Lifecycle.Complete => NextStep.From("Nothing to do: the run is complete."),
        Lifecycle.Failed or Lifecycle.Stopped when IsRateLimited(loop) => RateLimited(repo, loop, context),
        Lifecycle.Failed when repo.Replay is not null =>
            NextStep.From("Read its last events, or its log ({show-log}) where the recording has it.", null, Log),
        Lifecycle.Failed => Run(repo, loop, "Read its last events, or its log ({show-log}) if there is one, then run it again", Log),
        Lifecycle.Stopped => Run(repo, loop, "Run it again to continue", Log),
        Lifecycle.Idle => Idle(repo, loop),
        _ when HasNeverRun(repo, loop) => Run(repo, loop, "Start its first run"),
        _ => NextStep.From("Find out whether it is running: the evidence is below.", null, Log, "describe"),
    };

    private static NextStep Idle(RepoModel repo, LoopModel loop) =>
        loop.Approval is { IsMissing: false, Value: { IsDecided: true } decided }
        ? decided.Status == DecisionWords.Rejected
            ? Run(repo, loop, "Run the loop, which acts on the rejection and goes on")
            : Run(repo, loop, "Run the loop, which consumes the approval and completes")
        : Run(repo, loop, "Run it again when there is more to do");

    /// <summary>
    /// A signal has stopped the process, and another one lets it go on. What a control group has frozen only that thaws.
    /// </summary>
    private static NextStep Paused(RepoModel repo, LoopModel loop)
    {
        var claim = loop.Claim;
        if (claim is not { State: ProcessState.Stopped, IsForeign: false } || repo.Sprite is not null || repo.Replay is not null)
        {
            return NextStep.From($"Let its process go on{SourceSteps.On(repo)}: it is stopped or frozen.", null, Cancel);
        }

        return NextStep.From(
            "Let its process go on:", string.Create(CultureInfo.InvariantCulture, $"kill -CONT {claim.Pid}"), Cancel);
    }

    private static bool IsRateLimited(LoopModel loop) =>
        loop.Tally.End is { Name: EventNames.RateLimitStop } || loop.Tally.Newest is { Status: EventStatuses.RateLimited };

    private static NextStep RateLimited(RepoModel repo, LoopModel loop, NextStepContext context)
    {
        if (loop.Tally.LimitResetsAt is not { } at)
        {
            return Run(repo, loop, "A rate limit stopped it. Run it again when the limit has been reset");
        }

        var clock = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
        return at > context.Now.Now
            ? Run(repo, loop, $"A rate limit stopped it until {clock}, for {Spans.Short(at - context.Now.Now)} more. Then run it again")
            : Run(repo, loop, $"The rate limit that stopped it ended at {clock}. Run it again");
    }

    private static bool HasNeverRun(RepoModel repo, LoopModel loop) =>
        loop is { NewestEvent: null, Claim: null, Found: null, IsReading: false } && loop.Summary.Value is null && !repo.IsActive(loop.Id)
        && loop.EventsCondition is not (ArtifactCondition.Unseen or ArtifactCondition.Unreadable);

    private static NextStep Decide(RepoModel repo, LoopModel loop) => RunCommands.Approve(repo, loop.Id) is { } command
        ? new($"Read what was asked in the tab Approval; then decide{SourceSteps.On(repo)}:", command, [])
        : NextStep.From("A person has to decide; the tab Approval has what was asked.");

    private static NextStep Run(RepoModel repo, LoopModel loop, string what, params string[] actions) =>
        RunCommands.Start(repo, loop.Id) is { } command
            ? new($"{what}{SourceSteps.On(repo)}:", command, actions)
            : new($"{what}.", null, actions);
}
