using OpsManager.Contract.Artifacts;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Tui.Detail;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Detail;

/// <summary>What runs, days and accepted iterations took, also where little or nothing was recorded.</summary>
public sealed class UsageTabTests
{
    private static readonly DateTimeOffset Now = WatchedRepo.Start;

    [Fact]
    public void Without_rows_it_says_that_nothing_is_recorded() => Assert.Contains("not recorded", Text([]), StringComparison.Ordinal);

    [Fact]
    public void Today_and_the_days_before_have_rows_of_their_own()
    {
        var text = Text([Row(-48, 2m), Row(-1, 1m), Row(0, 0.5m)]);

        Assert.Contains("all runs", text, StringComparison.Ordinal);
        Assert.Contains("$3.50", text, StringComparison.Ordinal);
        Assert.Contains(Now.AddHours(-48).UtcDateTime.ToString("yyyy-MM-dd", null), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_without_rows_is_not_recorded_and_a_cost_that_nobody_wrote_is_no_zero()
    {
        var text = Text([Row(-48, null)]);

        Assert.Matches(@"today +not recorded", text);
        Assert.DoesNotContain("$", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "no iteration was accepted yet")]
    [InlineData(1, "divided by 1 accepted iteration")]
    [InlineData(2, "divided by 2 accepted iterations")]
    public void The_cost_of_an_accepted_iteration_is_that_of_all_runs_by_their_number(int accepted, string note)
    {
        var text = Text([Row(-2, 3m), Row(-1, 1m)], [.. Enumerable.Repeat("loop_complete", accepted)]);

        Assert.Contains(note, text, StringComparison.Ordinal);
        Assert.Equal(accepted > 0, text.Contains("per accepted  ", StringComparison.Ordinal));
        Assert.True(accepted != 2 || text.Contains("$2.00", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_whole_log_accepted_iterations_are_not_known() =>
        Assert.Contains("accepted iterations are not known", Text([Row(0, 1m)], isTail: true), StringComparison.Ordinal);

    private static UsageEntry Row(int hours, decimal? cost) =>
        new(Now.AddHours(hours), 1, "planner", 1000, "claude", "m-1", cost, 10, 20, 30);

    private static string Text(UsageEntry[] rows, string[]? events = null, bool isTail = false)
    {
        var log = isTail
            ? new EventLog(isTail: true)
            : LogText.Index((events ?? []).Select(static (name, at) => RuntimeText.Event(name, at).TrimEnd('\n')));
        var reading = new RowReading<UsageEntry>(ArtifactCondition.Present) { Rows = rows, Count = rows.Length };
        var loop = new LoopModel("/srv/app", "checkout-flow") { Log = log, Tally = EventTally.Empty.Add(log, 0, log.Count) };
        loop = loop with { Usage = loop.Usage.With(reading), UsageTotals = loop.UsageTotals.With(reading) };
        var shown = UsageTab.Rows(new Watched { Clock = Now }, new RepoModel("/srv/app"), loop, 80);
        return string.Join('\n', shown.Select(static row => string.Concat(row.Spans.Select(static span => span.Text))));
    }
}
