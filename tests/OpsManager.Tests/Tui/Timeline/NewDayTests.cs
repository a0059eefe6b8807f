using System.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Tui.Timeline;
using OpsManager.Tui.Watch;
using Xunit;

namespace OpsManager.Tests.Tui.Timeline;

/// <summary>Times in a timeline have no day, so the first row of another day says which one it is.</summary>
public sealed class NewDayTests
{
    private const int Hour = 3600;

    /// <summary>Seconds since 19:00 of 22 November.</summary>
    private static readonly int[] Times = [0, 1, 5 * Hour, (5 * Hour) + 1, 30 * Hour, 1];

    [Fact]
    public void The_first_row_of_another_day_names_it_also_where_the_clock_went_back() =>
        Assert.Equal([null, null, "2026-11-23", null, "2026-11-24", "2026-11-22"], Days(new TimelineState()));

    [Fact]
    public void Where_times_have_their_date_no_row_names_a_day_beside_it() =>
        Assert.All(
            Rows(new TimelineState { Times = TimeFormat.Date }),
            static row => Assert.DoesNotContain("── ", row, StringComparison.Ordinal));

    private static string?[] Days(TimelineState state) =>
        [
            .. Rows(state).Select(
                static row => row.IndexOf("2026-", StringComparison.Ordinal) is >= 0 and var at ? row.Substring(at, 10) : null),
        ];

    private static string[] Rows(TimelineState state)
    {
        string[] texts = [.. Times.Select(static second => RuntimeText.Event("note", second).TrimEnd('\n'))];
        var log = LogText.Index(texts);
        var loop = new LoopModel("/srv/app", "checkout-flow") { Log = log, Tally = EventTally.Empty.Add(log, 0, log.Count) };
        var lines = new TimelineLines(new Watched(), state, TimelineRows.All(loop), 120);
        return
        [
            .. texts.Select((text, row) => string.Concat(
                lines.Of(EventLines.From(log, row, Encoding.UTF8.GetBytes(text)), row, row).Spans.Select(static span => span.Text))),
        ];
    }
}
