using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>By which way a sprite is read: docs/service.md, "Budget", "Fallback" and "Back again", rule by rule.</summary>
public sealed class SpritePollerWayTests
{
    private static readonly PollSettings ByService = new() { Name = "app", HasService = true };
    private static readonly PollSettings WithPath = ByService with { PullWord = "path", PullInterval = TimeSpan.FromSeconds(1) };

    [Fact]
    public void After_30_seconds_without_a_good_answer_the_other_way_is_used_and_why_stays_shown()
    {
        var world = new PollWorld(WithPath).Run(60);
        world.IsServiceWell = false;

        world.Run(29);
        Assert.Equal(ConnectionMode.Service, world.Sprite.ConnectionMode);
        world.Run(90);

        var sprite = world.Sprite;
        Assert.Equal(
            (ConnectionMode.Pull, "path", "it answered 503", null), (sprite.ConnectionMode, sprite.By, sprite.Fault, sprite.FailureCode));
        Assert.NotNull(world.Sprite.FaultSince);
        // Nothing waits for it: it is read as soon as the service is left.
        var left = Assert.Single(world.Wanted, static wanted => wanted.Action is PollAction.ForgetAnswers).At;
        Assert.Equal(left, world.Wanted.First(static wanted => wanted.Action is PollAction.ReadLoop { Way: ConnectionMode.Pull }).At);
    }

    [Fact]
    public void Without_another_way_what_was_read_last_stays_and_why_is_shown()
    {
        var world = new PollWorld(ByService).Run(60);
        var read = world.Sprite.GoodAt;
        world.IsServiceWell = false;

        world.Run(120);

        var sprite = world.Sprite;
        Assert.Equal(
            (ConnectionMode.LastKnown, null, "it answered 503", read), (sprite.ConnectionMode, sprite.By, sprite.Fault, sprite.GoodAt));
    }

    [Fact]
    public void A_spent_budget_gives_way_to_the_other_way_though_every_question_is_answered_in_the_end()
    {
        var world = new PollWorld(WithPath).Run(10);
        world.Hidden = 2;

        world.Run(10);

        Assert.Equal(ConnectionMode.Pull, world.Sprite.ConnectionMode);
        Assert.StartsWith("the error budget of the service is spent: 12 of ", world.Sprite.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_another_way_a_service_that_answers_in_the_end_is_used_on()
    {
        var world = new PollWorld(ByService) { Hidden = 2 }.Run(60);

        Assert.Equal((ConnectionMode.Service, true, null), (world.Sprite.ConnectionMode, world.Sprite.Budget.IsSpent, world.Sprite.Fault));
    }

    [Fact]
    public void The_service_is_checked_every_15_seconds_at_most_and_used_again_after_four_good_checks_in_a_row()
    {
        var world = Fallen(WithPath);
        var well = world.Now;
        world.IsServiceWell = true;

        world.Run(50);
        Assert.Equal(ConnectionMode.Pull, world.Sprite.ConnectionMode);
        world.Run(15);

        Assert.Equal(
            (ConnectionMode.Service, "service", null, null),
            (world.Sprite.ConnectionMode, world.Sprite.By, world.Sprite.Fault, world.Sprite.FaultSince));
        var probes = world.Wanted.Where(wanted => wanted.At >= well && wanted.Action is PollAction.Probe);
        var checks = probes.Select(static wanted => wanted.At).ToArray();
        Assert.Equal(4, checks.Length);
        Assert.All(checks.Zip(checks.Skip(1)), static pair => Assert.Equal(TimeSpan.FromSeconds(15), pair.Second - pair.First));
        Assert.Equal(0, world.Sprite.Budget.Failed);
    }

    [Fact]
    public void One_bad_check_and_the_four_are_counted_anew()
    {
        var world = Fallen(WithPath);
        world.IsServiceWell = true;
        world.Run(46);
        world.IsServiceWell = false;
        world.Run(15);
        world.IsServiceWell = true;

        world.Run(50);
        Assert.Equal(ConnectionMode.Pull, world.Sprite.ConnectionMode);
        world.Run(20);
        Assert.Equal(ConnectionMode.Service, world.Sprite.ConnectionMode);
    }

    [Fact]
    public void While_the_service_is_not_used_the_other_way_is()
    {
        var world = Fallen(WithPath);
        var from = world.Now;

        world.Run(60);

        Assert.All(world.WantedSince<PollAction.ReadLoop>(from), static read => Assert.Equal(ConnectionMode.Pull, read.Way));
        Assert.InRange(world.WantedSince<PollAction.ReadLoop>(from).Count(), 55, 61);
    }

    [Fact]
    public void A_service_without_another_way_is_checked_more_rarely_down_to_once_a_minute_if_nothing_answers()
    {
        var world = Fallen(ByService);
        var from = world.Run(600).Now;

        var checks = world.Run(600).RequestsSince(from);

        Assert.InRange(checks.Length, 9, 11);
        Assert.All(
            world.WantedSince<PollAction>(from), static action => Assert.False(action is PollAction.ReadLoop or PollAction.ListLoops));
    }

    [Fact]
    public void A_service_without_another_way_is_used_again_too()
    {
        var world = Fallen(ByService);
        world.IsServiceWell = true;

        Assert.Equal((ConnectionMode.Service, null), (world.Run(180).Sprite.ConnectionMode, world.Sprite.FailureCode));
    }

    [Fact]
    public void The_operator_has_the_service_checked_at_once()
    {
        var world = Fallen(WithPath);
        world.IsServiceWell = true;
        var pressed = world.Now;

        world.Wake().Run(5);

        // The path is not read more than once a second for that.
        var check = world.Wanted.First(wanted => wanted.At >= pressed && wanted.Action is PollAction.Probe).At;
        Assert.InRange(check - pressed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(ConnectionMode.Service, world.Sprite.ConnectionMode);
    }

    [Fact]
    public void The_service_is_not_checked_while_the_sprite_is_asleep()
    {
        var world = Fallen(WithPath with { HasPlatform = true });
        world.Platform = PowerState.Warm;
        var seen = world.Run(21).Now;

        Assert.Empty(world.Run(3600).WantedSince<PollAction.Probe>(seen));
    }

    [Fact]
    public void A_way_without_a_service_that_fails_for_30_seconds_is_none_any_more_and_is_used_when_it_works_again()
    {
        var world = new PollWorld(new() { Name = "app", PullWord = "path", PullInterval = TimeSpan.FromSeconds(1) }).Run(5);
        world.IsPullWell = false;
        Assert.Equal(ConnectionMode.Pull, world.Run(25).Sprite.ConnectionMode);
        Assert.Equal(ConnectionMode.LastKnown, world.Run(60).Sprite.ConnectionMode);

        world.IsPullWell = true;
        Assert.Equal((ConnectionMode.Pull, null), (world.Run(60).Sprite.ConnectionMode, world.Sprite.Fault));
    }

    private static PollWorld Fallen(PollSettings settings)
    {
        var world = new PollWorld(settings).Run(10);
        world.IsServiceWell = false;
        world.Run(32);
        Assert.NotEqual(ConnectionMode.Service, world.Sprite.ConnectionMode);
        return world;
    }
}
