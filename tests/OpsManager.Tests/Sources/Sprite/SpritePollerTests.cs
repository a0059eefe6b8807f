using OpsManager.Contract;
using OpsManager.Core.Sprite;
using OpsManager.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>When a sprite is asked, and by which way: docs/service.md, "When the service fails" and "Hibernation", rule by rule.</summary>
public sealed class SpritePollerTests
{
    private static readonly PollSettings ByService = new() { Name = "app", HasService = true };
    private static readonly PollSettings WithPath = ByService with { PullWord = "path", PullInterval = TimeSpan.FromSeconds(1) };
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

    private static TimeSpan[] Waits(PollWorld world) =>
        [.. world.RequestsSince(PollWorld.Start) is var asked ? asked.Zip(asked.Skip(1), static (one, next) => next - one) : []];
}
