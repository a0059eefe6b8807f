using OpsManager.Core.Rules.Rollout;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Rollout;

/// <summary>A cancel writes no record of its own: what contradicts that it took effect, and what does not.</summary>
public sealed class ConfirmedCancelTests
{
    private readonly WatchedRepo repo = new WatchedRepo().State(State(true)).Events(Event("loop_start"));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)] // one second before the row: the clocks of two processes are not the same
    [InlineData(12, false)]
    public void A_claim_of_before_the_row_contradicts_a_cancel_of_another_manager(double claimed, bool isContradicted)
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, claimed)).Process(alive: true).Intent("cancel", 12);

        Assert.Equal(isContradicted, repo.Settled() is not null);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void A_claim_of_before_it_was_planned_contradicts_a_cancel_of_ours(double claimed, bool isContradicted)
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, claimed)).Process(alive: true).Started("cancel", events: 1).Intent("cancel", 1000);

        Assert.Equal(isContradicted, repo.Settled() is not null);
    }

    [Theory]
    [InlineData(27, false)] // the runtime waits fifteen seconds before it uses force
    [InlineData(28, true)]
    public void A_run_that_is_being_stopped_may_write_for_a_while(double work, bool isContradicted)
    {
        repo.Events(Event("role_start", work)).Intent("cancel", 12);

        Assert.Equal(isContradicted, repo.Settled() is not null);
    }

    [Theory]
    [InlineData(Loop, 1, true)] // the row is much younger than the work: what counts is when it was sent
    [InlineData("other", 1, false)] // it was meant for the process of another loop
    [InlineData(Loop, 0, false)] // the run has started since
    [InlineData(Loop, 2, false)] // the work was in the log then, whatever the clocks say
    public void Of_a_cancel_of_ours_the_lines_of_the_log_say_what_is_of_the_cancelled_run(string pidLoop, int events, bool isContradicted)
    {
        repo.Events(Event("role_start", 40)).Started("cancel", events, pidLoop: pidLoop).Intent("cancel", 1000);

        Assert.Equal(isContradicted, repo.Settled() is not null);
    }

    [Fact]
    public void The_role_at_work_is_named_before_the_iteration_that_it_is_in()
    {
        repo.Events(Event("iteration_start", 5), Event("role_start", 40)).Intent("cancel", 12);

        Assert.Equal($"role_start at {Time(40)}", repo.Settled()!.Evidence[^1].Fact);
    }

    [Fact]
    public void An_iteration_that_starts_is_work_as_well()
    {
        repo.Events(Event("iteration_start", 40)).Intent("cancel", 12);

        Assert.Equal($"iteration_start at {Time(40)}", repo.Settled()!.Evidence[^1].Fact);
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(12, false)] // the runtime writes whole seconds: it may have started after it
    public void A_run_that_started_in_the_second_of_the_row_may_be_another_one(double start, bool isContradicted)
    {
        repo.Events(Event("loop_start", start, run: start), Event("role_start", 40, run: start)).Intent("cancel", 12);

        Assert.Equal(isContradicted, repo.Settled() is not null);
    }

    [Fact]
    public void The_row_is_named_by_its_number_among_all()
    {
        Contradicted();

        Assert.StartsWith("intents.jsonl says in row 2 that cancel by ada is confirmed, ", repo.Settled()!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_not_read_to_their_end_say_nothing_of_the_newest_cancel()
    {
        Contradicted();
        Assert.NotNull(repo.Settled());

        Assert.Null(RollbackRule.Find(
            repo.Repo, repo.Loop with { Intents = repo.Loop.Intents with { HasMore = true } }, repo.Loop.Cases, repo.Loop.Audit,
            RollbackLimits.Default));
    }

    private void Contradicted() => repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 5)).Process(alive: true)
        .Intent("approve", 6, status: "ambiguous")
        .Intent("cancel", 12, "two");
}
