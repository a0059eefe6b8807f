using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventDensityTests
{
    private const long Start = 1_795_374_000;

    [Fact]
    public void Adding_in_any_batches_equals_adding_at_once() =>
        Gen.Select(Gen.Int[-5000, 40_000].List[0, 80], Gen.Int[0, 80].List[0, 8], Gen.Int[1, 60]).Sample(
            (times, cuts, width) =>
            {
                var log = Log(times);
                var atOnce = EventDensity.Empty.Add(log, 0, log.Count);
                var inBatches = EventDensity.Empty;
                var from = 0;
                foreach (var cut in cuts.Append(log.Count).Select(cut => Math.Min(cut, log.Count)).Order())
                {
                    inBatches = inBatches.Add(log, from, cut);
                    from = cut;
                }

                Assert.Equal((atOnce.Start, atOnce.End, atOnce.BinWidth), (inBatches.Start, inBatches.End, inBatches.BinWidth));
                Assert.Equal(atOnce.Bins(EventDensity.MaxBins), inBatches.Bins(EventDensity.MaxBins));
                var counted = times.Count(static time => time % 7 != 0);
                var cells = atOnce.Bins(width);
                Assert.Equal(width, cells.Count);
                if (atOnce.Count >= width)
                {
                    Assert.Equal(counted, cells.Sum(static cell => cell.Count));
                }
            },
            iter: 5000,
            threads: 1);

    [Fact]
    public void Bins_are_seconds_until_the_log_outgrows_them()
    {
        var log = Log([1, 1, 512, 513]);
        var narrow = EventDensity.Empty.Add(log, 0, 3);
        Assert.Equal((TimeSpan.FromSeconds(1), 512), (narrow.BinWidth, narrow.Count));
        Assert.Equal((2, 1), (narrow.Bins(512)[0].Count, narrow.Bins(512)[511].Count));

        var wide = narrow.Add(log, 3, 4);
        Assert.Equal((TimeSpan.FromSeconds(2), 257), (wide.BinWidth, wide.Count));
        Assert.Equal((2, 1, 1), (wide.Bins(257)[0].Count, wide.Bins(257)[255].Count, wide.Bins(257)[256].Count));
    }

    [Fact]
    public void Times_that_are_missing_or_go_back_break_nothing()
    {
        var log = Log([7, 100, 50, 101]);
        var density = EventDensity.Empty.Add(log, 0, 4);

        Assert.Equal((2, 2, 1), (density.Count, density.Bins(2)[0].Count, density.Bins(2)[1].Count));
        Assert.Same(EventDensity.Empty, EventDensity.Empty.Add(log, 0, 1));
        Assert.Equal((0, null), (EventDensity.Empty.Count, EventDensity.Empty.Start));
        Assert.All(EventDensity.Empty.Bins(3), static cell => Assert.Equal(default, cell));
        Assert.Empty(density.Bins(0));
    }

    [Fact]
    public void A_time_of_the_far_future_costs_no_more()
    {
        var log = LogText.Index(
            """{"timestamp":"1970-01-01T00:00:01Z","event":"a"}""",
            """{"timestamp":"2106-02-07T06:28:15Z","event":"loop_stop"}""",
            """{"timestamp":"9999-12-31T00:00:00Z","event":"b"}""");
        var density = EventDensity.Empty.Add(log, 0, 3);

        Assert.InRange(density.Count, 2, EventDensity.MaxBins);
        Assert.Equal(
            (1, false, 1, true),
            (density.Bins(2)[0].Count, density.Bins(2)[0].HasProblem, density.Bins(2)[1].Count, density.Bins(2)[1].HasProblem));
    }

    [Fact]
    public void A_strip_wider_than_the_log_shows_each_bin_in_neighbouring_cells()
    {
        var log = LogText.Index(Line(1, "a"), Line(2, "loop_stop"), Line(2, "b"));
        var density = EventDensity.Empty.Add(log, 0, 3);

        Assert.Equal([new(1, false), new(1, false), new(2, true), new(2, true)], density.Bins(4));
    }

    private static EventLog Log(IEnumerable<int> times) => LogText.Index(
        times.Select(static time => time % 7 == 0 ? """{"timestamp":"?","event":"a"}""" : Line(time, time % 5 == 0 ? "loop_stop" : "a")));

    private static string Line(int second, string name) =>
        $$"""{"timestamp":"{{DateTimeOffset.FromUnixTimeSeconds(Start + second):yyyy-MM-ddTHH:mm:ssZ}}","event":"{{name}}"}""";
}
