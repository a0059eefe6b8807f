using System.Collections.Immutable;
using OpsManager.Core.Facts;
using OpsManager.Core.Model;
using OpsManager.Tests.Tui.Session;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Terminal.Colour;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

public sealed class RunTextTests
{
    [Fact]
    public void A_new_run_says_nothing_of_an_iteration_before_its_first()
    {
        using var screen = ScreenDriver.At(120, 40, ColorDepth.True, ("rerun-after-complete", 9));
        screen.Expect("iter 1/");

        // The process claims the loop, then the run starts; its first iteration comes with the next line.
        foreach (var seconds in new[] { 13, 14.3 })
        {
            screen.Advance("rerun-after-complete", seconds).ExpectNot("iter 1/");
            Assert.Matches(@"> checkout-flow +running +\d", screen.Text);
        }

        screen.Advance("rerun-after-complete", 14.9).Expect("iter 1/");
        Assert.Matches(@"> checkout-flow +planner 1/\d", screen.Text);
    }

    [Fact]
    public void The_cost_of_today_is_that_of_all_rows_and_not_only_of_those_that_are_kept()
    {
        var now = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var loop = new LoopModel("/srv/app", "checkout-flow")
        {
            UsageTotals = UsageTotals.None with
            {
                Days = ImmutableSortedDictionary<DateOnly, UsageSum>.Empty.Add(day, UsageSum.None with { Cost = 1.5m })
                    .Add(day.AddDays(-1), UsageSum.None with { Cost = 9m }),
            },
        };

        Assert.Equal("$1.50", RunText.CostToday(new Watched { Clock = now }, new RepoModel("/srv/app"), loop));
    }
}
