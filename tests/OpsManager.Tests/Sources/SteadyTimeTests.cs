using Microsoft.Extensions.Time.Testing;
using OpsManager.Core.Facts.Clock;
using OpsManager.Sources;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class SteadyTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider host = new(Start);
    private readonly SetClock clock;
    private readonly SteadyTime steady;

    public SteadyTimeTests()
    {
        clock = new SetClock(host);
        steady = SteadyTime.For(clock);
    }

    [Fact]
    public void Without_a_shift_it_is_the_clocks_time()
    {
        host.Advance(TimeSpan.FromHours(3));

        Assert.Equal((Start.AddHours(3), ClockShifts.None), (steady.GetUtcNow(), steady.Shifts));
    }

    [Fact]
    public void Set_back_the_clock_stops_nothing()
    {
        clock.Offset = TimeSpan.FromHours(-1);
        Assert.Equal(Start, steady.GetUtcNow());
        host.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Start.AddSeconds(10), steady.GetUtcNow());

        Assert.Equal(new ClockShift(Start, TimeSpan.FromHours(1)), steady.Shifts.Newest);
        Assert.Equal(TimeSpan.FromHours(1), steady.Shifts.Ahead);
    }

    [Fact]
    public void A_pause_of_the_host_counts_and_is_no_step_back()
    {
        clock.Offset = TimeSpan.FromHours(1);

        Assert.Equal(Start.AddHours(1), steady.GetUtcNow());
        Assert.Equal((TimeSpan.FromHours(-1), TimeSpan.Zero), (steady.Shifts.Newest!.Back, steady.Shifts.Ahead));
    }

    [Fact]
    public void What_keeps_a_clock_right_is_not_told()
    {
        for (var second = 1; second <= 3600; second++)
        {
            host.Advance(TimeSpan.FromSeconds(1));
            clock.Offset -= TimeSpan.FromMilliseconds(1);
            var now = steady.GetUtcNow();
            Assert.InRange(Start.AddSeconds(second) - now, TimeSpan.Zero, TimeSpan.FromSeconds(1.01));
        }

        Assert.Null(steady.Shifts.Newest);
    }

    [Fact]
    public void It_never_goes_back_whatever_the_clock_does()
    {
        var random = new Random(7);
        var before = steady.GetUtcNow();
        for (var step = 0; step < 2000; step++)
        {
            clock.Offset += TimeSpan.FromMilliseconds(random.Next(-20_000, 20_000));
            host.Advance(TimeSpan.FromMilliseconds(random.Next(5_000)));
            var now = steady.GetUtcNow();
            Assert.True(now >= before);
            before = now;
        }
    }

    [Fact]
    public void Of_one_clock_there_is_one() => Assert.Same(steady, SteadyTime.For(clock));
}
