using OpsManager.Core.Sprite;
using OpsManager.Sources.Nats;
using OpsManager.Tests.Sources.Nats;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>What becomes of the server, with a publisher and a reader at it: both say it, and nothing is lost or doubled.</summary>
public sealed class FleetFaultTests
{
    /// <summary>Lines of a log that is read in several pages.</summary>
    private const int Many = 2500;

    [Fact]
    public async Task A_server_that_is_killed_while_a_long_log_is_read_loses_nothing_and_doubles_nothing()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        FleetOutboxTests.Add(repo, Many - 2);
        await RunningPublisher.OnceAsync(repo.Root, stream.Settings);
        var options = WatchedSprite.Quick with { PageEvents = 700 };
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, options);
        using var sprite = new WatchedSprite(null, options: options, first: fleet.Sprite(FleetStream.Sprite));

        // The first page is copied, and the next is under way.
        RunningService.Until(() => File.Exists(CopiedLog.Of(sprite)) && new FileInfo(CopiedLog.Of(sprite)).Length > 0);
        stream.Server.Kill();
        FleetOutboxTests.Add(repo, 10);
        stream.Server.StartAgain();
        Assert.True((await RunningPublisher.OnceAsync(repo.Root, stream.Settings)).IsWhole);

        await sprite.LoopAsync(LiveRepo.Loop, Many + 10);
        CopiedLog.AssertIs(repo, sprite);
        FleetOutboxTests.AssertIsLog(stream, repo);
    }

    [Fact]
    public async Task Keys_that_are_revoked_are_said_on_both_sides_and_when_they_are_allowed_again_both_go_on()
    {
        using var users = new FleetUsers();
        await using var admin = FleetStream.On(users.Settings("ADMIN_NKEY"));
        await admin.CreateAsync();
        await using var stream = FleetStream.On(users.Settings("OPERATOR_NKEY"));
        using var repo = FleetPublisherTests.Repo();
        var screen = users.Settings("SCREEN_NKEY");
        await using var publisher = RunningPublisher.Start(repo.Root, users.Settings("SPRITE_SHOP_NKEY").ForSprite("shop"), "shop");
        using var fleet = NatsFleet.Start(screen, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: fleet.Sprite("shop"));
        await sprite.LoopAsync(LiveRepo.Loop, 2);

        users.Revoke("SPRITE_SHOP_NKEY", "SCREEN_NKEY");
        FleetOutboxTests.Add(repo, 20);
        RunningService.Until(() => publisher.Told.Any(IsRefusal));
        var refused = await sprite.UntilAsync(static one => one.Sprite?.Fault is { } fault && IsRefusal(fault));
        Assert.Equal(2, refused.Loops[LiveRepo.Loop].Tally.Lines);
        // It stays said, whatever else an attempt comes to.
        await sprite.UntilAsync(one => one.Sprite!.FailureStreak > refused.Sprite!.FailureStreak + 2 && IsRefusal(one.Sprite.Fault!));

        users.Revoke();
        await sprite.LoopAsync(LiveRepo.Loop, 22);
        var back = await sprite.UntilAsync(static one => one.Sprite is { ConnectionMode: ConnectionMode.Service, Fault: null });
        Assert.Equal(22, back.Loops[LiveRepo.Loop].Tally.Lines);
        CopiedLog.AssertIs(repo, sprite);
        FleetOutboxTests.AssertIsLog(stream, repo, "shop");
        // Once each: that it is refused, and that it is not any more; what the lost connection itself is told by comes before, if at all.
        Assert.Single(publisher.Told, IsRefusal);
        Assert.Contains("is connected again", publisher.Told.Last(), StringComparison.Ordinal);
        Assert.InRange(publisher.Told.Count, 2, 3);
        Assert.DoesNotContain(
            publisher.Told, one => File.ReadAllLines(screen.NkeyFile!).Any(secret => one.Contains(secret, StringComparison.Ordinal)));
    }

    private static bool IsRefusal(string words) => words.Contains("the server refuses the credentials", StringComparison.Ordinal)
        && words.Contains("docs/fleet.md, \"Who may what\"", StringComparison.Ordinal);
}
