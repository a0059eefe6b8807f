using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using OpsManager.Contract;
using OpsManager.Control.Rollout;
using OpsManager.Core.Control;
using OpsManager.Core.Fold;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;

namespace OpsManager.Control.Act;

/// <summary>Carries out one request on a repository of this host and looks what came of it, where no session watches: for the verb and for the service.</summary>
public sealed class LocalControl(IFileSystem files, TimeProvider time)
{
    /// <summary>What is said where acting is not allowed.</summary>
    public static ContractException ReadOnly(Intent intent, RuntimeCommand command) =>
        new("read_only", $"read-only: nothing is sent; {intent.Word} has to be done by hand with {command.File}");

    /// <param name="tell">Gets what of a step back cannot be kept, on another thread.</param>
    /// <param name="kill">Ends the command, and everything with it.</param>
    /// <param name="leave">Ends the looking for its effect.</param>
    /// <exception cref="ContractException">The loop cannot be read.</exception>
    /// <exception cref="IOException">The record cannot be kept; nothing was sent.</exception>
    public async Task<ControlResult> RunAsync(ControlRequest request, Action<string> tell, CancellationToken kill = default, CancellationToken leave = default)
    {
        var usual = FollowOptions.Default;
        var follow = usual with { Poll = request.Interval < usual.Poll ? request.Interval : usual.Poll };
        using var scheduler = new EventLoopScheduler();
        var models = Pipeline.Models([LocalSource.Open(files, request.Repo, follow)], new Reducer(FoldOptions.Default), scheduler).Replay(1);
        // One watch for planning and for verifying: what is seen to go has to have been seen before.
        using var watching = models.Connect();
        // The loop may have to be stepped back from before anything is sent, and while it is verified.
        var stepping = new Keepers(new RollbackKeeper(files, time, request.By, request.TraceId));
        using var keeping = models.Select(stepping.Look).OfType<string>().Subscribe(tell);
        return await new Controller(files, time, new ProcessExecutor(time), models).RunAsync(request, kill, leave).ConfigureAwait(false);
    }
}
