using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Control.Rollout;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Control;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using OpsManager.Sources.Processes;

namespace OpsManager.Control.Act;

/// <summary>Carries out one request and verifies its result without a session: for the verb and for the service.</summary>
public sealed class ControlRunner(IFileSystem files, TimeProvider time, ISource source, IExecutor executor)
{
    /// <summary>On a repository of this host, by its own command.</summary>
    /// <param name="loop">The one that was asked for.</param>
    /// <param name="interval">The longest time between two looks.</param>
    public static ControlRunner Local(
        IFileSystem files, TimeProvider time, ChildProcess children, string repo, string loop, TimeSpan interval)
    {
        var usual = FollowOptions.Default with { Sought = loop };
        return new(
            files, time, LocalSource.Open(files, repo, usual with { Poll = interval < usual.Poll ? interval : usual.Poll }),
            new ProcessExecutor(children, time));
    }

    /// <summary>The message where acting is not allowed.</summary>
    public static ContractException ReadOnly(Intent intent, RuntimeCommand command) =>
        new("read_only", $"read-only: nothing was sent. Run {intent.Word} by hand with {command.File}");

    /// <summary>What is in force now of a key that was carried out; null where that is not known soon.</summary>
    public async Task<OutcomeNow?> NowAsync(ControlRequest request, CancellationToken leave = default)
    {
        using var scheduler = new EventLoopScheduler();
        var models = Pipeline.Models([source], new Reducer(FoldOptions.Default), scheduler);
        return await new Controller(files, time, executor, models).NowAsync(request, leave).ConfigureAwait(false);
    }

    /// <param name="tell">Gets what could not be saved of a rollback, on another thread.</param>
    /// <param name="kill">Ends the command, and everything with it.</param>
    /// <param name="leave">Ends the looking for its effect.</param>
    /// <exception cref="ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be kept; nothing was sent.</exception>
    public async Task<ControlResult> RunAsync(
        ControlRequest request, Action<string> tell, CancellationToken kill = default, CancellationToken leave = default)
    {
        using var scheduler = new EventLoopScheduler();
        var models = Pipeline.Models([source], new Reducer(FoldOptions.Default), scheduler).Replay(1);
        // One watch for planning and for verifying: what is seen to go has to have been seen before.
        using var watching = models.Connect();
        // The loop may have to be rolled back before anything is sent, and while the result is verified.
        var stepping = new ModelRecorders(new RollbackRecorder(files, time, request.By, request.TraceId));
        using var keeping = models.Select(stepping.Record).OfType<string>().Subscribe(tell);
        return await new Controller(files, time, executor, models).RunAsync(request, kill, leave).ConfigureAwait(false);
    }
}
