using OpsManager.Core.Facts.Clock;
using Xunit;

namespace OpsManager.Core.Tests.Facts.Clock;

/// <summary>The clock is set back by an hour at 19:00 of it; from then on files say times that have been there already.</summary>
public sealed class AgeClockTests
{
    private static readonly DateTimeOffset Noticed = new(2026, 11, 22, 19, 0, 0, TimeSpan.Zero);
    private static readonly ClockShifts SetBack = ClockShifts.None.With(new ClockShift(Noticed, TimeSpan.FromHours(1)));

    /// <summary>Ten minutes after it was set back: the clock says 18:10.</summary>
    private static readonly AgeClock Later = new(Noticed.AddMinutes(10), SetBack);

    [Fact]
    public void What_was_read_before_ages_on() =>
        Assert.Equal(TimeSpan.FromMinutes(15), Later.Since(Noticed.AddMinutes(-5), seen: Noticed.AddMinutes(-5)));

    [Fact]
    public void What_was_read_after_has_its_age_by_the_clock_that_wrote_it() =>
        Assert.Equal(TimeSpan.FromMinutes(4), Later.Since(Noticed.AddMinutes(-54), seen: Noticed.AddMinutes(7)));

    [Theory]
    [InlineData(-120, 130)]
    [InlineData(-5, 15)]
    [InlineData(4, 6)]
    [InlineData(-54, 4)]
    public void Of_what_nobody_knows_when_it_was_read_the_time_decides(int minutes, int age) =>
        Assert.Equal(TimeSpan.FromMinutes(age), Later.Since(Noticed.AddMinutes(minutes)));

    [Fact]
    public void Twice_back_counts_twice()
    {
        var again = SetBack.With(new ClockShift(Noticed.AddHours(2), TimeSpan.FromMinutes(30)));
        var now = new AgeClock(Noticed.AddHours(3), again);

        Assert.Equal(TimeSpan.FromMinutes(90), again.Ahead);
        Assert.Equal(TimeSpan.FromHours(4), now.Since(Noticed.AddHours(-1), seen: Noticed.AddHours(-1)));
        Assert.Equal(TimeSpan.FromHours(2), now.Since(Noticed, seen: Noticed.AddHours(1)));
        Assert.Equal(TimeSpan.FromMinutes(30), now.Since(Noticed.AddHours(1), seen: Noticed.AddHours(2.5)));
    }

    [Fact]
    public void Times_run_twice_until_the_clock_has_caught_up()
    {
        Assert.NotNull(SetBack.RunsTwice(Noticed.AddMinutes(59)));
        Assert.Null(SetBack.RunsTwice(Noticed.AddMinutes(60)));
        Assert.Null(ClockShifts.None.With(new ClockShift(Noticed, TimeSpan.FromHours(-1))).RunsTwice(Noticed));
    }
}
