using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class ProblemsTests
{
    [Theory]
    [InlineData("loop_stop", null, true)]
    [InlineData("rate_limit_stop", null, true)]
    [InlineData("no_progress_stop", null, true)]
    [InlineData("role_timeout", null, true)]
    [InlineData("usage_limit_blocked", null, true)]
    [InlineData("approval_rejected", null, true)]
    [InlineData("delegation_recon_violation", null, true)]
    [InlineData("role_end", "error", true)]
    [InlineData("role_end", "timeout", true)]
    [InlineData("role_end", "blocked", true)]
    [InlineData("role_end", "failed", true)]
    [InlineData("role_end", "rate_limited", true)]
    [InlineData("approval_decision", "rejected", true)]
    [InlineData("approval_decision", "approved", false)]
    [InlineData("role_end", "ok", false)]
    [InlineData("loop_complete", null, false)]
    [InlineData("error", null, false)]
    [InlineData("violation", null, false)]
    public void A_problem_is_told_by_name_or_status(string name, string? status, bool expected)
    {
        var log = LogText.Index(
            Line(name, status is null ? "" : $",\"status\":\"{status}\""),
            Line(name, status is null ? "" : $",\"data\":{{\"status\":\"{status}\"}}"));

        Assert.Equal((expected, expected), (Problems.IsProblem(log[0], log.Words), Problems.IsProblem(log[1], log.Words)));
    }

    [Fact]
    public void A_line_that_is_no_event_is_a_problem_and_a_blank_one_is_not()
    {
        var log = LogText.Index("oops", "");

        Assert.Equal((true, false), (Problems.IsProblem(log[0], log.Words), Problems.IsProblem(log[1], log.Words)));
    }

    [Fact]
    public void The_next_and_the_previous_problem_are_found()
    {
        var log = LogText.Index(Line("a"), Line("loop_stop"), Line("b"), "oops", Line("c"));

        Assert.Equal([1, 1, 3, 3, -1, -1], Enumerable.Range(0, 6).Select(from => Problems.Next(log, from, log.Count)));
        Assert.Equal([-1, 1, 1, 3, 3, 3], Enumerable.Range(0, 6).Select(from => Problems.Previous(log, from, log.Count)));
        Assert.Equal((-1, 1), (Problems.Next(log, 2, 3), Problems.Previous(log, 4, 3)));
    }

    [Fact]
    public void Words_beyond_the_first_hundreds_are_known_too()
    {
        var log = LogText.Index(Enumerable.Range(0, 1000).Select(static at => Line($"n{at}_violation")).Append(Line("x")));

        Assert.All(Enumerable.Range(0, 1000), row => Assert.True(Problems.IsProblem(log[row], log.Words)));
        Assert.False(Problems.IsProblem(log[1000], log.Words));
    }

    private static string Line(string name, string more = "") => $$"""{"timestamp":"2026-11-22T19:00:00Z","event":"{{name}}"{{more}}}""";
}
