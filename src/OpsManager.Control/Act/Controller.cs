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
/// before its record is on disk, and nothing is told to have worked without evidence (docs/control.md).
/// </summary>
/// <param name="models">Models of the repository, the newest at subscription; never ends.</param>
public sealed class Controller(IFileSystem files, TimeProvider time, IExecutor executor, IObservable<FleetModel> models)
{
    /// <summary>How long a loop's files may take to be read at first.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(15);

    /// <summary>After a command that failed, evidence is looked for this long: it may have died after its work.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly FreshLook fresh = new(files, time);
    private int executing;

    /// <summary>Whether a command has been started and has not ended.</summary>
    public bool IsExecuting => Volatile.Read(ref executing) > 0;

    /// <param name="kill">Ends the command, and everything with it.</param>
    /// <param name="leave">Ends the looking for its effect; the record stays open, and is taken up by whoever looks next.</param>
    /// <exception cref="ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be kept; nothing was sent.</exception>
    public async Task<ControlResult> RunAsync(ControlRequest request, CancellationToken kill = default, CancellationToken leave = default)
    {
        var (repo, loop) = await FirstAsync(request, leave).ConfigureAwait(false);
        var audit = new ControlAudit(files, request.Repo, request.Loop);
        if (loop.Intents.Rows.LastOrDefault(row => row.IdempotencyKey == request.IdempotencyKey) is { } before)
        {
            return AskedAgain(audit, repo, loop, before);
        }

        if (loop.Cases.Find(request.IdempotencyKey) is { } begun && ControlEntry.Of(request.Repo, request.Loop, begun) is { } entry)
        {
            // Whoever sent it ended before its outcome was told: it is not sent again, only looked for.
            var sent = begun.Execution();
            return Keep(audit, new ControlRecord(entry).Sent(sent, await OutcomeAsync(entry.Attempt, sent, request.Timeout, leave).ConfigureAwait(false), time.GetUtcNow()));
        }

        var unprepared = await executor.PrepareAsync(request, leave).ConfigureAwait(false);
        // Here the files are what they are; a copy has only just been brought up to now, and has to be looked at.
        (repo, loop) = await FirstAsync(request, leave, request.Transport == Transports.Local ? default : time.GetUtcNow()).ConfigureAwait(false);
        (repo, loop) = await fresh.TakeAsync(repo, loop, leave).ConfigureAwait(false);
        var plan = Planner.Plan(repo, loop, request.Intent, request.By);
        if (request.Seen?.ChangesTo(plan) is { Count: > 0 } changes)
        {
            return new ControlResult(null, null, Replayed: false) { Changes = changes };
        }

        var record = new ControlRecord(ControlEntry.Of(request, plan, time.GetUtcNow()));
        if ((unprepared ?? Obstacles(plan)) is { } why)
        {
            return Keep(audit, record.Refused(new Outcome.Refused(why), time.GetUtcNow()));
        }

        audit.Step(record.Started());
        var execution = await ExecuteAsync(request, plan, kill).ConfigureAwait(false);
        if (!execution.WasStarted)
        {
            return Keep(audit, record.Sent(execution, new Outcome.Refused(execution.Fault!), time.GetUtcNow()));
        }

        if (!request.Confirm)
        {
            return Keep(audit, record.Sent(execution, execution.Succeeded ? null : execution.Failure(), time.GetUtcNow()));
        }

        var fault = Kept(() => audit.Step(record.Executed(execution, time.GetUtcNow())));
        var outcome = await OutcomeAsync(plan.Attempt, execution, request.Timeout, leave).ConfigureAwait(false);
        var result = Keep(audit, record.Sent(execution, outcome, time.GetUtcNow()));
        return result with { AuditFault = result.AuditFault ?? fault };
    }

    private static string? Obstacles(ControlPlan plan) => plan.CanBeSent ? null : string.Join("; ", plan.Obstacles);

    /// <summary>Nothing is sent; but more may be known by now.</summary>
    private ControlResult AskedAgain(ControlAudit audit, RepoModel repo, LoopModel loop, IntentRow before)
    {
        if (loop.Cases.Find(before.IdempotencyKey!) is { MayChange: true } known && ControlEntry.Of(repo.Path, loop.Id, known) is { } entry
            && Verifier.Judge(entry.Attempt, repo, loop) is { } outcome && Outcomes.IsMore(outcome.Word, known.Outcome))
        {
            var late = new ControlRecord(entry).Late(known.Execution(), outcome, time.GetUtcNow());
            var fault = Kept(() => audit.Add(late, known));
            return new ControlResult(late.Row, outcome, Replayed: true, fault);
        }

        return new ControlResult(before, null, Replayed: true);
    }

    private async Task<Execution> ExecuteAsync(ControlRequest request, ControlPlan plan, CancellationToken kill)
    {
        Interlocked.Increment(ref executing);
        try
        {
            return await executor.RunAsync(request, plan.Arguments, kill).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref executing);
        }
    }

    /// <summary>What the artifacts say outweighs what the command said of itself.</summary>
    private async Task<Outcome> OutcomeAsync(ControlAttempt attempt, Execution execution, TimeSpan timeout, CancellationToken leave)
    {
        var hasFailed = execution.ExitCode is not null and not 0;
        var outcome = await VerifyAsync(attempt, hasFailed ? AfterFailure : timeout, leave).ConfigureAwait(false);
        return outcome is Outcome.Unknown && hasFailed ? execution.Failure() : outcome;
    }

    private static ControlResult Keep(ControlAudit audit, ControlEnd end)
    {
        // It was sent: what came of it is told, whether or not it can be kept. Where it cannot, the started row stays open for a later look.
        var fault = Kept(() => audit.Finish(end));
        return new ControlResult(end.Row, end.Outcome, Replayed: false, fault);
    }

    /// <summary>Why it could not be kept; null where it was.</summary>
    private static string? Kept(Action keep)
    {
        try
        {
            keep();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <param name="since">The files have to have been looked at since then.</param>
    private async Task<(RepoModel Repo, LoopModel Loop)> FirstAsync(ControlRequest request, CancellationToken cancel, DateTimeOffset since = default)
    {
        try
        {
            return await models
                .Where(fleet => fleet.Repos.TryGetValue(request.Repo, out var watched) && watched.LookedAt >= since)
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

    private async Task<Outcome> VerifyAsync(ControlAttempt attempt, TimeSpan within, CancellationToken cancel)
    {
        var seen = "nothing was seen of the loop";
        try
        {
            return await models
                .Where(fleet => fleet.Repos.ContainsKey(attempt.Target.Repo))
                .Do(fleet => seen = Verifier.WhyUnknown(attempt, fleet.Repos[attempt.Target.Repo], fleet.Loop(attempt.Target.Repo, attempt.Target.Loop)))
                .Select(fleet => Verifier.Judge(attempt, fleet.Repos[attempt.Target.Repo], fleet.Loop(attempt.Target.Repo, attempt.Target.Loop)))
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
