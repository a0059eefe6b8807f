using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>
/// Which run a cancel explains, and until when (docs/contract.md, "Assessment"). The run starts at 19:00:00Z, the cancel is sent ten
/// seconds later.
/// </summary>
public sealed class CancelReachTests
{
    private const string Reason = "cancelled by builder at 19:00:11Z";
    private const string Removed = "state.json and active-run.json were removed and no event ended the run: cancelled";
    private const string Other = "search-index";

    private readonly WatchedRepo repo = new();

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    [Fact]
    public void It_is_dated_by_the_end_of_its_command_and_not_by_its_confirmation()
    {
        AtWork();
        new CancelRows().Carry(repo, executed: 11, told: 14);

        Assert.Equal((Reason, WatchedRepo.Start.AddSeconds(11)), (Ruling.Reason, Ruling.Since));
    }

    [Fact]
    public void While_its_result_is_not_known_the_run_is_not_called_cancelled()
    {
        AtWork();
        new CancelRows().Started(repo.Wait(10), 10);
        Stop();

        Assert.Equal(
            (Lifecycle.Stopped, Confidence.Medium, "process 4711 has exited while a cancel by builder is being carried out"),
            (Ruling.Lifecycle, Ruling.Confidence, Ruling.Reason));
    }

    [Theory]
    [InlineData(30, 45)]
    [InlineData(60, 75)]
    [InlineData(null, 45)]
    public void Without_an_outcome_it_holds_for_its_time_limit_and_fifteen_seconds(int? timeout, double seconds)
    {
        AtWork();
        new CancelRows(Timeout: timeout).Started(repo.Wait(10), 10);
        repo.Process(alive: false);

        repo.Wait(seconds);
        Assert.Equal(Lifecycle.Stopped, Ruling.Lifecycle);
        repo.Wait(1);
        Assert.Equal(Lifecycle.Failed, Ruling.Lifecycle);
    }

    [Fact]
    public void A_process_that_is_still_there_is_running_whatever_the_cancel_reported()
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        repo.Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        rows.Executed(repo, 11);
        rows.Told(repo.Wait(1), 11);

        Assert.Equal("process 4711 is still running this loop, but active-run.json is missing", Ruling.Reason);
    }

    [Fact]
    public void The_newest_of_two_that_hit_one_run_is_named()
    {
        AtWork();
        var first = new CancelRows();
        first.Started(repo.Wait(10), 10);
        repo.Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        first.Executed(repo, 11);
        first.Told(repo, 11);
        repo.Look();

        // The first one has left state.json.
        new CancelRows(Hit: null, Pid: null, By: "ada", Key: "key-2").Carry(repo, executed: 21, told: 21, started: 20);

        Assert.Equal("cancelled by ada at 19:00:21Z", Ruling.Reason);
    }

    [Theory]
    [InlineData(Loop, Other)]
    [InlineData(Other, Loop)]
    public void The_newest_is_named_whichever_loop_it_was_asked_for(string earlier, string later)
    {
        AtWork().Put(ArtifactPaths.Events(Other), Event("loop_start") + Event("loop_complete", 2));
        var first = new CancelRows(Asked: earlier);
        var second = new CancelRows(Asked: later, By: "ada", Key: "key-2");
        first.Started(repo.Wait(10), 10);
        second.Started(repo, 11);
        Stop();
        first.Executed(repo, 12);
        second.Executed(repo, 12);
        first.Told(repo, 12);
        second.Told(repo.Wait(1), 12);

        Assert.Equal("cancelled by ada at 19:00:12Z", Ruling.Reason);
    }

    [Fact]
    public void One_that_found_neither_a_process_nor_an_active_state_has_stopped_nothing()
    {
        Idle();
        new CancelRows(Hit: null, Pid: null, Events: 2, WasActive: false).Carry(repo);

        Assert.Equal(Lifecycle.Idle, Ruling.Lifecycle);
    }

    [Fact]
    public void One_that_cleared_what_a_crash_had_left_of_another_loop_has_stopped_only_that()
    {
        Idle();
        repo.Put(ArtifactPaths.Events(Other), Event("loop_start", 8, run: 8)).State(State(true, 8, Other)).Wait(9).Look();
        new CancelRows(Asked: Other, Hit: null, Pid: null, Events: 1).Carry(repo);

        Assert.Equal(Lifecycle.Idle, Ruling.Lifecycle);
        Assert.Equal(Reason, repo.Fleet.Loop(WatchedRepo.Path, Other)!.Verdict.Ruling.Reason);
    }

    // What was over before.

    [Fact]
    public void A_run_that_was_idle_and_logs_its_end_after_the_files_are_gone_is_what_that_says()
    {
        Idle();
        repo.Wait(5).Remove(ArtifactPaths.State).Look();
        Assert.Equal(Lifecycle.Idle, repo.Loop.Verdict.Lifecycle);

        repo.Events(Event("loop_complete", 11));
        Assert.Equal("loop_complete ended the run", Ruling.Reason);
    }

    [Fact]
    public void A_loop_that_was_idle_and_is_active_again_is_running()
    {
        Idle();

        repo.Wait(60).State(State(true, 60));
        Assert.Equal(Lifecycle.Running, Ruling.Lifecycle);
    }

    [Fact]
    public void That_an_earlier_run_was_idle_says_nothing_of_a_later_one_that_was_cancelled()
    {
        Idle();

        repo.Wait(60).Events(Event("loop_start", 60, run: 60)).Remove(ArtifactPaths.State);
        Assert.Equal((Lifecycle.Stopped, Removed), (Ruling.Lifecycle, Ruling.Reason));
    }

    private WatchedRepo AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start"), Event("iteration_start", 1), Event("role_start", 2, role: "planner"));
        repo.Look();
        return repo;
    }

    private void Idle()
    {
        repo.State(State(false, 6)).Summary(Summary((0, 1, false))).Events(Event("loop_start"), Event("iteration_end", 5)).Look();
        Assert.Equal(Lifecycle.Idle, repo.Loop.Verdict.Lifecycle);
    }

    private void Stop() => repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
}
