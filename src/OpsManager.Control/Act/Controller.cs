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
            return await AskedAgainAsync(repo, loop, before, leave).ConfigureAwait(false);
        }

        if (loop.Cases.FindRecorded(request.IdempotencyKey) is { } begun && ControlEntry.Of(request.Repo, request.Loop, begun) is { } entry)
        {
            // Whoever sent it ended before its outcome was told: it is not sent again, only looked for.
            var sent = begun.Execution();
            var seen = await OutcomeAsync(entry.Attempt, sent, request, leave).ConfigureAwait(false);
            return Keep(audit, new ControlRecord(entry).Sent(sent, seen, time.GetUtcNow()));
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
        var outcome = await OutcomeAsync(plan.Attempt, execution, request, leave).ConfigureAwait(false);
        var result = Keep(audit, record.Sent(execution, outcome, time.GetUtcNow()));
        return result with { AuditFault = result.AuditFault ?? fault };
    }

    private static string? Obstacles(ControlPlan plan) => plan.CanBeSent ? null : string.Join("; ", plan.Obstacles);

    /// <summary>Nothing is sent; but more may be known by now.</summary>
    private async Task<ControlResult> AskedAgainAsync(RepoModel repo, LoopModel loop, IntentRow before, CancellationToken leave)
    {
        if (loop.Cases.FindRecorded(before.IdempotencyKey!) is { MayChange: true } known
            && ControlEntry.Of(repo.Path, loop.Id, known) is { } entry
            && Verifier.Judge(entry.Attempt, repo, loop) is { } outcome
            && !(known.IsSuccess && outcome is Outcome.Contradicted { IsOverruling: false })
            && Outcomes.IsMore(outcome.Word, known.Outcome, known.Intent))
        {
            var late = new ControlRecord(entry).Late(known.Execution(), outcome, time.GetUtcNow());
            var appender = new CaseAppender(files, time, repo.Path, loop.Id);
            var fault = await KeptAsync(() => appender.AddAsync(known, outcome, leave)).ConfigureAwait(false);
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
    private async Task<Outcome> OutcomeAsync(ControlAttempt attempt, Execution execution, ControlRequest request, CancellationToken leave)
    {
        var isCopy = request.Transport != Transports.Local;
        var hasFailed = execution.ExitCode is not null and not 0;
        var outcome = await VerifyAsync(attempt, isCopy, hasFailed ? AfterFailure : request.Timeout, leave).ConfigureAwait(false);
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

    /// <summary>Why it could not be kept; null where it was.</summary>
    private static async Task<string?> KeptAsync(Func<Task> keep)
    {
        try
        {
            await keep().ConfigureAwait(false);
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

    private async Task<Outcome> VerifyAsync(ControlAttempt attempt, bool isCopy, TimeSpan within, CancellationToken cancel)
    {
        var seen = "nothing was seen of the loop";
        // A copy counts from when it was brought up to now; of files that are here, what decides is read once more.
        var since = isCopy ? time.GetUtcNow() : default;
        try
        {
            return await models
                .Where(fleet => fleet.Repos.TryGetValue(attempt.Target.Repo, out var watched) && watched.LookedAt >= since)
                .Select(fleet => (Repo: fleet.Repos[attempt.Target.Repo], Loop: fleet.Loop(attempt.Target.Repo, attempt.Target.Loop)))
                .Do(now => seen = Verifier.WhyUnknown(attempt, now.Repo, now.Loop))
                .Select(now => Observable.FromAsync(stop => JudgeAsync(attempt, now.Repo, now.Loop, isCopy, stop)))
                .Concat()
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

    /// <summary>Judges by the decision that is in force after the command has ended: the model may be of before.</summary>
    private async Task<Outcome?> JudgeAsync(ControlAttempt attempt, RepoModel repo, LoopModel? loop, bool isCopy, CancellationToken cancel)
    {
        var outcome = Verifier.Judge(attempt, repo, loop);
        if (outcome is null || loop is null || isCopy || attempt.Intent is Intent.Cancel)
        {
            return outcome;
        }

        var (repoNow, loopNow) = await fresh.TakeAsync(repo, loop, cancel).ConfigureAwait(false);
        return Verifier.Judge(attempt, repoNow, loopNow);
    }
}
