using System.IO.Abstractions;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

/// <summary>A repository that is watched while the host's clock is set.</summary>
public sealed class ClockSetBackTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempRepo repo = new();
    private readonly SetClock clock = new(TimeProvider.System);

    private static string Log => ArtifactPaths.Events("l");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => repo.Dispose();

    [Fact]
    public async Task Watching_goes_on_and_the_shift_is_told()
    {
        Directory.CreateDirectory(repo.Full(ArtifactPaths.Loop("l")));
        Append(0);
        using var scheduler = new ThreadScheduler("set back", clock);
        var source = LocalSource.Open(new FileSystem(), repo.Root, FollowOptions.Default);
        var models = Pipeline.Models([source], new Reducer(FoldOptions.Default), scheduler).Replay(1);
        using var watching = models.Connect();
        var before = await When(models, static loop => loop.Tally.Lines == 1);

        clock.Offset = TimeSpan.FromHours(-1);
        Append(1);
        var after = await When(models, static loop => loop.Tally.Lines == 2);

        Assert.True(after.Now >= before.Now);
        Assert.InRange(after.Clock.Newest!.Back, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        // What is looked for now and then is looked for still.
        Directory.CreateDirectory(repo.Full(ArtifactPaths.Loop("other")));
        await models.Where(fleet => fleet.Loop(repo.Root, "other") is not null).FirstAsync().Timeout(Patience).ToTask(Cancel);
    }

    private async Task<RepoModel> When(IObservable<FleetModel> models, Func<LoopModel, bool> isSo) =>
        (await models.Where(fleet => fleet.Loop(repo.Root, "l") is { } loop && isSo(loop))
            .FirstAsync()
            .Timeout(Patience)
            .ToTask(Cancel)).Repos[repo.Root];

    private void Append(int iteration) =>
        repo.Append(
            Log, $$"""{"timestamp":"2026-11-22T19:00:0{{iteration}}Z","event":"iteration_start","iteration":{{iteration}}}""" + "\n");
}
