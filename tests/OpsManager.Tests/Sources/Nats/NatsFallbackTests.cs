using System.IO.Abstractions;
using OpsManager.Core.Model;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Nats;
using OpsManager.Sources.Sprite;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Service;
using OpsManager.Tests.Service.Publish;
using OpsManager.Tests.Sources.Sprite;
using Xunit;
using FleetStream = OpsManager.Tests.Service.Publish.FleetStream;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>A sprite of a stream that cannot be used: by which way it is read then, what is said of it, and how it returns.</summary>
public sealed class NatsFallbackTests : IDisposable
{
    private static readonly SpriteOptions Soon = WatchedSprite.Quick with
    {
        FallBackAfter = TimeSpan.FromMilliseconds(300),
        PullPath = TimeSpan.FromMilliseconds(30),
        Retries = 0,
    };

    /// <summary>Only failures that are counted can have it left.</summary>
    private static readonly SpriteOptions ByBudget = Soon with { FallBackAfter = TimeSpan.FromDays(1), BudgetLeast = 2 };

    private readonly LiveRepo repo = FleetPublisherTests.Repo();

    [Theory]
    [InlineData("service")]
    [InlineData("path")]
    public async Task A_stream_that_is_away_gives_way_to_the_other_way_and_is_used_again_when_it_says_the_same(string way)
    {
        await using var stream = await FleetStream.StartAsync();
        await using var service = way == "service" ? await RunningService.StartAsync(repo.Root) : null;
        using var path = way == "path" ? new PathTransport(new FileSystem(), TimeProvider.System, repo.Root, "trace-of-test") : null;
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, Soon);
        using var sprite = new WatchedSprite(service?.Address, path, Soon, first: fleet.Sprite(FleetStream.Sprite));
        await sprite.LoopAsync(LiveRepo.Loop, 2);

        stream.Server.Kill();
        FleetOutboxTests.Add(repo, 5);
        // The copy is seen a moment before the way that it came by is said to be well.
        var fallen = await sprite.UntilAsync(
            one => IsBy(one, ConnectionMode.Pull, way) && Lines(one) == 7 && one.Sprite!.FailureCode is null);
        Assert.Contains("stream", fallen.Sprite!.Fault, StringComparison.Ordinal);
        Assert.False(fallen.Sprite.IsSilent);

        // It can be read, and has what it had: that is older than what is shown.
        stream.Server.StartAgain();
        var behind = await sprite.UntilAsync(
            static one => one.Sprite?.Fault?.Contains("is not used again yet", StringComparison.Ordinal) == true);
        Assert.True(IsBy(behind, ConnectionMode.Pull, way));
        Assert.Equal(7, Lines(behind));

        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var back = await sprite.UntilAsync(static one => IsBy(one, ConnectionMode.Service, "nats"));
        Assert.Equal((null, 7), (back.Sprite!.Fault, Lines(back)));
        FleetOutboxTests.Add(repo, 5);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        await sprite.LoopAsync(LiveRepo.Loop, 12);
        CopiedLog.AssertIs(repo, sprite);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(CopiedLog.Of(sprite))!, "*.aside.*"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_spent_error_budget_gives_way_too_and_is_forgiven_when_the_stream_is_used_again(bool hasOther)
    {
        await using var stream = await FleetStream.StartAsync();
        await using var service = hasOther ? await RunningService.StartAsync(repo.Root) : null;
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, ByBudget);
        using var sprite = new WatchedSprite(service?.Address, options: ByBudget, first: fleet.Sprite(FleetStream.Sprite));
        await sprite.LoopAsync(LiveRepo.Loop, 2);

        stream.Server.Kill();
        var fallen = await sprite.UntilAsync(one => one.Sprite?.ConnectionMode
            == (hasOther ? ConnectionMode.Pull : ConnectionMode.LastKnown));
        Assert.True(fallen.Sprite!.Budget.IsSpent);

        stream.Server.StartAgain();
        var back = await sprite.UntilAsync(static one => IsBy(one, ConnectionMode.Service, "nats"));
        Assert.Equal((0, null, 2), (back.Sprite!.Budget.Failed, back.Sprite.Fault, Lines(back)));
    }

    [Fact]
    public async Task Without_another_way_the_last_state_stays_and_is_said_to_be_the_last_until_the_stream_is_back()
    {
        await using var stream = await FleetStream.StartAsync();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, Soon);
        using var sprite = new WatchedSprite(null, options: Soon, first: fleet.Sprite(FleetStream.Sprite));
        var before = await sprite.LoopAsync(LiveRepo.Loop, 2);

        stream.Server.Kill();
        // At once it is said that what is shown may be old; a moment later that it is the last that is known.
        await sprite.UntilAsync(static one => one.Sprite is { FailureCode: not null, Fault: not null });
        var lost = await sprite.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.LastKnown });
        var read = lost.Sprite!.GoodAt;
        FleetOutboxTests.Add(repo, 3);
        var later = await sprite.UntilAsync(one => one.Sprite!.FailureStreak > lost.Sprite.FailureStreak + 1);
        Assert.True(later.Sprite!.IsSilent);
        Assert.NotNull(read);
        Assert.Equal(
            (ConnectionMode.LastKnown, read, 2, before.Verdict.Lifecycle),
            (later.Sprite.ConnectionMode, later.Sprite.GoodAt, Lines(later), later.Loops[LiveRepo.Loop].Verdict.Lifecycle));

        stream.Server.StartAgain();
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        await sprite.LoopAsync(LiveRepo.Loop, 5);
        var back = await sprite.UntilAsync(static one => IsBy(one, ConnectionMode.Service, "nats"));
        Assert.Equal((false, null, null), (back.Sprite!.IsSilent, back.Sprite.Fault, back.Sprite.FailureCode));
        CopiedLog.AssertIs(repo, sprite);
    }

    [Fact]
    public async Task A_server_that_is_not_there_from_the_start_leaves_the_sprite_to_the_other_way()
    {
        using var server = NatsServer.Start();
        server.Kill();
        var settings = new NatsSettings { Servers = [server.Url] };
        await using var service = await RunningService.StartAsync(repo.Root);
        using var fleet = NatsFleet.Start(settings, TimeProvider.System, Soon);
        using var sprite = new WatchedSprite(service.Address, options: Soon, first: fleet.Sprite(FleetStream.Sprite));

        var fallen = await sprite.UntilAsync(static one => IsBy(one, ConnectionMode.Pull, "service") && Lines(one) == 2);

        Assert.Contains("no server answers at that address", fallen.Sprite!.Fault, StringComparison.Ordinal);
    }

    public void Dispose() => repo.Dispose();

    private static bool IsBy(RepoModel repo, ConnectionMode mode, string way) =>
        repo.Sprite is { GoodAt: not null } sprite && sprite.ConnectionMode == mode && sprite.By == way;

    private static int Lines(RepoModel repo) => repo.Loops.TryGetValue(LiveRepo.Loop, out var loop) ? loop.Tally.Lines : 0;
}
