using System.IO.Abstractions;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Sources;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>
/// A sprite that is watched over a real connection, its copy in a directory of its own, by times short enough for a test.
/// </summary>
internal sealed class WatchedSprite : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static readonly SpriteOptions Quick = SpriteOptions.Default with
    {
        Pace = PollPace.Default with
        {
            Running = TimeSpan.FromMilliseconds(40),
            Hurried = TimeSpan.FromMilliseconds(30),
            Failed = TimeSpan.FromMilliseconds(30),
            Max = TimeSpan.FromMilliseconds(200),
            OverAfter = TimeSpan.FromDays(10_000),
            WaitingAfter = TimeSpan.FromDays(10_000)
        },
        RetryDelay = TimeSpan.FromMilliseconds(10),
        CatchUp = TimeSpan.FromMilliseconds(50),
        Break = TimeSpan.FromMilliseconds(500),
        Probe = TimeSpan.FromMilliseconds(50),
        ListLoops = TimeSpan.FromMilliseconds(200),
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly TempRepo home = new();
    private readonly HttpClient http = SpriteHttp.NewClient();
    private readonly ThreadScheduler pipeline;
    private readonly System.Reactive.Subjects.IConnectableObservable<FleetModel> models;
    private readonly IDisposable watching;

    public WatchedSprite(
        string? address, ILoopTransport? pull = null, SpriteOptions? options = null, string[]? loops = null, string? token = null,
        Uri? platform = null, IFirstWay? first = null, string? root = null, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        pipeline = new ThreadScheduler("pipeline", time);
        var service = address is null
            ? null
            : new SpriteHttp(
                http, new SpriteAddress(new Uri(address.TrimEnd('/') + "/"), static () => null, () => token), "trace-of-test",
                time, options ?? Quick);
        Source = new SpriteSource(
            new FileSystem(), time, root ?? home.Full("copy"),
            new SpriteSettings
            {
                Name = "app",
                First = first,
                Service = service,
                Pull = pull,
                Platform = platform is null
                ? null
                : new SpritePlatform(http, platform, "app", static () => null, time, Quick.Timeout),
                Loops = loops ?? [],
                Options = options ?? Quick
            });
        models = Pipeline.Models([Source], new Reducer(FoldOptions.Default), pipeline).Replay(1);
        watching = models.Connect();
    }

    public SpriteSource Source { get; }

    /// <summary>The newest at subscription.</summary>
    public IObservable<FleetModel> Models => models;

    public RepoModel? Newest { get; private set; }

    /// <summary>The repository, once <paramref name="isSo"/>.</summary>
    public async Task<RepoModel> UntilAsync(Func<RepoModel, bool> isSo)
    {
        try
        {
            return await models
                .Select(fleet => fleet.Repos.GetValueOrDefault(Source.Repo))
                .Where(static repo => repo is not null)
                .Select(static repo => repo!)
                .Do(repo => Newest = repo)
                .FirstAsync(isSo)
                .Timeout(Patience)
                .ToTask(TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"it never came; last: {Newest?.Sprite}");
            throw;
        }
    }

    /// <summary>The loop, once as many lines as that are copied and folded.</summary>
    public async Task<LoopModel> LoopAsync(string loop, int lines) =>
        (await UntilAsync(repo => repo.Sprite is { FailureCode: null, GoodAt: not null }
            && repo.Loops.TryGetValue(loop, out var found)
            && found.Tally.Lines >= lines
            && found.EventsCondition == OpsManager.Core.Facts.Observations.ArtifactCondition.Present)).Loops[loop];

    public void Dispose()
    {
        watching.Dispose();
        pipeline.Dispose();
        Source.Dispose();
        http.Dispose();
        home.Dispose();
    }
}
