using System.IO.Abstractions;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Check;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>What is folded from a copy is compared with what the service said with it.</summary>
public sealed class SpriteCheckTests
{
    [Fact]
    public async Task A_service_that_contradicts_its_own_artifacts_rolls_the_loop_back_and_one_that_agrees_does_not()
    {
        using var shell = Shell.At("approval-approved", 11223);
        await using var service = await RunningService.StartAsync(shell.Root);
        var lies = false;
        await using var relay = new RelayService(service)
        {
            Changes = (path, body) => lies && path.StartsWith("/ops/snapshot", StringComparison.Ordinal)
                ? body.Replace("\"status\":\"awaiting_approval\"", "\"status\":\"complete\"", StringComparison.Ordinal)
                : body,
        };
        using var home = new TempRepo();
        using var http = SpriteHttp.NewClient();
        using var source = new SpriteSource(new FileSystem(), TimeProvider.System, home.Full("copy"), new SpriteSettings
        {
            Name = "app",
            Service = new SpriteHttp(
                http, SpriteAddress.Open(new Uri(relay.Address)), "trace-of-test", TimeProvider.System, WatchedSprite.Quick),
            Options = WatchedSprite.Quick,
        });
        using var pipeline = new ThreadScheduler("pipeline");
        var check = new SpriteCheck([source], TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150));
        var models = Pipeline.Models(
            [source], new Reducer(FoldOptions.Default), pipeline, Observable.Never<IReadOnlyList<Observation>>(),
            seen => check.Observe(seen, TaskPoolScheduler.Default)).Replay(1);
        using var watching = models.Connect();

        var agreed = await UntilAsync(models, static loop => loop.ServiceParity.AgreedAt is not null);
        Assert.Null(agreed.Trigger);

        lies = true;
        // Something has to change over there, or its snapshot is not asked for.
        File.AppendAllText(
            shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl"),
            """{"timestamp":"2026-01-01T00:00:00Z","event":"note","run_id":"r","iteration":1}""" + "\n");
        var stepped = await UntilAsync(models, static loop => loop.Trigger is not null);
        Assert.Equal(RollbackCauses.ServiceMismatch, stepped.Trigger!.Cause);
        Assert.Contains("awaiting_approval in the files and complete in the service", stepped.Trigger.Why, StringComparison.Ordinal);
    }

    private static async Task<LoopModel> UntilAsync(IObservable<FleetModel> models, Func<LoopModel, bool> isSo) => await models
        .SelectMany(static fleet => fleet.Loops)
        .FirstAsync(isSo)
        .Timeout(WatchedSprite.Patience)
        .ToTask(TestContext.Current.CancellationToken);
}
