using OpsManager.Contract;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>When a sprite is asked: docs/service.md, "Tries" and "Hibernation", rule by rule.</summary>
public sealed class SpritePollerTests
{
    private static readonly PollSettings ByService = new() { Name = "app", HasService = true };
    private static readonly PollSettings WithPlatform = ByService with { HasPlatform = true };

    [Fact]
    public void A_run_at_work_is_asked_about_every_second()
    {
        var world = new PollWorld(ByService).Run(60);

        Assert.Equal(
            Enumerable.Range(0, 61).Select(static second => PollWorld.Start.AddSeconds(second)), world.RequestsSince(PollWorld.Start));
    }

    [Fact]
    public void A_silent_run_is_asked_about_more_rarely_down_to_once_a_minute()
    {
        var world = new PollWorld(ByService) { Changes = false }.Run(3600);

        var waits = Waits(world);
        Assert.All(waits[..100], static wait => Assert.Equal(TimeSpan.FromSeconds(1), wait));
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromMinutes(1), waits[^1]);
    }

    [Theory]
    [InlineData(Lifecycle.Complete, 5)]
    [InlineData(Lifecycle.Failed, 5)]
    [InlineData(Lifecycle.AwaitingApproval, 15)]
    public void Nobody_asks_when_a_run_has_been_over_for_five_minutes_or_has_waited_for_a_quarter_of_an_hour(
        Lifecycle lifecycle, int minutes)
    {
        var world = new PollWorld(ByService) { Changes = false };
        world.Loops["a"] = lifecycle;

        world.Run((minutes * 60) - 70);
        Assert.False(world.Sprite.IsLeftAlone);
        world.Run(600);
        Assert.Equal((true, null), (world.Sprite.IsLeftAlone, Assert.IsType<PollAction.Rest>(world.Action).For));
        var quiet = world.Now;
        Assert.Empty(world.Run(86_400).RequestsSince(quiet));
    }

    [Fact]
    public void A_sprite_that_is_left_alone_is_asked_at_once_when_the_operator_wants_it()
    {
        var world = new PollWorld(ByService) { Changes = false };
        world.Loops["a"] = Lifecycle.Complete;
        var pressed = world.Run(3600).Now;

        world.Wake().Run(3600);

        var asked = world.RequestsSince(pressed);
        Assert.Equal(pressed, asked[0]);
        Assert.Equal(pressed.AddSeconds(29.5), asked[^1]);
        Assert.Equal(60, asked.Length);
    }

    [Fact]
    public void The_platform_is_asked_every_20_seconds_and_a_sprite_that_is_asleep_is_not_read()
    {
        var world = new PollWorld(WithPlatform) { Platform = PowerState.Cold }.Run(600);

        Assert.Empty(world.RequestsSince(PollWorld.Start));
        Assert.Equal(31, world.WantedSince<PollAction.AskPlatform>(PollWorld.Start).Count());
        Assert.Equal(
            (PollWorld.Start, PowerState.Cold, false), (world.Sprite.AsleepSince, world.Sprite.PowerState, world.Sprite.IsLeftAlone));
    }

    [Fact]
    public void A_sprite_that_falls_asleep_is_not_read_any_more_and_its_requests_keep_it_awake_no_longer()
    {
        var world = new PollWorld(WithPlatform).Run(30);
        world.Platform = PowerState.Warm;

        var seen = world.Run(11).Now;

        Assert.Single(world.WantedSince<PollAction.NoteAsleep>(PollWorld.Start));
        Assert.Empty(world.Run(3600).RequestsSince(seen));
    }

    [Fact]
    public void A_sprite_that_somebody_else_has_woken_is_read_at_once()
    {
        var world = new PollWorld(WithPlatform) { Platform = PowerState.Warm }.Run(3599);
        world.Platform = PowerState.Running;

        world.Run(10);

        Assert.Equal(PollWorld.Start.AddSeconds(3600), world.RequestsSince(PollWorld.Start)[0]);
        Assert.Null(world.Sprite.AsleepSince);
    }

    [Fact]
    public void A_sprite_that_failed_and_was_woken_by_somebody_else_is_read_without_waiting_for_its_turn()
    {
        var patient = SpriteOptions.Default with { FallBackAfter = TimeSpan.FromDays(1), BudgetLeast = 1000 };
        var world = new PollWorld(WithPlatform with { Options = patient }) { IsServiceWell = false }.Run(305);
        var (last, from) = (world.RequestsSince(PollWorld.Start)[^1], world.Now);
        (world.Platform, world.IsServiceWell) = (PowerState.Warm, true);
        world.Run(20).Platform = PowerState.Running;

        var read = world.Run(25).RequestsSince(from)[0];

        Assert.Contains(world.Wanted, wanted => wanted.Action is PollAction.AskPlatform && wanted.At == read);
        Assert.True(read < last.AddSeconds(60), $"{read:T} is its turn: {last:T} was the one before");
    }

    [Fact]
    public void The_platform_is_asked_every_20_seconds_though_a_silent_run_is_asked_about_once_a_minute()
    {
        var world = new PollWorld(WithPlatform) { Changes = false }.Run(3600);
        var from = world.Now;

        world.Run(600);

        Assert.InRange(world.WantedSince<PollAction.AskPlatform>(from).Count(), 29, 31);
        Assert.InRange(world.RequestsSince(from).Length, 9, 11);
    }

    [Fact]
    public void A_platform_that_does_not_answer_is_no_reason_to_read_a_sprite_that_was_asleep()
    {
        var world = new PollWorld(WithPlatform) { Platform = PowerState.Warm }.Run(60);
        world.Platform = null;

        Assert.Empty(world.Run(3600).RequestsSince(PollWorld.Start));
        Assert.NotNull(world.Sprite.AsleepSince);
    }

    [Fact]
    public void A_sprite_that_was_not_read_yet_is_asked_though_its_platform_does_not_answer()
    {
        var world = new PollWorld(WithPlatform) { Platform = null }.Run(5);

        Assert.Equal(6, world.RequestsSince(PollWorld.Start).Length);
    }

    [Fact]
    public void The_operator_wakes_a_sleeper_which_is_then_asked_often_for_half_a_minute()
    {
        var world = new PollWorld(WithPlatform) { Platform = PowerState.Cold }.Run(605);
        var pressed = world.Now;

        var asked = world.Wake().Run(600).RequestsSince(pressed);

        Assert.Equal((pressed, pressed.AddSeconds(29.5)), (asked[0], asked[^1]));
        Assert.Equal(60, asked.Length);
    }

    [Fact]
    public void A_sprite_that_may_be_woken_is_asked_although_it_is_asleep()
    {
        var world = new PollWorld(WithPlatform with { MayWake = true }) { Platform = PowerState.Cold }.Run(60);

        Assert.Equal(61, world.RequestsSince(PollWorld.Start).Length);
    }

    [Theory]
    [InlineData("path", 1)]
    [InlineData("command", 10)]
    public void A_path_is_read_once_a_second_at_most_and_a_command_every_ten_seconds(string word, int seconds)
    {
        var settings = new PollSettings { Name = "app", PullWord = word, PullInterval = TimeSpan.FromSeconds(seconds) };
        var world = new PollWorld(settings).Run(60);

        Assert.Equal((ConnectionMode.Pull, word), (world.Sprite.ConnectionMode, world.Sprite.By));
        Assert.All(Waits(world), wait => Assert.Equal(TimeSpan.FromSeconds(seconds), wait));
    }

    [Fact]
    public void A_command_is_not_run_more_often_because_the_operator_asks_again_and_again()
    {
        var world = new PollWorld(new() { Name = "app", PullWord = "command", PullInterval = TimeSpan.FromSeconds(10) }).Run(30);
        for (var i = 0; i < 100; i++)
        {
            world.Wake().Run(0.1);
        }

        Assert.All(Waits(world), static wait => Assert.Equal(TimeSpan.FromSeconds(10), wait));
    }

    [Fact]
    public void What_fails_is_asked_ever_more_rarely_down_to_once_a_minute()
    {
        var world = new PollWorld(
            ByService with { Options = SpriteOptions.Default with { FallBackAfter = TimeSpan.FromDays(1), BudgetLeast = 1000 } });
        world.Run(10);
        world.IsServiceWell = false;

        world.Run(200);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60], Waits(world).Skip(11).Take(7).Select(static wait => wait.TotalSeconds));
        Assert.Equal((FailureCodes.ServiceRequestFailed, "it answered 503"), (world.Sprite.FailureCode, world.Sprite.Fault));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3600, 30)]
    public void A_service_that_names_a_time_is_left_alone_until_then_but_not_for_longer_than_half_a_minute(int wanted, int waited)
    {
        var world = new PollWorld(ByService) { IsServiceWell = false, RetryAfter = TimeSpan.FromSeconds(wanted) };

        Assert.Equal(TimeSpan.FromSeconds(waited), Assert.IsType<PollAction.Rest>(world.Run(0).Action).For);
    }

    [Fact]
    public void The_operator_overrules_the_time_that_a_service_names_once()
    {
        var world = new PollWorld(ByService) { IsServiceWell = false, RetryAfter = TimeSpan.FromSeconds(25) }.Run(5);

        var asked = world.Wake().Run(20).RequestsSince(PollWorld.Start);

        Assert.Equal([PollWorld.Start, PollWorld.Start.AddSeconds(5)], asked);
    }

    private static TimeSpan[] Waits(PollWorld world) =>
        [.. world.RequestsSince(PollWorld.Start) is var asked ? asked.Zip(asked.Skip(1), static (one, next) => next - one) : []];
}
