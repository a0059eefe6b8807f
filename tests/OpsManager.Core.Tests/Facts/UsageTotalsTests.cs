using CsCheck;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using Xunit;

namespace OpsManager.Core.Tests.Facts;

public sealed class UsageTotalsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_that_come_in_one_look_or_in_many_give_the_same() =>
        Gen.Int[0, 40].List[0, 30].Select(Gen.Int[1, 9]).Sample(
            static (hours, size) =>
            {
                var rows = hours.Select(static hour => Row(hour)).ToArray();
                var atOnce = UsageTotals.None.With(Reading(rows));
                var inParts = rows.Chunk(size).Aggregate(UsageTotals.None, static (totals, part) => totals.With(Reading(part)));

                Assert.Equal(atOnce.All, inParts.All);
                Assert.Equal(atOnce.Days, inParts.Days);
                Assert.Equal(atOnce.IsInOrder, inParts.IsInOrder);
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void A_day_is_of_UTC_and_one_without_rows_is_not_recorded()
    {
        var totals = UsageTotals.None.With(Reading([Row(0), Row(11), Row(12)]));

        Assert.Equal(2, totals.On(new(2026, 11, 22))!.Rows);
        Assert.Equal(0.5m, totals.On(new(2026, 11, 23))!.Cost);
        Assert.Null(totals.On(new(2026, 11, 24)));
    }

    [Fact]
    public void What_no_row_recorded_is_null_and_not_zero()
    {
        var sum = UsageSum.None.With(new UsageEntry(Noon, 1, "planner", null, null, null, null, 5, null, null));

        Assert.Equal((5, null, null, null), (sum.InputTokens, sum.OutputTokens, sum.Cost, sum.DurationMs));
        Assert.Null(sum.Each(0));
        Assert.Equal(2, sum.Each(2)!.InputTokens);
    }

    [Fact]
    public void Sums_beyond_all_reason_stay_at_the_largest_number()
    {
        var sum = UsageSum.None with { InputTokens = long.MaxValue - 1 };

        Assert.Equal(long.MaxValue, sum.With(Row(0)).InputTokens);
    }

    [Fact]
    public void A_file_that_starts_over_is_added_up_from_its_start_and_one_that_is_gone_is_nothing()
    {
        var totals = UsageTotals.None.With(Reading([Row(0), Row(1)]));

        Assert.Equal(1, totals.With(Reading([Row(2)]) with { StartsOver = true }).All.Rows);
        Assert.Equal(0, totals.With(new RowReading<UsageEntry>(ArtifactCondition.Missing)).All.Rows);
        Assert.Equal(2, totals.With(new RowReading<UsageEntry>(ArtifactCondition.Unreadable)).All.Rows);
    }

    [Fact]
    public void Only_the_newest_days_are_kept_and_all_rows_are_counted()
    {
        var totals = UsageTotals.None.With(Reading([.. Enumerable.Range(0, 100).Select(static day => Row(day * 24))]));

        Assert.Equal((100, UsageTotals.MaxDays), (totals.All.Rows, totals.Days.Count));
        Assert.NotNull(totals.On(DateOnly.FromDateTime(Noon.AddDays(99).UtcDateTime)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_iteration_is_found_by_its_time_in_order_or_not(bool reversed)
    {
        UsageEntry[] rows = [Row(0), Row(1), Row(2), Row(3, iteration: 2), Row(4)];
        rows = reversed ? [.. rows.Reverse()] : rows;
        var loop = new LoopModel("/srv/app", "checkout-flow");
        loop = loop with { Usage = loop.Usage.With(Reading(rows)), UsageTotals = loop.UsageTotals.With(Reading(rows)) };

        Assert.Equal(!reversed, loop.UsageTotals.IsInOrder);
        Assert.Equal(2, UsageSpan.Of(loop, 1, Noon.AddHours(1), Noon.AddHours(3)).Rows);
        Assert.Equal(0, UsageSpan.Of(loop, 3, Noon, Noon.AddHours(9)).Rows);
    }

    private static UsageEntry Row(int hours, int iteration = 1) =>
        new(Noon.AddHours(hours), iteration, "planner", 1000, "claude", "m-1", 0.5m, 10, 20, 30);

    private static RowReading<UsageEntry> Reading(UsageEntry[] rows) =>
        new(ArtifactCondition.Present) { Rows = rows, Count = rows.Length };
}
