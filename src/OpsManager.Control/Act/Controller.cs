using System.IO.Abstractions;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Control;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;

namespace OpsManager.Control.Act;

/// <summary>
/// Carries out one request: plan, record, send, verify, record. It looks through the same models as the screen. Nothing is sent
/// before its record is on disk, and nothing is told to have worked without evidence (design: acting).
/// </summary>
/// <param name="models">Models of the repository, the newest at subscription; never ends.</param>
public sealed class Controller(IFileSystem files, TimeProvider time, IExecutor executor, IObservable<FleetModel> models)
{
    /// <summary>How long a loop's files may take to be read at first.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(15);

    /// <summary>After a command that failed, evidence is looked for this long: it may have died after its work.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <exception cref="ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be kept; nothing was sent.</exception>
    public async Task<ControlResult> RunAsync(ControlRequest request, CancellationToken cancel = default)
    {
        var (repo, loop) = await FirstAsync(request, cancel).ConfigureAwait(false);
        if (loop.Intents.Rows.LastOrDefault(row => row.IdempotencyKey == request.IdempotencyKey) is { } before)
        {
            return new ControlResult(before, null, Replayed: true);
        }

        var startedAt = time.GetUtcNow();
        var plan = Planner.Plan(repo, loop, request.Intent, request.By);
        var audit = new ControlAudit(files, request.Repo, request.Loop);
        var record = new ControlRecord(request, plan, startedAt);
        if (!plan.CanBeSent)
        {
            var refused = new Outcome.Refused(string.Join("; ", plan.Obstacles));
            return Keep(audit, record.Refused(refused, time.GetUtcNow()));
        }

        audit.Step(record.Step(ControlRow.Started, startedAt, null));
        var execution = await executor.RunAsync(request.Command, plan.Arguments, request.Repo, request.Timeout, cancel).ConfigureAwait(false);
        if (!execution.WasStarted)
        {
            return Keep(audit, record.Sent(execution, new Outcome.Refused(execution.Fault!), time.GetUtcNow()));
        }

        if (!request.Confirm)
        {
            return Keep(audit, record.Sent(execution, execution.Succeeded ? null : Failure(execution), time.GetUtcNow()));
        }

        var outcome = await VerifyAsync(plan, execution.Succeeded || execution.ExitCode is null ? request.Timeout : AfterFailure, cancel).ConfigureAwait(false);
        // What the artifacts say outweighs what the command said of itself.
        outcome = outcome is Outcome.Unknown && execution.ExitCode is not null and not 0 ? Failure(execution) : outcome;
        return Keep(audit, record.Sent(execution, outcome, time.GetUtcNow()));
    }

    private static ControlResult Keep(ControlAudit audit, ControlEnd end)
    {
        try
        {
            audit.Step(end.Step);
            audit.Finish(end.Row, end.Invocation, end.Escalation);
            return new ControlResult(end.Row, end.Outcome, Replayed: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It was sent: what came of it is told, whether or not it can be kept. The started row stays open for a later look.
            return new ControlResult(end.Row, end.Outcome, Replayed: false, error.Message);
        }
    }

    private static Outcome.Refused Failure(Execution execution) =>
        new(execution.Output is { Length: > 0 } words ? words : execution.Fault ?? $"the command ended with {execution.ExitCode} and said nothing");

    private async Task<(RepoModel Repo, LoopModel Loop)> FirstAsync(ControlRequest request, CancellationToken cancel)
    {
        try
        {
            return await models
                .Select(fleet => Known(fleet, request))
                .Where(static known => known is not null)
                .Select(static known => known!.Value)
                .FirstAsync()
                .Timeout(FirstLook)
                .ToTask(cancel)
                .ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw new ContractException(FailureCodes.EventsUnavailable, $"required artifact missing: {ArtifactPaths.Loop(request.Loop)} in {request.Repo}", error);
        }
    }

    private static (RepoModel, LoopModel)? Known(FleetModel fleet, ControlRequest request) =>
        fleet.Loop(request.Repo, request.Loop) is { Exists: true } loop
        && loop.EventsCondition != ArtifactCondition.Unseen
        && loop.Log is not { IsTail: true }
        && loop.Approval.Condition is not (ArtifactCondition.Unseen or ArtifactCondition.Torn)
            ? (fleet.Repos[request.Repo], loop)
            : null;

    private async Task<Outcome> VerifyAsync(ControlPlan plan, TimeSpan within, CancellationToken cancel)
    {
        var seen = "nothing was seen of the loop";
        try
        {
            return await models
                .Where(fleet => fleet.Repos.ContainsKey(plan.Target.Repo))
                .Do(fleet => seen = Verifier.WhyUnknown(plan, fleet.Repos[plan.Target.Repo], fleet.Loop(plan.Target.Repo, plan.Target.Loop)))
                .Select(fleet => Verifier.Judge(plan, fleet.Repos[plan.Target.Repo], fleet.Loop(plan.Target.Repo, plan.Target.Loop)))
                .Where(static outcome => outcome is not null)
                .Select(static outcome => outcome!)
                .FirstAsync()
                .Timeout(within)
                .ToTask(cancel)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new Outcome.Unknown(seen);
        }
    }
}
