using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;
using OpsManager.Control.Storage;
using OpsManager.Core.Model;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Control.Act;

/// <summary>
/// Carries out one request: lock, plan, record, send, verify, record. It looks through the same models as the screen. Nothing is sent
/// before its record is on disk, and nothing is called a success without evidence (docs/control.md).
/// </summary>
/// <param name="models">Models of the repository, the newest at subscription; never ends.</param>
internal sealed class Controller(IFileSystem files, TimeProvider time, IExecutor executor, IObservable<FleetModel> models)
{
    /// <summary>After a command that failed, evidence is looked for this long: it may have died after its work.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly ModelWatch watch = new(time, models, new FreshReading(files, time));
    private int executing;

    /// <summary>Whether a command has been started and has not ended.</summary>
    public bool IsExecuting => Volatile.Read(ref executing) > 0;

    /// <param name="kill">Ends the command, and everything with it.</param>
    /// <param name="leave">
    /// Ends the waiting for its turn and the looking for its effect; the record stays open, and the next manager continues it.
    /// </param>
    /// <exception cref="ContractException">The loop cannot be read, or the key was used for another request.</exception>
    /// <exception cref="IOException">The record cannot be kept, or the loop cannot be locked; nothing was sent.</exception>
    public async Task<ControlResult> RunAsync(ControlRequest request, CancellationToken kill = default, CancellationToken leave = default)
    {
        if (!ControlRequest.IsKey(request.IdempotencyKey))
        {
            const string Fault = "the idempotency key must have 1 to";
            throw new ContractException(
                ServiceCodes.InvalidRequest, $"{Fault} {JsonFields.MaxWordChars} characters and no control character");
        }

        var (repo, loop) = await watch.FirstAsync(request, ModelWatch.FirstReading, leave).ConfigureAwait(false);
        using var held = await ControlLock.TakeAsync(files, time, request, request.Waits, leave).ConfigureAwait(false);
        if (held.Refusal is { } why)
        {
            // Whoever held the loop may have carried out this very key.
            var history = History(request);
            history.Check(request);
            if (history.Row is { } before)
            {
                (repo, loop) = await watch.CatchUpAsync(request, leave).ConfigureAwait(false) ?? (repo, loop);
                var stored = new ControlResult(before, null, Replayed: true) { Now = KeyOutcome.Now(repo, loop, history) };
                await request.Ends(stored).ConfigureAwait(false);
                return stored;
            }

            // Not recorded: this one sent nothing. A key that is being carried out may still take effect, so it is no failure.
            var plan = Planner.Plan(repo, loop, request.Intent, request.By);
            var record = new ControlRecord(ControlEntry.From(request, plan, time.GetUtcNow()));
            var end = history is { IsUsed: true, Case: { } begun }
                ? record.Sent(begun.Execution(), new Outcome.Unknown($"another manager is carrying out this key: {why}"), time.GetUtcNow())
                : record.Refused(new Outcome.Refused(why), time.GetUtcNow());
            return new ControlResult(end.Row, end.Outcome, Replayed: false) { IsHeldOff = true };
        }

        if (held.HasWaited)
        {
            await watch.CatchUpAsync(request, leave).ConfigureAwait(false);
        }

        var result = await LockedAsync(request, held.HasWaited, kill, leave).ConfigureAwait(false);
        result = result with { Now = result.Now ?? KeyOutcome.Now(result.Outcome) };
        await request.Ends(result).ConfigureAwait(false);
        return result;
    }

    /// <summary>What is in force now of a key that was carried out; null where that is not known soon.</summary>
    public async Task<OutcomeNow?> NowAsync(ControlRequest request, CancellationToken leave)
    {
        try
        {
            var (repo, loop) = await watch.FirstAsync(request, ModelWatch.SecondReading, leave).ConfigureAwait(false);
            return KeyOutcome.Now(repo, loop, KeyHistory.Read(Files(request), request.IdempotencyKey));
        }
        catch (Exception error) when (error is ContractException or IOException or UnauthorizedAccessException)
        {
            // The stored answer stands by itself.
            return null;
        }
    }

    private async Task<ControlResult> LockedAsync(ControlRequest request, bool hasWaited, CancellationToken kill, CancellationToken leave)
    {
        var audit = new ControlAudit(files, request.Place, request.Loop);
        var history = History(request);
        history.Check(request);
        if (history.Row is { } before)
        {
            return await AskedAgainAsync(request, history, before, hasWaited, leave).ConfigureAwait(false);
        }

        if (history is { IsUsed: true, Case: { } begun })
        {
            return await TakeUpAsync(audit, request, begun, leave).ConfigureAwait(false);
        }

        var unprepared = await executor.PrepareAsync(request, leave).ConfigureAwait(false);
        // Here the files are what they are; a copy has only just been brought up to now, and has to be looked at.
        var since = request.Transport == Transports.Local ? default : watch.Now;
        var (repo, loop) = await watch.FirstAsync(request, ModelWatch.FirstReading, leave, since).ConfigureAwait(false);
        (repo, loop) = await watch.AsOneMomentAsync(request, repo, loop, leave).ConfigureAwait(false);
        var plan = Planner.Plan(repo, loop, request.Intent, request.By);
        if (request.Seen?.ChangesTo(plan) is { Count: > 0 } changes)
        {
            return new ControlResult(null, null, Replayed: false) { Changes = changes };
        }

        var record = new ControlRecord(ControlEntry.From(request, plan, time.GetUtcNow()));
        if ((unprepared ?? Obstacles(plan)) is { } why)
        {
            var code = unprepared is null ? null : FailureCodes.ServiceRequestFailed;
            return Keep(audit, record.Refused(new Outcome.Refused(why), time.GetUtcNow(), code));
        }

        var unkept = await BeginAsync(audit, request, record, leave).ConfigureAwait(false);
        var execution = await ExecuteAsync(request, plan, kill).ConfigureAwait(false);
        if (!execution.WasStarted)
        {
            return Keep(audit, record.Sent(execution, new Outcome.Refused(execution.Fault!), time.GetUtcNow()));
        }

        if (!request.Confirm)
        {
            return Keep(audit, record.Sent(execution, execution.Succeeded ? null : execution.Failure(), time.GetUtcNow()), unkept);
        }

        var fault = AuditFault.Of(() => audit.Step(record.Executed(execution, time.GetUtcNow())));
        // Without a record nobody looks at the process by its start time; who claims the loop is looked at all the same.
        var attempt = unkept is null ? plan.Attempt : plan.Attempt with { Target = plan.Target with { PidStarted = null } };
        var (outcome, seen) = await OutcomeAsync(attempt, execution, request, leave).ConfigureAwait(false);
        return Keep(audit, record.Sent(execution, outcome, time.GetUtcNow(), seen), unkept ?? fault);
    }

    private static string? Obstacles(ControlPlan plan) => plan.CanBeSent ? null : string.Join("; ", plan.Obstacles);

    private ManagerFiles Files(ControlRequest request) => new(files, request.Place, request.Loop);

    /// <summary>What is known of the key. A cancel that cannot be checked is sent all the same: it waits for no mending.</summary>
    private KeyHistory History(ControlRequest request)
    {
        try
        {
            return KeyHistory.Read(Files(request), request.IdempotencyKey);
        }
        catch (Exception error)
            when (request.Intent is Intent.Cancel && error is ContractException or IOException or UnauthorizedAccessException)
        {
            // What the record of sendings tells stays valid: a key that was sent is not sent again.
            return KeyHistory.Sent(Files(request), request.IdempotencyKey);
        }
    }

    /// <summary>
    /// Claims the key: nobody has used it, and from here on a row on the disk says that it is used. The short lock spans both, so that an
    /// approval and a cancel, which do not wait for each other, cannot both have one key.
    /// </summary>
    /// <returns>Why a cancel could not be recorded; null where it was.</returns>
    /// <exception cref="IOException">It cannot be recorded; nothing may be sent.</exception>
    private async Task<string?> BeginAsync(ControlAudit audit, ControlRequest request, ControlRecord record, CancellationToken leave)
    {
        try
        {
            using var held = await LoopLock.TakeAsync(files, Files(request), time, leave).ConfigureAwait(false);
            var history = History(request);
            history.Check(request);
            if (history.IsUsed)
            {
                var fault = $"idempotency key \"{request.IdempotencyKey}\" is being carried out by another manager. Nothing was sent.";
                throw new ContractException(ControlRequest.KeyTaken, fault);
            }

            audit.Begin(record.Started(), held);
            return null;
        }
        catch (Exception error) when (request.Intent is Intent.Cancel && error is IOException or UnauthorizedAccessException)
        {
            // Rows are whole without the lock, too; where even that fails, the cancel is sent and says so.
            return AuditFault.Of(() => audit.Step(record.Started()));
        }
    }

    /// <summary>Its sender exited before the outcome was recorded: it is not sent again, only verified.</summary>
    private async Task<ControlResult> TakeUpAsync(ControlAudit audit, ControlRequest request, ControlCase begun, CancellationToken leave)
    {
        var sent = begun.Execution();
        if (ControlEntry.From(request.Repo, request.Loop, begun) is { } entry)
        {
            var (outcome, seen) = await OutcomeAsync(entry.Attempt, sent, request, leave).ConfigureAwait(false);
            return Keep(audit, new ControlRecord(entry).Sent(sent, KeyOutcome.OfBroken(outcome), time.GetUtcNow(), seen));
        }

        // Its row does not say what it was meant for, so that nothing can be looked for.
        var (repo, loop) = await watch.FirstAsync(request, ModelWatch.FirstReading, leave).ConfigureAwait(false);
        var plan = Planner.Plan(repo, loop, request.Intent, request.By);
        var record = new ControlRecord(ControlEntry.From(request, plan, begun.StartedAt!.Value));
        var unknown = new Outcome.Unknown("its row in telemetry/control.jsonl does not say what it was meant for");
        return Keep(audit, record.Sent(sent, KeyOutcome.OfBroken(unknown), time.GetUtcNow()));
    }

    /// <summary>Nothing is sent; but more may be known by now.</summary>
    private async Task<ControlResult> AskedAgainAsync(
        ControlRequest request, KeyHistory history, IntentRow before, bool hasWaited, CancellationToken leave)
    {
        var (repo, loop) = await watch.FirstAsync(request, ModelWatch.FirstReading, leave).ConfigureAwait(false);
        var now = KeyOutcome.Now(repo, loop, history);
        if (hasWaited && history.Case is { } told && now?.Outcome != told.Outcome)
        {
            (repo, loop) = await watch.CatchUpAsync(request, leave).ConfigureAwait(false) ?? (repo, loop);
            now = KeyOutcome.Now(repo, loop, history);
        }

        if (history.Case is { MayChange: true } known && ControlEntry.From(repo.Path, loop.Id, known) is { } entry
            && Verifier.Judge(entry.Attempt, repo, loop) is { } outcome
            && !(known.IsSuccess && outcome is Outcome.Contradicted { IsOverruling: false })
            && Outcomes.IsMore(outcome.Word, known.Outcome, known.Intent))
        {
            var late = new ControlRecord(entry).Late(known.Execution(), outcome, time.GetUtcNow());
            var appender = new CaseAppender(files, time, request.Place, loop.Id);
            var fault = await AuditFault.OfAsync(() => appender.AddAsync(known, outcome, leave)).ConfigureAwait(false);
            return new ControlResult(late.Row, outcome, Replayed: true, fault) { Now = now };
        }

        if (request.Transport == Transports.Local)
        {
            return new ControlResult(before, null, Replayed: true) { Now = now };
        }

        // Over a service each asking has a row, and it says that nothing was done.
        var again = ReplayedControl.From(before, request, time.GetUtcNow());
        var unkept = AuditFault.Of(() => new ControlAudit(files, request.Place, request.Loop).Again(again));
        return new ControlResult(again.Row, null, Replayed: true, unkept) { Now = now };
    }

    private async Task<Execution> ExecuteAsync(ControlRequest request, ControlPlan plan, CancellationToken kill)
    {
        Interlocked.Increment(ref executing);
        try
        {
            return plan.Stop is { } stop
                ? await executor.StopAsync(stop, kill).ConfigureAwait(false)
                : await executor.RunAsync(request, plan.Arguments, kill).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref executing);
        }
    }

    /// <summary>What the artifacts say outweighs what the command said of itself.</summary>
    private async Task<(Outcome Outcome, Sighting? Seen)> OutcomeAsync(
        ControlAttempt attempt, Execution execution, ControlRequest request, CancellationToken leave)
    {
        var isCopy = request.Transport != Transports.Local;
        var hasFailed = execution.ExitCode is not null and not 0;
        // With a time of zero the result is looked for once: the watch has to get to a look.
        var within = hasFailed || request.Timeout < AfterFailure ? AfterFailure : request.Timeout;
        var (outcome, seen) = await watch.VerifyAsync(attempt, isCopy, within, leave).ConfigureAwait(false);
        return (outcome is Outcome.Unknown && hasFailed ? execution.Failure() : outcome, seen);
    }

    /// <param name="earlier">What of the record could not be kept before.</param>
    private static ControlResult Keep(ControlAudit audit, ControlEnd end, string? earlier = null)
    {
        // It was sent, so its result is reported even if it cannot be recorded. Where it cannot, the started row stays open for
        // a later look.
        var fault = AuditFault.Of(() => audit.Finish(end));
        return new ControlResult(end.Row, end.Outcome, Replayed: false, fault ?? earlier);
    }
}
