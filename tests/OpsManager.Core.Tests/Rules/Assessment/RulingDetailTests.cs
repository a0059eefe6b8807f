using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>
/// Since when a lifecycle holds, how sure it is, and the seconds that decide it (docs/contract.md, "Assessment").
/// </summary>
public sealed class RulingDetailTests
{
    private const string Command = $"bash superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}";

    private readonly WatchedRepo repo = new();

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    // Since when.

    [Fact]
    public void A_run_that_has_logged_nothing_yet_is_running_since_its_claim_and_then_since_its_start()
    {
        repo.Events(Event("loop_start"), Event("loop_stop", 5)).State(State(false, 5)).Wait(60);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true);
        Assert.Equal((Lifecycle.Running, WatchedRepo.Start.AddSeconds(60)), (Ruling.Lifecycle, Ruling.Since));

        repo.Wait(2).Events(Event("loop_start", 62, run: 62));
        Assert.Equal((Lifecycle.Running, WatchedRepo.Start.AddSeconds(62)), (Ruling.Lifecycle, Ruling.Since));
    }

    [Theory]
    [InlineData(7, Loop, 7)]
    [InlineData(2, Loop, 4)]
    [InlineData(7, "other", 4)]
    public void A_run_that_was_never_seen_at_work_has_failed_since_the_newest_sign_of_its_work(double written, string of, double since)
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).State(State(true, written, of)).Events(Event("loop_start"), Event("role_start", 4))
            .Wait(60).Process(alive: false);

        Assert.Equal((Lifecycle.Failed, WatchedRepo.Start.AddSeconds(since)), (Ruling.Lifecycle, Ruling.Since));
    }

    [Fact]
    public void A_run_that_died_before_it_wrote_anything_has_failed_since_its_claim()
    {
        repo.Events(Event("loop_start"), Event("loop_stop", 5)).State(State(false, 5))
            .ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Wait(99).Process(alive: false);

        Assert.Equal((Lifecycle.Failed, WatchedRepo.Start.AddSeconds(60)), (Ruling.Lifecycle, Ruling.Since));
    }

    // Which end is of which run.

    [Fact]
    public void An_end_behind_the_claim_is_of_its_run_even_if_the_run_has_claimed_again_since_it_started()
    {
        AtWork().Wait(3).ActiveRun(ActiveRun(WatchedRepo.Pid, 3)).Look();

        repo.Wait(2).Events(Event("loop_stop", 5));
        Assert.Equal(Lifecycle.Stopped, Ruling.Lifecycle);
    }

    [Fact]
    public void An_end_in_the_second_of_the_claim_is_of_the_run_before_if_that_started_before_it()
    {
        repo.Events(Event("loop_start"), Event("loop_stop", 5)).State(State(false, 4))
            .Wait(5).ActiveRun(ActiveRun(WatchedRepo.Pid, 5)).Process(alive: true);

        Assert.Equal(Lifecycle.Running, Ruling.Lifecycle);
    }

    [Fact]
    public void A_run_that_starts_and_ends_within_a_second_has_ended_in_order()
    {
        AtWork().State(State(false)).Process(alive: false);

        Assert.Equal(Lifecycle.Idle, Ruling.Lifecycle);
    }

    // Another loop has the shared files.

    [Fact]
    public void A_run_whose_claim_another_loop_overwrote_is_paused_while_its_process_is_held_still()
    {
        AtWork().Look();
        repo.Wait(5).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99);
        Assert.Equal((Lifecycle.Running, null), (Ruling.Lifecycle, Ruling.Display));

        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { State = ProcessState.Stopped });
        Assert.Equal((Lifecycle.Running, "paused"), (Ruling.Lifecycle, Ruling.Display));
    }

    [Fact]
    public void A_run_that_died_while_its_state_is_active_has_failed_although_another_loop_has_claimed_since()
    {
        AtWork().Look();
        repo.Wait(5).Process(alive: false).Look();

        repo.Wait(5).ActiveRun(ActiveRun(99, 10, "other")).Process(alive: true, pid: 99);
        Assert.Equal((Lifecycle.Failed, WatchedRepo.Start.AddSeconds(5)), (Ruling.Lifecycle, Ruling.Since));
        Assert.Equal("state.json is active, but active-run.json now belongs to loop other and no event ended the run", Ruling.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_file_names_the_other_loop_the_reason_names_it(bool isActive)
    {
        repo.Events(Event("loop_start"), Event("role_start", 1));
        if (isActive)
        {
            repo.State(State(true, 5, "other"));
        }
        else
        {
            repo.ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99);
        }

        Assert.Equal(Lifecycle.Unknown, Ruling.Lifecycle);
        Assert.EndsWith("now belong to loop other", Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_files_were_removed_and_whose_process_nobody_ever_knew_is_stopped_with_less_certainty()
    {
        repo.Events(Event("loop_start"), Event("role_start", 1));

        Assert.Equal((Lifecycle.Stopped, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
    }

    // A missing claim.

    [Fact]
    public void A_claim_that_is_gone_is_less_certain_where_no_process_can_be_observed()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Events(Event("loop_start")).Look();
        Assert.False(repo.Repo.ProcessesObservable);

        repo.Wait(5).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal((Lifecycle.Failed, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Contains("active-run.json was removed", Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_another_repository_has_taken_over_is_told_as_that()
    {
        AtWork().Look();
        repo.Wait(5).Process(alive: false).Look();
        repo.Wait(5).ActiveRun(ActiveRun(99, 10, "other")).Look();
        repo.Fold(new ProcessSeen(repo.Now, WatchedRepo.Path, new ProcessSighting(99, ProcessFate.NotOurs, "of another repository")));

        Assert.Equal(
            (Lifecycle.Failed, "state.json is active, but active-run.json now belongs to another repository and no event ended the run"),
            (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Reason));
    }

    [Theory]
    [InlineData(60, Lifecycle.Failed)]
    [InlineData(61, Lifecycle.Running)]
    public void A_claim_is_of_this_run_unless_it_is_more_than_a_minute_older_than_its_start(double start, Lifecycle expected)
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).Look();
        repo.Wait(start).Remove(ArtifactPaths.ActiveRun).Process(alive: false)
            .State(State(true, start)).Events(Event("loop_start", start, run: start));

        Assert.Equal(expected, Ruling.Lifecycle);
    }

    [Theory]
    [InlineData(0, Confidence.Medium)]
    [InlineData(3, Confidence.Medium)]
    [InlineData(4, Confidence.Low)]
    public void A_process_that_started_more_than_three_seconds_after_the_first_event_leaves_it_in_doubt(double start, Confidence expected)
    {
        repo.State(State(true)).Events(Event("loop_start")).Apply(Found() with { StartedAt = WatchedRepo.Start.AddSeconds(start) });

        Assert.Equal((Lifecycle.Running, expected, null), (Ruling.Lifecycle, Ruling.Confidence, Ruling.Display));
    }

    [Fact]
    public void A_process_that_may_belong_to_another_run_and_is_held_still_is_paused()
    {
        repo.State(State(true)).Events(Event("loop_start"))
            .Apply(Found() with { StartedAt = WatchedRepo.Start.AddSeconds(90), State = ProcessState.Stopped });

        Assert.Equal((Lifecycle.Running, Confidence.Low, "paused"), (Ruling.Lifecycle, Ruling.Confidence, Ruling.Display));
    }

    // The iteration that the run is in.

    [Fact]
    public void A_run_that_has_only_logged_that_it_begins_is_in_no_iteration_of_the_run_before()
    {
        repo.Events(Event("loop_start"), Event("iteration_start", 1, iteration: 4), Event("loop_stop", 5)).State(State(false, 5)).Wait(60);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true).Look();
        Assert.Null(CurrentIteration.Of(repo.Loop));

        repo.Wait(1).Events(Event("lifecycle_start", 61, run: 61)).Look();
        Assert.Null(CurrentIteration.Of(repo.Loop));
    }

    [Fact]
    public void A_log_without_a_start_tells_the_iteration_only_from_the_claim_on()
    {
        repo.Events(Event("iteration_start", 1, iteration: 4)).State(State(true)).Wait(60);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true).Look();
        Assert.Null(CurrentIteration.Of(repo.Loop));

        repo.Wait(1).Events(Event("iteration_start", 61, iteration: 5)).Look();
        Assert.Equal(5, CurrentIteration.Of(repo.Loop));
    }

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true)).Events(Event("loop_start"));

    private static TapeProcess Found() => new(default, 0, WatchedRepo.Pid, true) { Command = Command, Loop = Loop };
}
