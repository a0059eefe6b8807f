using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Timeline;

/// <summary>What the manager sees by itself becomes rows of its own in the timeline, at the time it was seen.</summary>
public sealed class ObservedRuleTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void The_death_of_a_run_has_a_row_behind_what_the_log_had_and_before_what_comes_later()
    {
        AtWork().Wait(9).Process(false);
        var row = Assert.Single(repo.Look().Observed.Rows);

        Assert.Equal((ObservedKind.ProcessExited, true), (row.Kind, row.IsProblem));
        Assert.Equal("process 4711 has exited; no event ended the run", row.Fact);
        Assert.Equal((repo.Now, 1), (row.At, row.Iteration));
        // The clock of the next run's host is behind: it was written after the death all the same.
        repo.Wait(5).State(State(true, 14)).ActiveRun(ActiveRun(4712, 14)).Process(true, 4712).Events(Event("loop_start", 3, run: 3));
        repo.Look();
        Assert.Equal(["loop_start", "iteration_start", "-- process_exited", "loop_start"], Shown());
    }

    [Fact]
    public void A_death_that_was_there_when_the_session_began_is_seen_then()
    {
        AtWork().Process(false);
        repo.Wait(3600);

        Assert.Equal(repo.Now, Assert.Single(repo.Look().Observed.Rows).At);
        Assert.Equal(["loop_start", "iteration_start", "-- process_exited"], Shown());
    }

    [Fact]
    public void A_process_that_nobody_saw_running_is_not_said_to_have_exited_now()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(4711)).Process(false);
        repo.Events(Event("loop_start", 0), Event("iteration_start", 1)).Wait(3600);

        var row = Assert.Single(repo.Look().Observed.Rows);
        Assert.Equal("process 4711 had exited when it was first looked at; no event ended the run", row.Fact);
    }

    [Fact]
    public void A_run_that_ended_in_order_has_no_row()
    {
        AtWork();
        repo.Wait(5).Events(Event("loop_complete", 5)).State(State(false, 5)).Process(false);
        repo.Remove(".superloop/active-run.json").Look();

        Assert.Empty(repo.Wait(60).Look().Observed.Rows);
    }

    [Fact]
    public void An_exit_whose_event_is_read_a_moment_later_is_no_death()
    {
        AtWork();
        repo.Wait(5).Process(false).Look();
        Assert.Single(repo.Loop.Observed.Rows);

        Assert.Empty(repo.Wait(1).Events(Event("loop_complete", 5)).State(State(false, 5)).Look().Observed.Rows);
    }

    [Fact]
    public void A_cancel_by_hand_is_shown_and_is_no_problem_and_one_that_comes_much_later_does_not_explain_a_death()
    {
        AtWork();
        repo.Wait(5).Process(false).Look();
        repo.Wait(1).Remove(".superloop/state.json").Remove(".superloop/active-run.json");
        var row = Assert.Single(repo.Look().Observed.Rows);
        Assert.Equal(("process 4711 has exited: cancelled, state.json was removed", false), (row.Fact, row.IsProblem));

        repo.Wait(9).State(State(true, 15)).ActiveRun(ActiveRun(4712, 15)).Process(true, 4712);
        repo.Events(Event("loop_start", 15, run: 15)).Look();
        repo.Wait(5).Process(false, 4712).Look();
        repo.Wait(3600).Remove(".superloop/state.json").Remove(".superloop/active-run.json").Look();
        Assert.Equal("process 4712 has exited; no event ended the run", repo.Loop.Observed.Rows[^1].Fact);
        Assert.True(repo.Loop.Observed.Rows[^1].IsProblem);
    }

    [Fact]
    public void Our_own_cancel_is_named_with_the_exit_and_neither_is_a_problem()
    {
        AtWork();
        var cancel = new CancelRows();
        cancel.Started(repo, 5);
        repo.Wait(5).Process(false).Look();
        cancel.Executed(repo, 6);
        cancel.Told(repo, 6);
        repo.Wait(1).Remove(".superloop/state.json").Remove(".superloop/active-run.json").Look();

        Assert.Equal(
            ["process 4711 has exited: cancelled by builder at 19:00:06Z", "cancel by builder is confirmed"],
            repo.Loop.Observed.Rows.OrderBy(static row => row.Kind).Select(static row => row.Fact));
        Assert.DoesNotContain(repo.Loop.Observed.Rows, static row => row.IsProblem);
    }

    [Fact]
    public void An_intent_that_came_before_the_session_stands_by_its_time_and_what_is_no_success_is_a_problem()
    {
        AtWork();
        repo.Events(Event("role_start", 60, role: "planner"), Event("role_end", 90, role: "planner"));
        var cancel = new CancelRows();
        cancel.Started(repo, 70);
        cancel.Executed(repo, 71);
        cancel.Told(repo, 95, "unknown");
        repo.Wait(100).Look();

        Assert.Equal(["loop_start", "iteration_start", "role_start", "-- control", "role_end", "-- control"], Shown());
        Assert.Equal(
            [("cancel by builder was sent", false), ("cancel by builder was not confirmed: it is so", true)],
            repo.Loop.Observed.Rows.Select(static row => (row.Fact, row.IsProblem)));
    }

    [Fact]
    public void A_log_that_was_cut_has_a_row_between_what_was_left_and_what_came_after()
    {
        AtWork().Events(Event("role_start", 2, role: "planner"));
        repo.Wait(5).Look();
        repo.Wait(1).Put(".superloop/loops/checkout-flow/events.jsonl", Event("loop_start", 0)).Look();
        repo.Wait(1).Events(Event("role_end", 7, role: "planner")).Look();

        Assert.Equal(["loop_start", "-- log_cut", "role_end"], Shown().Where(static name => name != "-- rolled_back"));
        var row = repo.Loop.Observed.Find("break:0")!;
        Assert.True(row.IsProblem);
        Assert.StartsWith("events.jsonl was cut: ", row.Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rollback_and_an_arming_have_rows_at_their_times()
    {
        AtWork().Wait(10).Look();
        var rollback = new RollbackRecord
        {
            Cause = "service_mismatch",
            Why = "it differs\u001b[31m",
            At = WatchedRepo.Start.AddSeconds(9),
            Incident = null,
            LastGoodCursor = null,
            StageBefore = RolloutStage.Assisted,
        };
        Seen(rollback, null);
        var at = WatchedRepo.Start.AddSeconds(12);
        Seen(null, new RearmRecord { At = at, By = "ada", Reason = "looked", Incident = null, EventLineOffset = 2, IntentRows = 0 });

        Assert.Equal(2, repo.Loop.Observed.Count);
        var (back, again) = (repo.Loop.Observed.Rows[0], repo.Loop.Observed.Rows[1]);
        Assert.StartsWith("rolled back: it differs", back.Fact, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', back.Fact);
        Assert.Equal((true, "re-armed by ada: looked", false), (back.IsProblem, again.Fact, again.IsProblem));

        void Seen(RollbackRecord? back, RearmRecord? arming)
        {
            var record = new RolloutRecord
            {
                Stage = RolloutStage.Assisted,
                ChangedAt = null,
                ChangedBy = null,
                Reason = null,
                Rollback = back,
                Rearm = arming,
            };
            repo.Fold(new RolloutSeen(repo.Now, WatchedRepo.Path, Loop, new(ArtifactCondition.Present, record, null, null)));
        }
    }

    [Fact]
    public void A_source_that_is_lost_and_found_has_a_row_for_each_and_never_drives_out_a_death()
    {
        AtWork().Wait(5).Process(false).Look();
        for (var i = 0; i < 100; i++)
        {
            repo.Wait(10).Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no way in"));
            repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no way in"));
            repo.Wait(10).Fold(new SourceRecovered(repo.Now, WatchedRepo.Path));
        }

        var rows = repo.Loop.Observed.Rows;
        Assert.Equal(1 + (2 * ObservedRows.MaxOfKind), rows.Length);
        Assert.Equal(ObservedKind.ProcessExited, rows[0].Kind);
        Assert.Equal(("the repository cannot be read: no way in", true), (rows[^2].Fact, rows[^2].IsProblem));
        Assert.Equal(("the repository can be read again", repo.Now), (rows[^1].Fact, rows[^1].At));
    }

    [Fact]
    public void Where_nothing_was_seen_the_rows_are_the_same_object()
    {
        AtWork().Wait(5).Process(false).Look();
        var rows = repo.Loop.Observed;

        Assert.Same(rows, repo.Wait(1).Look().Observed);
        Assert.Same(rows, repo.Wait(1).Events(Event("note", 8)).Look().Observed);
    }

    /// <summary>A run that a process claims, with two events.</summary>
    private WatchedRepo AtWork()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(true);
        repo.Events(Event("loop_start", 0), Event("iteration_start", 1));
        repo.Look();
        return repo;
    }

    /// <summary>The timeline: names of events, and of rows of ours behind a mark.</summary>
    private List<string> Shown()
    {
        var loop = repo.Loop;
        var log = (loop.Withheld?.Log ?? loop.Log)!;
        var names = Enumerable.Range(0, log.Count).Select(row => log.Moment(row).Name).ToList();
        for (var i = loop.Observed.Count - 1; i >= 0; i--)
        {
            names.Insert(log.RowAt(loop.Observed.Rows[i].Offset, log.Count), $"-- {loop.Observed.Rows[i].Kind.Word()}");
        }

        return names;
    }
}
