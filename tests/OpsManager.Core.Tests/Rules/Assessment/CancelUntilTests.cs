using OpsManager.Contract;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>
/// What ends the explanation by a cancel: a new run, or an end of its own (docs/contract.md, "Assessment"). The run starts at 19:00:00Z,
/// the cancel is sent ten seconds later.
/// </summary>
public sealed class CancelUntilTests
{
    private const string Reason = "cancelled by builder at 19:00:11Z";
    private const string Removed = "state.json and active-run.json were removed and no event ended the run: cancelled";
    private const string Other = "search-index";

    private readonly WatchedRepo repo = new();

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    [Fact]
    public void A_state_that_is_active_again_ends_it_before_anything_is_logged()
    {
        repo.State(State(true)).Events(Event("loop_start"), Event("iteration_start", 1), Event("role_start", 2)).Look();
        new CancelRows(Hit: null, Pid: null).Carry(repo);
        Assert.Equal(Reason, Ruling.Reason);

        repo.Wait(60).State(State(true, 70));
        Assert.Equal(Lifecycle.Running, Ruling.Lifecycle);
    }

    [Theory]
    [InlineData("loop_start")]
    [InlineData("iteration_start")]
    [InlineData("role_start")]
    public void Any_work_that_is_logged_since_ends_it(string work)
    {
        AtWork();
        new CancelRows().Carry(repo);
        Assert.Equal(Reason, Ruling.Reason);

        repo.Wait(9).Events(Event(work, 20, run: 20));
        Assert.Equal(Removed, Ruling.Reason);
    }

    [Theory]
    [InlineData(WatchedRepo.Pid, 70)]
    [InlineData(5000, 70)]
    [InlineData(5000, 11)]
    [InlineData(5000, 10)]
    public void A_new_run_that_claims_the_loop_ends_it_even_if_it_logs_nothing(int pid, double at)
    {
        AtWork();
        new CancelRows().Carry(repo);
        repo.Wait(60).ActiveRun(ActiveRun(pid, at)).Process(alive: true, pid: pid).Look();
        repo.Wait(1).Process(alive: false, pid: pid).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal(Removed, Ruling.Reason);
    }

    [Fact]
    public void A_claim_that_the_run_writes_again_in_its_last_second_is_of_no_new_run()
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 11)).Look();
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal(Reason, Ruling.Reason);
    }

    [Fact]
    public void What_the_run_logs_in_the_second_in_which_it_is_stopped_is_no_new_run()
    {
        AtWork();
        new CancelRows().Carry(repo);
        repo.Events(Event("role_start", 11));

        Assert.Equal(Reason, Ruling.Reason);
    }

    [Fact]
    public void What_the_run_logs_while_the_command_runs_is_no_new_run()
    {
        AtWork();
        new CancelRows().Carry(repo, executed: 30, told: 40);
        repo.Events(Event("role_start", 28));

        Assert.Equal("cancelled by builder at 19:00:30Z", Ruling.Reason);
    }

    [Fact]
    public void What_was_logged_before_it_is_no_new_run_whatever_time_it_has()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start"), Event("iteration_start", 1), Event("role_start", 50)).Look();
        new CancelRows().Carry(repo);

        Assert.Equal(Reason, Ruling.Reason);
    }

    [Fact]
    public void An_end_that_was_logged_since_counts_whatever_time_it_has()
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        repo.Events(Event("loop_complete", 5));
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal("loop_complete ended the run", Ruling.Reason);
    }

    // The lines that were counted are those of the loop that it was asked for.

    [Fact]
    public void Of_another_loop_work_that_is_dated_since_ends_it()
    {
        AtWork().Put(ArtifactPaths.Events(Other), Event("loop_start") + Event("loop_complete", 2));
        new CancelRows(Asked: Other, Events: 9).Carry(repo);
        Assert.Equal(Reason, Ruling.Reason);

        repo.Wait(9).Events(Event("loop_start", 20, run: 20));
        Assert.Equal(Removed, Ruling.Reason);
    }

    [Fact]
    public void Of_another_loop_an_end_that_is_dated_since_is_what_it_says()
    {
        AtWork().Put(ArtifactPaths.Events(Other), Event("loop_start") + Event("loop_complete", 2));
        var rows = new CancelRows(Asked: Other, Events: 9);
        rows.Started(repo.Wait(10), 10);
        repo.Events(Event("loop_complete", 10));
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal("loop_complete ended the run", Ruling.Reason);
    }

    private WatchedRepo AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start"), Event("iteration_start", 1), Event("role_start", 2, role: "planner"));
        repo.Look();
        return repo;
    }

    private void Stop() => repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
}
