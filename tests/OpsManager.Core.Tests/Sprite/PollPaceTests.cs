using CsCheck;
using OpsManager.Core.Sprite;
using Xunit;

namespace OpsManager.Core.Tests.Sprite;

public sealed class PollPaceTests
{
    private static readonly PollPace Pace = PollPace.Default;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);

    [Fact]
    public void A_run_at_work_is_asked_every_second_and_a_silent_one_more_rarely()
    {
        Assert.Equal(Pace.Running, Pace.Next(new(PowerState.Running, false, false, true, false, TimeSpan.FromSeconds(5), 0)));
        Assert.Equal(Pace.Max, Pace.Next(new(PowerState.Running, false, false, true, false, TimeSpan.FromHours(2), 0)));
    }

    [Fact]
    public void What_is_over_is_asked_ever_more_rarely_and_then_not_at_all()
    {
        Assert.True(Pace.Next(new(PowerState.Unknown, false, false, false, false, TimeSpan.FromSeconds(1), 0)) < Pace.Next(
            new(PowerState.Unknown, false, false, false, false, TimeSpan.FromMinutes(4), 0)));
        Assert.Null(Pace.Next(new(PowerState.Unknown, false, false, false, false, Pace.OverAfter, 0)));
    }

    [Fact]
    public void A_sprite_that_sleeps_is_asked_only_where_the_operator_wants_it() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 5000], Gen.Int[0, 5]).Sample((isRunning, isWaiting, seconds, failures) =>
    {
        foreach (var warmth in (PowerState[])[PowerState.Warm, PowerState.Cold])
        {
            Assert.Null(Pace.Next(new(warmth, false, false, isRunning, isWaiting, TimeSpan.FromSeconds(seconds), failures)));
            Assert.NotNull(Pace.Next(new(warmth, false, true, isRunning, isWaiting, TimeSpan.FromSeconds(seconds), failures)));
        }
    });

    [Fact]
    public void Failures_make_the_wait_longer_up_to_a_bound()
    {
        var waits = Enumerable.Range(1, 40)
            .Select(static failures => Pace.Next(new(PowerState.Unknown, false, false, true, false, default, failures))!.Value)
            .ToArray();
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(Pace.Max, waits[^1]);
    }

    [Fact]
    public void A_budget_is_spent_by_more_failures_than_the_objective_allows_and_forgets_after_its_window()
    {
        var budget = new ErrorBudget(0.99, TimeSpan.FromHours(1), 2);
        for (var i = 0; i < 1000; i++)
        {
            budget.Count(Start.AddSeconds(i), isGood: i % 100 != 0);
        }

        Assert.Equal((1000, 10, 10, false), (
            budget.Read(Start.AddSeconds(1000)).Total, budget.Read(Start.AddSeconds(1000)).Failed,
            budget.Read(Start.AddSeconds(1000)).Allowed, budget.Read(Start.AddSeconds(1000)).IsSpent));
        budget.Count(Start.AddSeconds(1000), isGood: false);
        budget.Count(Start.AddSeconds(1000), isGood: false);
        Assert.True(budget.Read(Start.AddSeconds(1000)).IsSpent);
        Assert.Equal(0, budget.Read(Start.AddHours(2)).Total);
    }

    [Fact]
    public void Requests_keep_a_sprite_awake_for_half_a_minute_and_what_two_share_counts_once()
    {
        var awake = new AwakeTime(TimeSpan.FromSeconds(30));
        awake.Touch(Start);
        awake.Touch(Start.AddSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(40), awake.Total(Start.AddMinutes(5)));
        awake.Touch(Start.AddMinutes(5));
        awake.Slept(Start.AddMinutes(5).AddSeconds(12));
        Assert.Equal(TimeSpan.FromSeconds(52), awake.Total(Start.AddMinutes(9)));
    }
}
