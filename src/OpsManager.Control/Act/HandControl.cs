using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Control.Storage;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

namespace OpsManager.Control.Act;

/// <summary>
/// Judges an intent that was executed by hand, or without verifying it, from the artifacts, and sends nothing. The verifier and the
/// record are those of <see cref="Controller"/>.
/// </summary>
public sealed class HandControl(IFileSystem files, TimeProvider time)
{
    private const string ByHand = "(by hand)";

    /// <summary>Evidence that is there is seen by the first look.</summary>
    private static readonly TimeSpan OneLook = TimeSpan.FromSeconds(1);

    /// <exception cref="ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be read.</exception>
    public async Task<ControlResult> ConfirmAsync(ControlRequest request, CancellationToken cancel)
    {
        var source = LocalSource.Open(files, request.Repo, FollowOptions.Default with { Sought = request.Loop });
        using var scheduler = new EventLoopScheduler();
        var models = Pipeline.Models([source], new Reducer(FoldOptions.Default), scheduler).Replay(1);
        using var watching = models.Connect();
        var watch = new ModelWatch(time, models, new FreshReading(files, time));
        var (repo, loop) = await watch.FirstAsync(request, ModelWatch.FirstReading, cancel).ConfigureAwait(false);
        return Unverified(loop, request.Intent) is { } known && ControlEntry.From(request.Repo, request.Loop, known) is { } entry
            ? await SentAsync(watch, request, known, entry, cancel).ConfigureAwait(false)
            : await ByHandAsync(watch, request, repo, loop, cancel).ConfigureAwait(false);
    }

    /// <summary>The newest of its kind, where its result is not known.</summary>
    private static ControlCase? Unverified(LoopModel loop, Intent intent) =>
        loop.Cases.Recorded.LastOrDefault(known => known.Intent == intent.Word) is { IsSuccess: false, StartedAt: not null } known
            ? known
            : null;

    /// <summary>It was sent without verifying it, or its result stayed unknown: its own baseline is in its record.</summary>
    private async Task<ControlResult> SentAsync(
        ModelWatch watch, ControlRequest request, ControlCase known, ControlEntry entry, CancellationToken cancel)
    {
        var (outcome, seen) = await VerifyAsync(watch, entry.Attempt, request, cancel).ConfigureAwait(false);
        var end = new ControlRecord(entry).Late(known.Execution(), outcome, time.GetUtcNow(), seen);
        // What is known already is not written again.
        return outcome.Word == known.Outcome ? new ControlResult(end.Row, outcome, Replayed: false) : Keep(request, end);
    }

    private async Task<ControlResult> ByHandAsync(
        ModelWatch watch, ControlRequest request, RepoModel repo, LoopModel loop, CancellationToken cancel)
    {
        var attempt = HandAttempt.From(repo, loop, request.Intent, request.By);
        if (attempt is null)
        {
            var none = new Outcome.Unknown(HandAttempt.WhyNone(request.Intent));
            var target = new ControlTarget(repo.Path, loop.Id, null, null, null, null, null);
            var nothing = new ControlAttempt(request.Intent, target, Baseline.From(repo, loop), request.By);
            return Keep(request, Record(request, nothing).Sent(Execution.ByHand, none, time.GetUtcNow(), new Sighting(1, repo, loop)));
        }

        // One request has one key, so that a second look finds what the first one recorded.
        var keyed = request with { IdempotencyKey = $"by-hand-{request.Intent.Word}-{attempt.Target.RunId}-{attempt.Target.Iteration}" };
        var (outcome, seen) = await VerifyAsync(watch, attempt, request, cancel).ConfigureAwait(false);
        var end = Record(keyed, attempt).Sent(Execution.ByHand, outcome, time.GetUtcNow(), seen);
        var before = KeyHistory.Read(new ManagerFiles(files, request.Repo, request.Loop), keyed.IdempotencyKey);
        return before.Case is { Outcome: { } told } && !Outcomes.IsMore(outcome.Word, told, request.Intent.Word)
            ? new ControlResult(end.Row, outcome, Replayed: false)
            : Keep(request, end);
    }

    private Task<(Outcome Outcome, Sighting? Seen)> VerifyAsync(
        ModelWatch watch, ControlAttempt attempt, ControlRequest request, CancellationToken cancel) =>
        watch.VerifyAsync(attempt, isCopy: false, request.Timeout > OneLook ? request.Timeout : OneLook, cancel);

    private ControlRecord Record(ControlRequest request, ControlAttempt attempt) =>
        new(ControlEntry.From(request, attempt, ByHand, time.GetUtcNow()));

    private ControlResult Keep(ControlRequest request, ControlEnd end)
    {
        var fault = AuditFault.Of(() => new ControlAudit(files, request.Repo, request.Loop).Finish(end));
        return new ControlResult(end.Row, end.Outcome, Replayed: false, fault);
    }
}
