using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class EventTallyTests
{
    private static readonly string[] Names =
    [
        "loop_start", "iteration_start", "role_start", "role_end", "iteration_end", "loop_complete", "loop_stop", "rate_limit_stop",
        "no_progress_stop",
        "approval_requested", "approval_decision", "unheard_of", "(bad)", "(blank)",
    ];

    [Fact]
    public void Adding_in_any_batches_equals_adding_at_once() =>
        Gen.Select(Gen.Int[0, Names.Length - 1].List[0, 60], Gen.Int[0, 60].List[0, 8]).Sample(
            (names, cuts) =>
            {
                var log = Log(names.Select(static name => Names[name]));
                var atOnce = EventTally.Empty.Add(log, 0, log.Count);
                var inBatches = EventTally.Empty;
                foreach (var cut in cuts.Append(log.Count).Select(cut => Math.Min(cut, log.Count)).Order())
                {
                    inBatches = inBatches.Add(log, inBatches.Lines, cut);
                }

                Assert.Equal(atOnce, inBatches);
            },
            iter: 5000,
            threads: 1);

    [Fact]
    public void Without_the_lines_before_the_first_that_it_needs_a_tally_is_the_same() =>
        Gen.Int[0, Names.Length - 1].List[0, 200].Sample(
            names =>
            {
                string[] all = [.. names.Select(static name => Names[name]).Where(static name => name != "(bad)")];
                var whole = Tally(Log(all));
                var rest = Tally(Log(all.Select((name, line) => line + 1 < whole.FirstNeeded ? "(blank)" : name)));

                Assert.Equal(whole, rest);
            },
            iter: 3000,
            threads: 1);

    [Fact]
    public void What_a_tally_needs_begins_with_its_run_or_with_the_oldest_decision_that_counts()
    {
        Assert.Equal(1, Tally(Log([])).FirstNeeded);
        Assert.Equal(1, Tally(Log(["role_start", "role_end"])).FirstNeeded);
        Assert.Equal(3, Tally(Log(["loop_start", "loop_stop", "loop_start", "role_start"])).FirstNeeded);
        Assert.Equal(2, Tally(Log(["loop_start", "approval_requested", "loop_start", "role_start"])).FirstNeeded);
    }

    [Fact]
    public void The_newest_event_is_the_last_in_the_file_whatever_its_time()
    {
        var log = LogText.Index(
            """{"timestamp":"2026-11-22T19:00:09Z","event":"role_start"}""",
            """{"timestamp":"2026-11-22T19:00:01Z","event":"role_end"}""");

        Assert.Equal("role_end", Tally(log).Newest!.Name);
    }

    [Theory]
    [InlineData("loop_complete")]
    [InlineData("loop_stop")]
    [InlineData("rate_limit_stop")]
    [InlineData("no_progress_stop")]
    public void An_end_lasts_through_bookkeeping_and_is_over_with_new_work(string end)
    {
        Assert.Equal(end, Tally(Log(["loop_start", end])).End!.Name);
        Assert.Equal(end, Tally(Log(["loop_start", end, "auto_commit_done", "approval_decision", "(bad)"])).End!.Name);
        Assert.Null(Tally(Log(["loop_start", end, "loop_start"])).End);
        Assert.Null(Tally(Log(["loop_start", end, "iteration_start"])).End);
        Assert.Null(Tally(Log(["loop_start", end, "role_start"])).End);
    }

    [Theory]
    [InlineData("role_end")]
    [InlineData("iteration_end")]
    [InlineData("loop_stop")]
    [InlineData("loop_start")]
    public void A_role_is_at_work_until_something_ends_it(string end)
    {
        Assert.Equal("role_start", Tally(Log(["loop_start", "role_start", "tests_start"])).RoleAtWork!.Name);
        Assert.Null(Tally(Log(["loop_start", "role_start", end])).RoleAtWork);
    }

    [Fact]
    public void A_new_run_forgets_the_iteration_of_the_one_before()
    {
        Assert.Equal(2, Tally(Log(["loop_start", "iteration_start"])).IterationStart!.Line);
        Assert.Null(Tally(Log(["loop_start", "iteration_start", "loop_start"])).IterationStart);
    }

    [Theory]
    [InlineData("15", 15)]
    [InlineData("\"15\"", 15)]
    [InlineData("0", null)]
    [InlineData("-3", null)]
    [InlineData("\"many\"", null)]
    [InlineData("99999999999", null)]
    public void The_most_iterations_are_known_where_the_start_says_a_number(string max, int? expected) =>
        Assert.Equal(expected, Tally(LogText.Index(
            $$"""{"timestamp":"2026-11-22T19:00:01Z","event":"loop_start","data":{"max_iterations":{{max}} } }""")).MaxIterations);

    [Fact]
    public void Invalid_lines_are_counted_with_the_first_of_them_and_blank_ones_are_not()
    {
        var tally = Tally(Log(["loop_start", "(blank)", "(bad)", "role_start", "(bad)"]));

        Assert.Equal((5, 2, 3, "role_start"), (tally.Lines, tally.InvalidLines, tally.FirstInvalidLine, tally.Newest!.Name));
    }

    private static EventTally Tally(EventLog log) => EventTally.Empty.Add(log, 0, log.Count);

    private static EventLog Log(IEnumerable<string> names) => LogText.Index(names.Select(static (name, at) => name switch
    {
        "(bad)" => "{",
        "(blank)" => "",
        _ =>
            $$"""{"timestamp":"2026-11-22T19:00:{{at % 60:00}}Z","event":"{{name}}","run_id":"r{{at / 20}}","iteration":{{at}},"data":{"reason":"why{{at}}"} }""",
    }));
}
