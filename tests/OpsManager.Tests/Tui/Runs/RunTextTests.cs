using System.Collections.Immutable;
using OpsManager.Core.Facts;
using OpsManager.Core.Model;
using OpsManager.Tui.Runs;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Runs;

public sealed class RunTextTests
{
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
