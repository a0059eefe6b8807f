using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>One region a point of docs/contract.md, "What the runtime really does".</summary>
public sealed class RulebookTests
{
    private readonly WatchedRepo repo = new();

    private Lifecycle Said => repo.Look().Verdict.Lifecycle;

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    // 1. Torn reads are normal.

    [Fact]
    public void An_empty_state_keeps_what_it_said_last()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(0.25).State("");
        Assert.Equal(Lifecycle.Running, Said);
        Assert.Equal(Lifecycle.Running, repo.Loop.Projected.Status);
        Assert.Equal(Confidence.High, repo.Loop.Verdict.Ruling.Confidence);
    }

    [Theory]
    [InlineData(false, Lifecycle.Failed)]
    [InlineData(true, Lifecycle.Stopped)]
    public void A_run_that_is_killed_before_its_first_iteration_has_no_state_that_a_cancel_could_have_removed(
        bool hasBegun, Lifecycle said)
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start"));
        if (hasBegun)
        {
            repo.Events(Event("iteration_start"));
        }

        Assert.Equal(Lifecycle.Running, Said);
        repo.Wait(1).Process(alive: false);
        Assert.Equal(said, Said);
    }

    [Fact]
    public void An_empty_claim_keeps_what_it_named_last()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(0.25).ActiveRun("");
        Assert.Equal(Lifecycle.Running, Said);
    }

    [Fact]
    public void A_half_approval_keeps_the_question_open()
    {
        AtWork().Approval(Approval("pending"));
        Assert.Equal(Lifecycle.AwaitingApproval, Said);

        repo.Wait(0.25).Approval("{\"status\":");
        Assert.Equal(Lifecycle.AwaitingApproval, Said);
    }

    [Fact]
    public void A_claim_that_was_never_read_whole_leaves_an_active_state_running_in_doubt()
    {
        repo.State(State(true)).ActiveRun("{").Events(Event("loop_start"));

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    // 2. A line without its newline is no event.

    [Fact]
    public void A_line_counts_when_its_newline_is_there()
    {
        AtWork().Events(Event("loop_stop", 5)[..^1]);
        Assert.Equal(Lifecycle.Running, Said);
        Assert.Equal("loop_start", repo.Loop.Projected.LastEventName);

        repo.Wait(0.25).Events("\n");
        Assert.Equal(Lifecycle.Stopped, Said);
    }

    // 3. Order is file order.

    [Fact]
    public void An_older_time_behind_a_newer_one_is_still_the_newer_event()
    {
        repo
            .State(State(false))
            .Events(Event("loop_start", 9), Event("loop_complete", 9), Event("loop_start", 3, run: 3), Event("loop_stop", 3, run: 3));

        Assert.Equal(Lifecycle.Stopped, Said);
    }

    // 4. A run that dies writes no end.

    [Fact]
    public void A_killed_run_has_failed_while_its_claim_stands()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(3).Process(alive: false);
        Assert.Equal((Lifecycle.Failed, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal(WatchedRepo.Start.AddSeconds(3), repo.Loop.Verdict.Ruling.Since);
        Assert.Equal(Lifecycle.Running, repo.Loop.Projected.Status);
    }

    [Fact]
    public void A_run_that_took_its_claim_along_has_failed_too()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(3).Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal((Lifecycle.Failed, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void Without_a_view_of_processes_an_unclaimed_active_state_is_running_in_doubt()
    {
        repo.State(State(true)).Events(Event("loop_start"));

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void Without_a_view_of_processes_a_claim_is_believed_with_less_certainty()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Events(Event("loop_start"));

        Assert.Equal((Lifecycle.Running, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_failed_last_event_without_an_active_state_has_failed()
    {
        repo.State(State(false)).Events(Event("loop_start"), Event("role_end", 2, status: "error"));

        Assert.Equal(Lifecycle.Failed, Said);
    }

    // 5. Rate limits.

    [Fact]
    public void A_rate_limit_stop_is_stopped_although_the_state_says_active()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(5).Events(Event("rate_limit_stop", 5, status: "rate_limited")).Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal(Lifecycle.Stopped, Said);
        Assert.Equal(Lifecycle.Running, repo.Loop.Projected.Status);
    }

    [Fact]
    public void Hours_of_silence_of_a_living_process_are_running()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(4 * 3600);
        Assert.Equal((Lifecycle.Running, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));
    }

    // 6. Running a completed loop again.

    [Fact]
    public void An_old_completion_does_not_hide_a_new_run()
    {
        repo.Summary(Summary((0, 1, true))).State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5));
        Assert.Equal(Lifecycle.Complete, Said);

        repo.Wait(60).ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true);
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(1).Events(Event("loop_start", 61, run: 61)).State(State(true, 61));
        Assert.Equal(Lifecycle.Running, Said);
        Assert.Equal(Lifecycle.Complete, repo.Loop.Projected.Status);

        repo.Wait(1).Process(alive: false);
        Assert.Equal(Lifecycle.Failed, Said);

        repo.Wait(1).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal(Lifecycle.Failed, Said);
    }

    [Fact]
    public void A_new_run_that_dies_before_its_first_event_has_failed()
    {
        repo.Summary(Summary((0, 1, true))).State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5));
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: false).Wait(61);

        Assert.Equal(Lifecycle.Failed, Said);
    }

    [Fact]
    public void A_completion_whose_event_was_lost_counts_for_its_own_run()
    {
        repo.Summary(Summary((0, 1, true))).State(State(false, 6)).Events(Event("loop_start"), Event("iteration_end", 5));

        Assert.Equal((Lifecycle.Complete, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_completion_of_another_run_does_not_count()
    {
        repo.Summary(Summary((0, 1, true)))
            .State(State(false, 66))
            .Events(Event("loop_start", 60, run: 60), Event("iteration_end", 65, run: 60));

        Assert.Equal(Lifecycle.Idle, Said);
        Assert.Equal(Lifecycle.Complete, repo.Loop.Projected.Status);
    }

    // 7. Cancel is per repository and logs nothing.

    [Fact]
    public void A_cancelled_run_is_stopped_although_no_event_says_so()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(5).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal((Lifecycle.Stopped, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal(Lifecycle.Unknown, repo.Loop.Projected.Status);
    }

    [Fact]
    public void A_cancel_that_is_seen_half_done_is_stopped_too()
    {
        AtWork().Events(Event("iteration_start"));
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(5).Process(alive: false).Remove(ArtifactPaths.State);
        Assert.Equal(Lifecycle.Stopped, Said);
    }

    [Fact]
    public void A_cancel_leaves_a_pending_approval_pending()
    {
        AtWork().Approval(Approval("pending"));
        Assert.Equal(Lifecycle.AwaitingApproval, Said);

        repo.Wait(5).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal(Lifecycle.AwaitingApproval, Said);
    }

    [Fact]
    public void A_cancelled_loop_stays_stopped_whatever_another_loop_does()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);
        repo.Wait(5).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal(Lifecycle.Stopped, Said);

        repo.Wait(5).State(State(true, 10, "other")).ActiveRun(ActiveRun(99, 10, "other")).Process(alive: true, pid: 99);
        Assert.Equal(Lifecycle.Stopped, Said);

        repo.Wait(5).State(State(false, 15, "other")).Process(alive: false, pid: 99).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal(Lifecycle.Stopped, Said);
    }

    // 8. Approval and rejection are recorded first, acted on later.

    [Theory]
    [InlineData("approved")]
    [InlineData("rejected")]
    public void A_recorded_decision_is_idle_and_not_complete(string decision)
    {
        repo.State(State(false, 6)).Events(Event("loop_start"), Event("approval_requested", 5)).Approval(Approval("pending"));
        Assert.Equal(Lifecycle.AwaitingApproval, Said);

        repo.Wait(10)
            .Approval(Approval(decision, by: "ada", decided: 10))
            .Events(Event("approval_decision", 10, role: "human", status: decision));
        Assert.Equal(Lifecycle.Idle, Said);
        Assert.Equal($"{decision} by ada; the next run will act on it", Ruling.Reason);
        Assert.Equal(WatchedRepo.Start.AddSeconds(10), Ruling.Since);
    }

    [Fact]
    public void A_consumed_approval_completes_the_run_that_was_approved()
    {
        repo.State(State(false, 6))
            .Events(Event("loop_start"), Event("approval_requested", 5))
            .Approval(Approval("approved", by: "ada", decided: 10));
        Assert.Equal(Lifecycle.Idle, Said);

        repo.Wait(20).Remove(ArtifactPaths.Approval(Loop)).Events(Event("approval_consumed", 20), Event("loop_complete", 20));
        Assert.Equal(Lifecycle.Complete, Said);
    }

    [Fact]
    public void A_rejection_that_was_taken_up_goes_on_running()
    {
        repo.State(State(false, 6))
            .Events(Event("loop_start"), Event("approval_requested", 5))
            .Approval(Approval("rejected", by: "ada", decided: 10));
        Assert.Equal(Lifecycle.Idle, Said);

        repo.Wait(20).ActiveRun(ActiveRun(WatchedRepo.Pid, 20)).Process(alive: true);
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(1)
            .Remove(ArtifactPaths.Approval(Loop))
            .Events(Event("loop_start", 21, run: 21), Event("approval_rejected", 21, run: 21))
            .State(State(true, 21));
        Assert.Equal(Lifecycle.Running, Said);
    }

    [Fact]
    public void A_decision_by_nobody_in_particular_is_said_as_such()
    {
        repo.Events(Event("loop_start")).State(State(false)).Approval(Approval("approved"));

        Assert.Equal((Lifecycle.Idle, "approved"), (Ruling.Lifecycle, Ruling.Display));
        Assert.Equal("approved by somebody; the next run will act on it", Ruling.Reason);
    }

    // 9. Silence proves nothing.

    [Fact]
    public void A_claim_without_any_event_is_running_while_the_process_lives()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true);

        Assert.Equal(Lifecycle.Running, Said);
        Assert.False(repo.Loop.Exists);
    }

    [Fact]
    public void A_state_that_was_made_inactive_after_the_claim_ended_in_order_without_an_event()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(9).State(State(false, 9)).Process(alive: false);
        Assert.Equal(Lifecycle.Idle, Said);
    }

    // 10. Another loop of the repository overwrites the shared files.

    [Fact]
    public void A_run_whose_files_another_loop_took_over_is_running_while_its_process_lives()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(5).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99).State(State(true, 5, "other"));
        Assert.Equal((Lifecycle.Running, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));

        repo.Wait(5).Process(alive: false);
        Assert.Equal((Lifecycle.Failed, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_run_whose_end_was_logged_is_over_although_another_loop_took_the_files()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(5)
            .ActiveRun(ActiveRun(99, 5, "other"))
            .Process(alive: true, pid: 99)
            .State(State(true, 5, "other"))
            .Events(Event("loop_complete", 9));
        Assert.Equal(Lifecycle.Complete, Said);
    }

    [Fact]
    public void A_run_that_was_never_watched_is_unknown_where_another_loop_has_the_files()
    {
        repo.Events(Event("loop_start"), Event("role_start", 1))
            .State(State(true, 5, "other"))
            .ActiveRun(ActiveRun(99, 5, "other"))
            .Process(alive: true, pid: 99);

        Assert.Equal((Lifecycle.Unknown, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Contains("loop other", Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_active_state_whose_claim_another_loop_overwrote_is_unknown()
    {
        repo.Events(Event("loop_start")).State(State(true)).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99);

        Assert.Equal(Lifecycle.Unknown, Said);
    }

    // 11. A host that sleeps.

    [Fact]
    public void A_night_of_sleep_changes_no_lifecycle()
    {
        AtWork().Heartbeat(Heartbeat(0));
        Assert.Equal(Lifecycle.Running, Said);

        repo.Wait(36_000);
        Assert.Equal(Lifecycle.Running, Said);
    }

    // What is left.

    [Theory]
    [InlineData("loop_complete", Lifecycle.Complete)]
    [InlineData("loop_stop", Lifecycle.Stopped)]
    [InlineData("no_progress_stop", Lifecycle.Stopped)]
    [InlineData("rate_limit_stop", Lifecycle.Stopped)]
    public void The_event_that_ended_the_run_decides(string name, Lifecycle expected)
    {
        repo.State(State(false, 5)).Events(Event("loop_start"), Event(name, 5, data: """{"reason":"why"}"""));

        Assert.Equal(
            (expected, $"{name} (why) ended the run", WatchedRepo.Start.AddSeconds(5)), (Ruling.Lifecycle, Ruling.Reason, Ruling.Since));
    }

    [Fact]
    public void A_claim_is_over_when_the_log_has_its_end()
    {
        AtWork().Events(Event("loop_complete", 5));

        Assert.Equal(Lifecycle.Complete, Said);
    }

    [Fact]
    public void A_new_claim_is_not_over_by_the_end_of_the_run_before_it()
    {
        repo.Events(Event("loop_start"), Event("loop_stop", 5))
            .State(State(false, 5))
            .ActiveRun(ActiveRun(WatchedRepo.Pid, 30))
            .Process(alive: true);

        Assert.Equal(Lifecycle.Running, Said);
    }

    [Fact]
    public void A_missing_log_is_unknown_and_says_so()
    {
        repo.Put($"{ArtifactPaths.Loop(Loop)}/plan.md", "x").State(State(false));

        Assert.Equal((Lifecycle.Unknown, "events.jsonl is missing"), (Ruling.Lifecycle, Ruling.Reason));
    }

    [Fact]
    public void An_empty_log_is_unknown_and_says_so()
    {
        repo.Events("");

        Assert.Equal((Lifecycle.Unknown, "no event has been written yet"), (Ruling.Lifecycle, Ruling.Reason));
    }

    [Fact]
    public void An_empty_log_leaves_the_summary_to_speak()
    {
        repo.Events("").Summary(Summary((0, 1, true))).State(State(false));
        Assert.Equal(Lifecycle.Complete, Said);

        repo.Wait(1).Summary(Summary((0, 1, false)));
        Assert.Equal(Lifecycle.Idle, Said);
    }

    [Theory]
    [InlineData(ArtifactPaths.State, "{\"active\":5}")]
    [InlineData(ArtifactPaths.ActiveRun, "{\"pid\":0}")]
    public void A_file_that_is_wrong_keeps_the_lifecycle_and_costs_the_certainty(string path, string text)
    {
        AtWork();
        Assert.Equal((Lifecycle.Running, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));

        repo.Wait(1).Put(path, text);
        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_source_that_fails_keeps_the_lifecycle_and_costs_the_certainty()
    {
        AtWork();
        Assert.Equal((Lifecycle.Running, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));

        repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no such disk"));
        Assert.Equal((Lifecycle.Running, Confidence.Low), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Confidence));

        repo.Fold(new SourceRecovered(repo.Now, WatchedRepo.Path));
        Assert.Equal(Confidence.High, repo.Loop.Verdict.Ruling.Confidence);
    }

    [Fact]
    public void A_claim_is_over_by_an_end_in_the_very_second_of_the_claim_where_the_run_started_in_it_too()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 5))
            .Process(alive: true)
            .State(State(true, 5))
            .Events(Event("loop_start", 5, run: 5), Event("loop_stop", 5, run: 5));

        Assert.Equal(Lifecycle.Stopped, Said);
    }

    [Fact]
    public void A_claim_that_is_written_again_as_it_was_keeps_since_when_its_process_is_gone()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);
        repo.Wait(5).Process(alive: false);
        Assert.Equal(Lifecycle.Failed, Said);

        repo.Wait(5).ActiveRun(ActiveRun(WatchedRepo.Pid));
        Assert.Equal((Lifecycle.Failed, WatchedRepo.Start.AddSeconds(5)), (Ruling.Lifecycle, Ruling.Since));
    }

    [Fact]
    public void How_an_earlier_run_ended_says_nothing_of_a_later_one()
    {
        repo.Events(Event("loop_start"), Event("role_start", 1));
        Assert.Equal(Lifecycle.Stopped, Said);
        repo.Wait(5).State(State(true, 5, "other")).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99);
        Assert.Equal(Lifecycle.Stopped, Said);

        repo.Wait(5).Events(Event("loop_start", 10, run: 10));
        Assert.Equal(Lifecycle.Unknown, Said);
    }

    [Fact]
    public void A_process_number_that_another_process_has_now_is_no_sign_of_life()
    {
        AtWork();
        Assert.Equal(Lifecycle.Running, Said);
        repo.Wait(5).Process(alive: false);
        Assert.Equal(Lifecycle.Failed, Said);

        repo.Wait(60).ActiveRun(ActiveRun(WatchedRepo.Pid, 65)).Process(alive: true).Events(Event("loop_start", 65, run: 65));
        Assert.Equal(Lifecycle.Running, Said);
        Assert.Null(repo.Loop.Claim!.GoneSince);
    }

    /// <summary>A run at work: claimed, active, its first event written, its process seen.</summary>
    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid))
            .Process(alive: true)
            .State(State(true))
            .Events(Event("loop_start", data: """{"max_iterations":3}"""));
}
