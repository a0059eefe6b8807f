using OpsManager.Core.Compare;
using Xunit;
using static OpsManager.Core.Tests.Compare.RunText;

namespace OpsManager.Core.Tests.Compare;

public sealed class RunLogTests
{
    [Fact]
    public void Lines_are_of_the_run_that_they_name_whatever_is_between()
    {
        var runs = Runs(
            RuntimeText.Event("loop_start"), RuntimeText.Event("approval_requested"), RuntimeText.Event("loop_start", 60, run: 60),
            RuntimeText.Event("approval_consumed", 60), RuntimeText.Event("loop_complete", 61));

        Assert.Equal([4, 1], runs.Select(static run => run.Steps.Count));
        Assert.Equal(["complete", "no event ended it"], runs.Select(static run => run.End));
    }

    [Theory]
    [InlineData("loop_stop", """{"reason":"max_iterations"}""", "stopped: max iterations")]
    [InlineData("loop_stop", "{}", "stopped")]
    [InlineData("rate_limit_stop", "{}", "stopped: rate limit")]
    [InlineData("no_progress_stop", "{}", "stopped: no progress")]
    [InlineData("loop_complete", "{}", "complete")]
    [InlineData("role_start", "{}", "no event ended it")]
    public void How_a_run_ended_is_told_by_its_last_event(string name, string data, string end) =>
        Assert.Equal(end, Run(RuntimeText.Event("loop_start"), RuntimeText.Event(name, data: data)).End);

    [Fact]
    public void A_start_without_an_id_begins_a_run()
    {
        const string Start = """{"timestamp":"2026-11-22T10:00:00Z","event":"loop_start"}""";

        var runs = Runs(Start, """{"timestamp":"2026-11-22T10:00:01Z","event":"role_start"}""", Start);

        Assert.Equal([2, 1], runs.Select(static run => run.Steps.Count));
    }

    [Fact]
    public void An_invalid_line_is_a_step_and_a_blank_one_is_none() =>
        Assert.Equal(
            ["loop_start", "(invalid line)"],
            Run(RuntimeText.Event("loop_start"), "", "{nonsense").Steps.Select(static step => step.Name));

    [Theory]
    [InlineData("""{"exit_code":3.0}""", "exit_code", "3")]
    [InlineData("""{"details":{"ok":false}}""", "ok", "false")]
    [InlineData("""{"status":"error"}""", "status", "error")]
    [InlineData("""{"attempts":NaN,"reason":"\ud800 half"}""", "reason", "\ufffd half")]
    public void What_an_event_says_of_its_end_is_kept(string data, string name, string value) =>
        Assert.Equal(new StepField(name, value), Assert.Single(Run(RuntimeText.Event("x_end", data: data)).Steps[0].Fields));

    [Theory]
    [InlineData("""{"log_file":"/tmp/a","started_at":"2026-11-22T10:00:00Z","prompt":"do it","queued_children":3}""")]
    [InlineData("""{"details":{"details":{"ok":true}},"list":[{"ok":true}]}""")]
    public void Paths_times_texts_and_what_is_deeper_are_not_kept(string data) =>
        Assert.Empty(Run(RuntimeText.Event("x_end", data: data)).Steps[0].Fields);

    [Fact]
    public void The_status_of_an_event_counts_before_that_of_its_data() =>
        Assert.Equal(
            [new StepField("status", "failed")],
            Run(RuntimeText.Event("x_end", status: "failed", data: """{"status":"ok"}""")).Steps[0].Fields);
}
