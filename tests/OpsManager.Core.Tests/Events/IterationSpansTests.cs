using OpsManager.Core.Events;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Events;

public sealed class IterationSpansTests
{
    [Fact]
    public void A_run_is_told_by_iterations_with_roles_and_gates()
    {
        var spans = Of(
            Event("loop_start", 0), Event("iteration_start", 1), Event("role_start", 2, role: "planner"),
            Event("role_end", 5, role: "planner", status: "ok"),
            Event("checklist_start", 5), Event("checklist_end", 6, data: """{"status":"ok"}"""), Event("tests_start", 6),
            Event("tests_end", 7, data: """{"status":"failed"}"""),
            Event("tests_rerun_start", 7), Event("tests_rerun_end", 9, data: """{"status":"ok"}"""), Event("gates_evaluated", 9),
            Event("iteration_end", 10),
            Event("iteration_start", 11, iteration: 2), Event("role_start", 12, iteration: 2, role: "planner"));

        Assert.Equal((Time(0), false), (spans.RunId, spans.IsCut));
        Assert.Equal(["1 1-10 @2", "2 11- @13"], spans.Iterations.Select(Said));
        Assert.Equal(
            ["Role planner 2-5 ok @3", "Gate checklist 5-6 ok @5", "Gate tests 6-7 failed @7", "Gate tests_rerun 7-9 ok @9"],
            spans.Iterations[0].Spans.Select(Said));
        Assert.Equal(["Role planner 12-  @14"], spans.Iterations[1].Spans.Select(Said));
    }

    [Fact]
    public void Only_the_newest_run_that_began_an_iteration_is_told()
    {
        string[] lines =
        [
            Event("loop_start", 0), Event("iteration_start", 1), Event("iteration_end", 2), Event("loop_start", 10, run: 10),
            Event("iteration_start", 11, run: 10),
            Event("approval_decision", 12), Event("loop_complete", 13), Event("iteration_end", 14, run: 10),
        ];

        Assert.Equal(["1 11-14 @5"], Of(lines).Iterations.Select(Said));
        Assert.Equal(["1 1-2 @2"], Of(lines[..4]).Iterations.Select(Said));
    }

    [Fact]
    public void What_did_not_end_ends_with_what_it_belongs_to()
    {
        var stopped = Of(
            Event("loop_start", 0), Event("iteration_start", 1), Event("role_start", 2, role: "planner"), Event("loop_stop", 5));
        Assert.Equal(["1 1-5 @2"], stopped.Iterations.Select(Said));
        Assert.Equal(["Role planner 2-5  @3"], stopped.Iterations[0].Spans.Select(Said));

        var followed = Of(Event("iteration_start", 1), Event("tests_start", 2), Event("iteration_start", 7, iteration: 2));
        Assert.Equal(["1 1-7 @1", "2 7- @3"], followed.Iterations.Select(Said));
        Assert.Equal(["Gate tests 2-7  @2"], followed.Iterations[0].Spans.Select(Said));
    }

    [Fact]
    public void A_run_that_began_before_what_is_looked_at_is_cut_and_an_end_without_a_start_is_told()
    {
        string[] lines =
        [
            Event("loop_start", 0), Event("iteration_start", 1), Event("role_start", 2, role: "planner"),
            Event("role_end", 3, role: "planner"), Event("iteration_end", 4),
            Event("iteration_start", 5, iteration: 2),
        ];
        var cut = IterationSpans.From(Log(lines), lines.Length, maxRows: 3);

        Assert.True(cut.IsCut);
        Assert.Equal(["1 -4 @4", "2 5- @6"], cut.Iterations.Select(Said));
        Assert.Equal(["Role planner -3  @4"], cut.Iterations[0].Spans.Select(Said));
        Assert.True(
            IterationSpans.From(Log(lines[..2].Append("oops").Append("oops")), 4, maxRows: 2) is { IsCut: true, Iterations.Count: 0 });
        Assert.False(Of(lines[1..]).IsCut);
    }

    [Fact]
    public void A_run_that_was_taken_up_again_is_one_run() => Assert.Equal(
        ["1 1-3 @2", "1 11- @5"],
        Of(
            Event("loop_start", 0), Event("iteration_start", 1), Event("rate_limit_stop", 3), Event("loop_start", 10),
            Event("iteration_start", 11)).Iterations.Select(Said));

    [Fact]
    public void Delegations_are_no_gates_and_rows_of_nothing_are_nothing()
    {
        Assert.Empty(Of(
            Event("iteration_start", 1), Event("delegation_wave_start", 2), Event("delegation_wave_end", 3), "oops\n",
            "\n").Iterations[0].Spans);
        Assert.Equal(IterationSpans.None, Of());
        Assert.Empty(Of(Event("loop_start")).Iterations);
    }

    [Fact]
    public void Very_many_starts_without_ends_are_no_trouble()
    {
        var lines = Enumerable
            .Range(0, 10_000)
            .Select(static at => Event(at % 2 == 0 ? "role_start" : "role_end", 1, role: at % 4 < 2 ? "a" : $"b{at % 600}"));
        var log = Log(lines.Prepend(Event("iteration_start", 1)));

        Assert.Single(IterationSpans.From(log, log.Count).Iterations);
    }

    [Theory]
    [InlineData("completes", 2)]
    [InlineData("two-loops", 1)]
    public void A_recorded_run_is_told(string tape, int atLeast)
    {
        var loop = PlayedTape.AtMarks(tape).Last().Loop;
        var spans = IterationSpans.From(loop.Log!, loop.Tally.Lines);

        Assert.True(spans.Iterations.Count >= atLeast);
        Assert.All(spans.Iterations, static iteration => Assert.Contains(iteration.Spans, static span => span.Kind == WorkKind.Role));
    }

    [Theory]
    [InlineData("role_start", "role_end", 3)]
    [InlineData("tests_rerun_start", "tests_rerun_end", 3)]
    [InlineData("iteration_start", "iteration_end", 3)]
    [InlineData("role_start", "tests_end", null)]
    [InlineData("delegation_child_start", "delegation_child_end", null)]
    [InlineData("role_end", "role_start", null)]
    public void An_end_lasts_since_its_start(string start, string end, int? seconds)
    {
        var log = Log([Event(start, 1, role: "a"), Event("other", 2), Event(end, 4, role: "a")]);

        Assert.Equal(seconds, (int?)Durations.From(log, 2)?.TotalSeconds);
    }

    [Fact]
    public void A_start_of_another_role_iteration_or_run_or_one_that_has_ended_is_not_its_start()
    {
        var log = Log([
            Event("role_start", 1, role: "b"), Event("role_start", 1, role: "a", iteration: 2), Event("role_start", 1, run: 1, role: "a"),
            Event("role_end", 4, role: "a"),
            Event("role_start", 5, role: "a"), Event("role_end", 6, role: "a"), Event("role_end", 7, role: "a"), Event("tests_start", 9),
            Event("tests_end", 8),
        ]);

        Assert.Equal([null, 1, null, null], new[] { 3, 5, 6, 8 }.Select(row => Durations.From(log, row)?.TotalSeconds));
        Assert.Null(Durations.From(log, 5, maxBack: 0));
    }

    private static IterationSpans Of(params string[] lines) => IterationSpans.From(Log(lines), lines.Length);

    private static EventLog Log(IEnumerable<string> lines) => LogText.Index(lines.Select(static line => line.TrimEnd('\n')));

    private static string Said(IterationSpan one)
    {
        Assert.Equal(one.IsOpen, one.End is null);
        return $"{one.Number} {At(one.Start)}-{At(one.End)} @{one.FirstLine}";
    }

    private static string Said(WorkSpan one)
    {
        Assert.Equal(one.IsOpen, one.End is null);
        return $"{one.Kind} {one.Name} {At(one.Start)}-{At(one.End)} {one.Status} @{one.FirstLine}";
    }

    private static string At(DateTimeOffset? time) => time is { } at ? $"{(at - WatchedRepo.Start).TotalSeconds}" : "";
}
