using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

public sealed class FindingTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_run_in_order_has_no_finding_at_any_of_its_steps()
    {
        AtWork();
        Assert.Empty(Codes());
        repo.Wait(1).Events(Event("iteration_start", 1), Event("role_start", 1, role: "planner"));
        Assert.Empty(Codes());
        repo.Wait(1).State("");
        Assert.Empty(Codes());
        repo.Wait(1).State(State(true, 3));
        Assert.Empty(Codes());
        repo.Wait(1).Summary(Summary((0, 1, false))).Events(Event("iteration_end", 4));
        Assert.Empty(Codes());
        repo.Wait(1)
            .Summary(Summary((0, 1, false), (0, 2, true)))
            .Events(Event("iteration_end", 5), Event("loop_complete", 5))
            .State(State(false, 5))
            .Remove(ArtifactPaths.ActiveRun)
            .Process(alive: false);
        Assert.Empty(Codes());
        repo.Wait(86_400);
        Assert.Empty(Codes());
    }

    [Fact]
    public void A_gone_process_is_found_with_the_claim_that_named_it()
    {
        AtWork();
        Assert.DoesNotContain(FindingCodes.ProcessGone, Codes());

        repo.Wait(2).Process(alive: false);
        var found = Found(FindingCodes.ProcessGone);
        Assert.Equal(Severity.Error, found.Severity);
        Assert.Equal(WatchedRepo.Start.AddSeconds(2), found.Since);
        Assert.Equal(
            [("process", null), ("active_run", ArtifactPaths.ActiveRun)],
            found.Evidence.Select(static evidence => (evidence.Source, evidence.Path)));
    }

    [Fact]
    public void The_silence_of_a_run_that_is_known_to_be_dead_is_no_finding_of_its_own()
    {
        AtWork().Wait(2).Process(alive: false).Wait(3600);

        Assert.Contains(FindingCodes.ProcessGone, Codes());
        Assert.DoesNotContain(FindingCodes.IngestStale, Codes());
    }

    [Fact]
    public void A_gone_process_of_a_run_that_ended_in_order_is_none()
    {
        AtWork().Process(alive: false).Events(Event("loop_complete", 2)).State(State(false, 2));

        Assert.DoesNotContain(FindingCodes.ProcessGone, Codes());
    }

    [Fact]
    public void An_active_state_that_nobody_claims_is_found()
    {
        AtWork();
        Assert.DoesNotContain(FindingCodes.UnclaimedActive, Codes());

        repo.Wait(2).Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        var found = Found(FindingCodes.UnclaimedActive);
        Assert.Equal(Severity.Error, found.Severity);
        Assert.Equal([ArtifactPaths.State, ArtifactPaths.ActiveRun], found.Evidence.Select(static evidence => evidence.Path));
    }

    [Fact]
    public void A_clock_that_is_set_back_stops_no_age_and_is_an_alert_of_a_run_at_work()
    {
        AtWork().Look();
        repo.Wait(1);
        var shifts = ClockShifts.None.With(new ClockShift(repo.Now, TimeSpan.FromHours(1)));
        repo.Fold(new ClockShifted(repo.Now, shifts));
        Assert.Contains("set back by 3600 s", Found(FindingCodes.ClockSkew).Evidence.Single().Fact, StringComparison.Ordinal);

        // Steady time goes on, and with it the silence.
        repo.Wait(1800);
        Assert.Contains(FindingCodes.IngestStale, Codes());
        // What is written now is by the new clock, and not an hour old.
        var written = repo.Now.AddHours(-1);
        repo.Events(
            $$"""{"timestamp":"{{written:yyyy-MM-ddTHH:mm:ssZ}}","event":"role_start","loop_id":"{{Loop}}","iteration":1}""" + "\n");
        Assert.DoesNotContain(FindingCodes.IngestStale, Codes());
        repo.Wait(1801);
        Assert.DoesNotContain(FindingCodes.ClockSkew, Codes());
    }

    [Fact]
    public void An_active_state_after_a_rate_limit_stop_waits_by_design()
    {
        AtWork();
        Codes();

        repo.Wait(2).Events(Event("rate_limit_stop", 2)).Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        Assert.DoesNotContain(FindingCodes.UnclaimedActive, Codes());
    }

    [Fact]
    public void Findings_about_processes_need_a_host_that_shows_them()
    {
        repo.State(State(true)).Events(Event("loop_start"));
        Assert.DoesNotContain(FindingCodes.UnclaimedActive, Codes());

        repo.Wait(1).ActiveRun(ActiveRun(WatchedRepo.Pid));
        Assert.DoesNotContain(FindingCodes.ProcessGone, Codes());
        Assert.False(repo.Repo.ProcessesObservable);
    }

    [Fact]
    public void A_claim_that_another_loop_overwrote_is_found_while_the_process_lives()
    {
        AtWork();
        Assert.DoesNotContain(FindingCodes.ClaimOverwritten, Codes());

        repo.Wait(5).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99);
        var found = Found(FindingCodes.ClaimOverwritten);
        Assert.Equal(WatchedRepo.Start.AddSeconds(5), found.Since);
        Assert.Equal([null, ArtifactPaths.ActiveRun], found.Evidence.Select(static evidence => evidence.Path));
        Assert.False(repo.Fleet.Loop(WatchedRepo.Path, "other")!.Verdict.Has(FindingCodes.ClaimOverwritten));

        repo.Wait(5).Process(alive: false);
        Assert.DoesNotContain(FindingCodes.ClaimOverwritten, Codes());
    }

    [Fact]
    public void A_completion_of_an_earlier_run_is_found_stale()
    {
        repo.Summary(Summary((0, 1, true))).State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5));
        Assert.DoesNotContain(FindingCodes.StaleCompletion, Codes());

        repo.Wait(60)
            .ActiveRun(ActiveRun(WatchedRepo.Pid, 60))
            .Process(alive: true)
            .State(State(true, 60))
            .Events(Event("loop_start", 60, run: 60));
        var found = Found(FindingCodes.StaleCompletion);
        Assert.Equal([ArtifactPaths.Summary(Loop), ArtifactPaths.Events(Loop)], found.Evidence.Select(static evidence => evidence.Path));
        Assert.Equal(3, found.Evidence[1].Line);

        repo.Wait(5).Summary(Summary((0, 1, true), (60, 1, false)));
        Assert.DoesNotContain(FindingCodes.StaleCompletion, Codes());
    }

    [Fact]
    public void A_completion_of_the_run_that_is_still_ending_is_not_stale()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid))
            .Process(alive: true)
            .State(State(true))
            .Events(Event("loop_start"), Event("gates_evaluated", 5))
            .Summary(Summary((0, 1, true)));

        Assert.False(repo.Look().Verdict.Has(FindingCodes.StaleCompletion));
    }

    [Fact]
    public void Two_words_for_one_run_are_a_finding_that_names_both()
    {
        AtWork();
        Assert.DoesNotContain(FindingCodes.StatusDisagreement, Codes());

        repo.Wait(2).Process(alive: false);
        Assert.StartsWith(
            "contract status running, assessment failed: ", Found(FindingCodes.StatusDisagreement).Evidence.Single().Fact,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_inactive_state_under_a_working_run_is_an_active_mismatch()
    {
        AtWork().Events(Event("role_start", 1));
        Assert.DoesNotContain(FindingCodes.ActiveMismatch, Codes());

        repo.Wait(1).State(State(false, 2));
        Assert.Equal(ArtifactPaths.Events(Loop), Found(FindingCodes.ActiveMismatch).Evidence.Single().Path);
        Assert.True(repo.Loop.Projected.Flags.ActiveMismatch);
        Assert.Equal(Confidence.Low, repo.Loop.Projected.Confidence);
    }

    [Fact]
    public void A_pending_approval_of_a_completed_run_is_a_conflict()
    {
        AtWork().Approval(Approval("pending", requested: 3));
        Assert.DoesNotContain(FindingCodes.ApprovalCompletionConflict, Codes());

        repo.Wait(4).Summary(Summary((0, 1, true)));
        var found = Found(FindingCodes.ApprovalCompletionConflict);
        Assert.Equal((Severity.Error, WatchedRepo.Start.AddSeconds(3)), (found.Severity, found.Since));
        Assert.Equal([ArtifactPaths.Approval(Loop), ArtifactPaths.Summary(Loop)], found.Evidence.Select(static evidence => evidence.Path));
    }

    [Fact]
    public void One_line_was_read_and_not_one_lines()
    {
        AtWork();
        Assert.Empty(Codes());
        repo.Wait(1).Put(ArtifactPaths.Events(Loop), "");

        Assert.Equal("1 line was read before, the log has 0 now", Found(FindingCodes.CursorRegression).Evidence.Single().Fact);
    }

    [Fact]
    public void A_cut_log_is_found_and_the_cursor_does_not_move_back()
    {
        AtWork().Events(Event("iteration_start", 1), Event("role_start", 2));
        Assert.Empty(Codes());

        repo.Wait(1).Put(ArtifactPaths.Events(Loop), Event("loop_start", data: """{"max_iterations":3}"""));
        Assert.Contains("3 lines had been read", Found(FindingCodes.EventsTruncated).Evidence.Single().Fact, StringComparison.Ordinal);
        Assert.Equal(WatchedRepo.Start.AddSeconds(1), Found(FindingCodes.EventsTruncated).Since);
        Assert.Equal("3 lines were read before, the log has 1 now", Found(FindingCodes.CursorRegression).Evidence.Single().Fact);
        Assert.Equal((3, 1), (repo.Loop.KeptOffset, repo.Loop.Tally.Lines));
        Assert.Single(repo.Loop.Breaks);

        repo.Wait(1).Events(Event("iteration_start", 1), Event("role_start", 2));
        Assert.DoesNotContain(FindingCodes.CursorRegression, Codes());
        Assert.Contains(FindingCodes.EventsTruncated, Codes());
    }

    [Fact]
    public void A_log_with_other_text_where_text_was_read_is_found()
    {
        AtWork();
        Assert.Empty(Codes());

        repo.Wait(1).Put(ArtifactPaths.Events(Loop), Event("loop_start", 1, run: 1) + Event("role_start", 2, run: 1));
        Assert.Equal(ArtifactPaths.Events(Loop), Found(FindingCodes.EventsRewritten).Evidence.Single().Path);
        Assert.DoesNotContain(FindingCodes.EventsTruncated, Codes());
        Assert.Equal(Time(1), repo.Loop.Tally.Newest!.RunId);
    }

    [Fact]
    public void A_log_that_is_cut_over_and_over_keeps_its_newest_breaks()
    {
        for (var i = 0; i < 20; i++)
        {
            repo.Wait(1).Put(ArtifactPaths.Events(Loop), Event("loop_start", i) + Event("role_start", i)).Look();
            repo.Wait(1).Put(ArtifactPaths.Events(Loop), "").Look();
        }

        Assert.Equal(LoopModel.MaxBreaks, repo.Loop.Breaks.Count);
        Assert.Equal(repo.Now, repo.Loop.Breaks[^1].At);
    }

    [Fact]
    public void A_kept_cursor_beyond_the_log_is_a_regression()
    {
        repo.Put(
            $"{ArtifactPaths.Manager(Loop)}/cursor.json",
            """{"schemaVersion":"v1","repoPath":"/srv/app","loopId":"checkout-flow","eventsFile":"e","eventLineOffset":9,"eventLineCount":9,"updatedAt":"2026-11-22T19:00:00Z"}""");
        AtWork();

        Assert.Contains(
            "9 lines were read before, the log has 1 now", Found(FindingCodes.CursorRegression).Evidence.Single().Fact,
            StringComparison.Ordinal);
        Assert.Equal(9, repo.Loop.KeptOffset);
    }

    [Fact]
    public void A_missing_log_is_found()
    {
        repo.Put($"{ArtifactPaths.Loop(Loop)}/plan.md", "x");
        Assert.Equal("required artifact missing", Found(FindingCodes.EventsMissing).Evidence.Single().Fact);

        repo.Wait(1).Events("");
        Assert.DoesNotContain(FindingCodes.EventsMissing, Codes());
    }

    [Fact]
    public void A_log_that_cannot_be_read_is_found()
    {
        repo.Put($"{ArtifactPaths.Events(Loop)}/x", "a directory in its place");

        var found = Found(FindingCodes.EventsUnreadable);
        Assert.Equal((Severity.Error, ArtifactPaths.Events(Loop)), (found.Severity, found.Evidence.Single().Path));
        Assert.DoesNotContain(FindingCodes.EventsMissing, Codes());
    }

    [Fact]
    public void An_invalid_line_is_found_with_its_number()
    {
        AtWork();
        Assert.DoesNotContain(FindingCodes.EventInvalid, Codes());

        repo.Wait(1).Events("\n", "oops\n", "{}\n", Event("role_start", 1));
        var evidence = Found(FindingCodes.EventInvalid).Evidence.Single();
        Assert.Equal(("2 lines are not events; the first is line 3", 3), (evidence.Fact, evidence.Line));
    }

    [Theory]
    [InlineData(ArtifactPaths.State, "state")]
    [InlineData(ArtifactPaths.ActiveRun, "active_run")]
    [InlineData(".superloop/loops/checkout-flow/approval.json", "approval")]
    [InlineData(".superloop/loops/checkout-flow/run-summary.json", "summary")]
    [InlineData(".superloop/loops/checkout-flow/heartbeat.v1.json", "heartbeat")]
    public void A_file_is_torn_after_two_seconds_and_not_before(string path, string source)
    {
        AtWork().Put(path, "{");
        Assert.DoesNotContain(FindingCodes.TornArtifact, Codes());
        repo.Wait(1.75);
        Assert.DoesNotContain(FindingCodes.TornArtifact, Codes());
        repo.Wait(0.25);
        var found = Found(FindingCodes.TornArtifact);
        Assert.Equal(WatchedRepo.Start, found.Since);
        Assert.Equal((source, path), (found.Evidence.Single().Source, found.Evidence.Single().Path));

        repo.Wait(0.25).Remove(path);
        Assert.DoesNotContain(FindingCodes.TornArtifact, Codes());
    }

    [Fact]
    public void A_file_that_is_torn_in_one_way_and_then_in_another_has_been_torn_all_the_time()
    {
        AtWork();
        Assert.Empty(Codes());
        repo.Wait(1).State("");
        Assert.Empty(Codes());
        repo.Wait(1).State("{\"act");
        Assert.Empty(Codes());
        repo.Wait(1).State("{\"active\":tr");
        Assert.Contains(FindingCodes.TornArtifact, Codes());
    }

    [Fact]
    public void A_good_reading_between_two_torn_ones_starts_the_time_anew()
    {
        AtWork().State("");
        Codes();
        repo.Wait(1.5).State(State(true, 1));
        Codes();
        repo.Wait(0.25).State("");
        Codes();
        repo.Wait(1.5);
        Assert.DoesNotContain(FindingCodes.TornArtifact, Codes());
    }

    [Fact]
    public void A_file_that_holds_bytes_that_are_not_utf8_is_torn_when_it_stays_so()
    {
        AtWork().Put(ArtifactPaths.Approval(Loop), [.. "{\"status\":\""u8, 0xFF, .. "\"}"u8]);
        Assert.Empty(Codes());

        repo.Wait(2);
        Assert.Equal("it holds bytes that are not UTF-8", Found(FindingCodes.TornArtifact).Evidence.Single().Fact);
    }

    [Fact]
    public void A_wrong_shape_is_invalid_at_once()
    {
        AtWork().State("[]");

        Assert.Equal("expected an object, found an array", Found(FindingCodes.ArtifactInvalid).Evidence.Single().Fact);
    }

    [Fact]
    public void A_directory_in_the_place_of_a_file_is_unreadable()
    {
        AtWork().Put($"{ArtifactPaths.Summary(Loop)}/x", "");

        Assert.Equal(ArtifactPaths.Summary(Loop), Found(FindingCodes.ArtifactUnreadable).Evidence.Single().Path);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    [InlineData(-3600, false)]
    public void An_event_from_the_future_shows_a_wrong_clock(double ahead, bool skewed)
    {
        AtWork().Events(Event("role_start", ahead));

        Assert.Equal(skewed, Codes().Contains(FindingCodes.ClockSkew));
    }

    [Fact]
    public void A_decision_that_waits_is_told_and_after_ten_minutes_warned_of()
    {
        repo.State(State(false)).Events(Event("loop_start")).Approval(Approval("pending"));
        Assert.DoesNotContain(FindingCodes.ApprovalUnconsumed, Codes());

        repo.Approval(Approval("approved", by: "ada", decided: 0)).Wait(599);
        Assert.Equal(Severity.Info, Found(FindingCodes.ApprovalUnconsumed).Severity);
        repo.Wait(1);
        Assert.Equal(Severity.Warning, Found(FindingCodes.ApprovalUnconsumed).Severity);
        Assert.Equal(ArtifactPaths.Approval(Loop), Found(FindingCodes.ApprovalUnconsumed).Evidence.Single().Path);

        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop));
        Assert.DoesNotContain(FindingCodes.ApprovalUnconsumed, Codes());
    }

    [Theory]
    [InlineData(299, null)]
    [InlineData(300, Severity.Warning)]
    [InlineData(899, Severity.Warning)]
    [InlineData(900, Severity.Error)]
    public void A_silent_log_of_a_running_run_is_stale(double age, Severity? expected)
    {
        AtWork().Wait(age);

        Assert.Equal(
            expected, repo.Look().Verdict.Findings.SingleOrDefault(static finding => finding.Code == FindingCodes.IngestStale)?.Severity);
        Assert.Equal(expected is null, repo.Loop.Health == HealthVerdict.Healthy);
    }

    [Theory]
    [InlineData(119, null)]
    [InlineData(120, Severity.Warning)]
    [InlineData(299, Severity.Warning)]
    [InlineData(300, Severity.Error)]
    public void A_silent_heartbeat_of_a_running_run_is_stale(double age, Severity? expected)
    {
        AtWork().Heartbeat(Heartbeat(0)).Wait(age).Events(Event("role_start", age));

        var found = repo.Look().Verdict.Findings.SingleOrDefault(static finding => finding.Code == FindingCodes.HeartbeatStale);
        Assert.Equal(expected, found?.Severity);
        Assert.Equal(expected is null ? null : ArtifactPaths.Heartbeat(Loop), found?.Evidence.Single().Path);
    }

    [Theory]
    [InlineData("loop_complete")]
    [InlineData("loop_stop")]
    public void A_run_that_is_over_is_never_stale(string end)
    {
        repo.State(State(false))
            .Heartbeat(Heartbeat(0))
            .Summary(Summary((0, 1, end == "loop_complete")))
            .Events(Event("loop_start"), Event(end, 2))
            .Wait(86_400);

        Assert.Empty(Codes());
        Assert.Equal(HealthVerdict.Healthy, repo.Loop.Health);
    }

    [Fact]
    public void A_pending_approval_is_never_stale()
    {
        AtWork().Approval(Approval("pending")).Heartbeat(Heartbeat(0)).Wait(86_400);

        Assert.Empty(Codes());
    }

    [Fact]
    public void A_failed_source_is_found_until_it_recovers()
    {
        AtWork().Look();
        repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no such disk"));
        repo.Wait(9);
        repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, "no such disk at all"));

        var found = repo.Loop.Verdict.Findings.Single();
        Assert.Equal(
            (FindingCodes.SourceFailed, WatchedRepo.Start, "no such disk"), (found.Code, found.Since, found.Evidence.Single().Fact));

        repo.Fold(new SourceRecovered(repo.Now, WatchedRepo.Path));
        Assert.Empty(repo.Loop.Verdict.Findings);
    }

    [Fact]
    public void The_most_severe_finding_comes_first()
    {
        AtWork().Look();
        repo.Wait(1000).Process(alive: false).Summary(Summary((-60, 1, true))).Events("oops\n");

        var severities = repo.Look().Verdict.Findings.Select(static finding => finding.Severity).ToArray();
        Assert.True(severities.Length >= 4);
        Assert.Equal(severities.OrderDescending(), severities);
    }

    [Fact]
    public void The_limits_of_a_stricter_profile_are_used()
    {
        var strict = new WatchedRepo(new FoldOptions { Thresholds = HealthThresholds.Strict });
        strict.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true)).Events(Event("loop_start")).Wait(120);

        Assert.True(strict.Look().Verdict.Has(FindingCodes.IngestStale));
    }

    [Fact]
    public void The_record_for_files_carries_every_source_as_evidence()
    {
        AtWork().Approval(Approval("pending")).Summary(Summary((0, 1, false))).Heartbeat(Heartbeat(0)).Look();

        var record = Assessor.Record(repo.Repo, repo.Loop, repo.Loop.Verdict);
        Assert.Equal(
            ["approval", "active_run", "process", "state", "events", "summary", "heartbeat"],
            record.Evidence.Select(static evidence => evidence.Source));
        Assert.All(record.Evidence, static evidence => Assert.Equal(evidence.Source == "process", evidence.Path is null));
        Assert.Equal(1, record.Evidence[4].Line);
        Assert.Equal(Lifecycle.AwaitingApproval, record.Lifecycle);
    }

    private string[] Codes() => [.. repo.Look().Verdict.Findings.Select(static finding => finding.Code)];

    private FindingRecord Found(string code) => Assert.Single(repo.Look().Verdict.Findings, finding => finding.Code == code);

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid))
            .Process(alive: true)
            .State(State(true))
            .Events(Event("loop_start", data: """{"max_iterations":3}"""));
}
