using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>The runtime starts at 19:00:00Z; a cancel is sent ten seconds later.</summary>
public sealed class CancelRuleTests
{
    private const string Reason = "cancelled by builder at 19:00:11Z";

    private readonly WatchedRepo repo = new();

    [Fact]
    public void Our_own_cancel_explains_the_state_and_raises_no_alert_at_any_of_its_steps()
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        Quiet(Lifecycle.Running);

        repo.Remove(ArtifactPaths.State);
        Quiet(Lifecycle.Running);
        repo.Wait(1).Process(alive: false);
        Assert.Equal(
            "process 4711 has exited while a cancel by builder is being carried out", Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);
        repo.Remove(ArtifactPaths.ActiveRun);
        Quiet(Lifecycle.Stopped);
        rows.Executed(repo, 11);
        Quiet(Lifecycle.Stopped);
        rows.Told(repo, 11);

        var ruling = Quiet(Lifecycle.Stopped).Verdict.Ruling;
        Assert.Equal((Reason, Confidence.High, WatchedRepo.Start.AddSeconds(11)), (ruling.Reason, ruling.Confidence, ruling.Since));
        repo.Wait(86_400);
        Assert.Equal(Reason, Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_whose_process_goes_before_its_files_has_not_failed(bool claimGoesFirst)
    {
        AtWork();
        new CancelRows().Started(repo.Wait(10), 10);
        repo.Process(alive: false);
        repo.Remove(claimGoesFirst ? ArtifactPaths.ActiveRun : ArtifactPaths.State);

        Quiet(Lifecycle.Stopped);
    }

    [Fact]
    public void Health_for_scripts_still_holds_the_flag_and_health_for_people_does_not()
    {
        Cancelled();

        Assert.True(repo.Look().Projected.Flags.ActiveMismatch);
        Assert.Equal([HealthCodes.DivergenceDetected], repo.Loop.Health.Codes);
        Assert.Equal(HealthVerdict.Healthy, repo.Loop.ShownHealth);
        Assert.Equal(
            [(FindingCodes.StatusDisagreement, ExplanationCodes.Cancelled), (FindingCodes.ActiveMismatch, ExplanationCodes.Cancelled)],
            repo.Loop.Verdict.Findings.Select(static finding => (finding.Code, finding.ExplainedBy)));
    }

    [Fact]
    public void It_holds_after_a_restart_while_another_loop_uses_the_shared_files()
    {
        Cancelled();
        repo.Look();
        repo.ActiveRun(ActiveRun(99, 60, "search-index")).State(State(true, 60, "search-index")).Wait(60);
        Assert.Equal(Reason, Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);

        var restarted = new WatchedRepo(files: repo.Files);
        Assert.Equal((Lifecycle.Stopped, Reason), (restarted.Look().Verdict.Lifecycle, restarted.Loop.Verdict.Ruling.Reason));
        Assert.Empty(restarted.Loop.Verdict.Alerts);
    }

    [Fact]
    public void It_explains_the_loop_that_was_at_work_whichever_it_was_asked_for()
    {
        AtWork();
        var rows = new CancelRows(Asked: "search-index", Events: 0, WasActive: false);
        repo.Put(ArtifactPaths.Events("search-index"), Event("loop_start") + Event("loop_complete", 2));
        rows.Started(repo.Wait(10), 10);
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal(Reason, Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);
        Assert.Equal(Lifecycle.Complete, repo.Fleet.Loop(WatchedRepo.Path, "search-index")!.Verdict.Lifecycle);
    }

    [Fact]
    public void A_cancel_of_a_run_that_has_logged_nothing_yet_outweighs_the_end_of_the_run_before()
    {
        repo.State(State(false, 6)).Summary(Summary((0, 1, true))).Events(Event("loop_start"), Event("loop_complete", 5)).Wait(8);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 8)).Process(alive: true);
        var rows = new CancelRows(Events: 2, WasActive: false);
        Quiet(Lifecycle.Running);
        rows.Started(repo.Wait(2), 10);
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal(Reason, Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);
    }

    [Fact]
    public void A_new_run_ends_the_explanation()
    {
        Cancelled();
        repo.Wait(60).ActiveRun(ActiveRun(5000, 70)).Process(alive: true, pid: 5000);
        Quiet(Lifecycle.Running);
        repo.Events(Event("loop_start", 71, run: 71)).State(State(true, 71));
        Quiet(Lifecycle.Running);
        repo.Wait(2).Process(alive: false, pid: 5000);
        Assert.Equal([FindingCodes.ProcessGone], Alerts());
        Assert.Equal(Lifecycle.Failed, repo.Loop.Verdict.Lifecycle);
        repo.Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

        Assert.DoesNotContain("builder", repo.Look().Verdict.Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_run_that_was_never_seen_at_work_ends_it_too()
    {
        Cancelled();
        repo.Wait(60).State(State(false, 80))
            .Events(Event("loop_start", 71, run: 71), Event("iteration_start", 71, run: 71), Event("loop_complete", 80, run: 71));

        Assert.Equal("loop_complete ended the run", repo.Look().Verdict.Ruling.Reason);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("contradicted")]
    [InlineData("refused")]
    public void A_cancel_that_was_no_success_explains_nothing(string outcome)
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        rows.Executed(repo, 11);
        rows.Told(repo, 11, outcome);
        repo.Wait(1).Process(alive: false);

        Assert.Equal(Lifecycle.Failed, repo.Look().Verdict.Lifecycle);
        Assert.Contains(FindingCodes.ProcessGone, Alerts());
    }

    [Fact]
    public void A_cancel_whose_sender_was_killed_explains_nothing_for_ever()
    {
        AtWork();
        new CancelRows().Started(repo.Wait(10), 10);
        repo.Process(alive: false);
        Quiet(Lifecycle.Stopped);

        repo.Wait(46);
        Assert.Equal(Lifecycle.Failed, repo.Look().Verdict.Lifecycle);
        Assert.Equal([FindingCodes.ProcessGone], Alerts());
    }

    [Fact]
    public void A_run_that_ended_by_itself_meanwhile_is_what_it_says()
    {
        AtWork();
        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        repo.Events(Event("loop_complete", 10)).State(State(false, 10)).Process(alive: false).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal("loop_complete ended the run", Quiet(Lifecycle.Complete).Verdict.Ruling.Reason);
    }

    [Fact]
    public void A_cancel_after_a_crash_explains_that_the_files_are_cleared()
    {
        AtWork().Wait(5).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Look();
        var rows = new CancelRows(Hit: null, Pid: null);
        rows.Started(repo.Wait(5), 10);
        Assert.Equal(Lifecycle.Failed, repo.Look().Verdict.Lifecycle);
        repo.Remove(ArtifactPaths.State);
        rows.Executed(repo, 11);
        rows.Told(repo, 11);

        Assert.Equal(Reason, Quiet(Lifecycle.Stopped).Verdict.Ruling.Reason);
    }

    [Fact]
    public void A_loop_that_was_idle_stays_idle_when_another_one_is_cancelled()
    {
        repo.State(State(false, 6)).Summary(Summary((0, 1, false))).Events(Event("loop_start"), Event("iteration_end", 5)).Look();
        CancelTheOther();

        Assert.Equal(
            "state.json is not active and no event ended the run: it ended normally", Quiet(Lifecycle.Idle).Verdict.Ruling.Reason);
    }

    [Fact]
    public void A_run_that_had_died_has_not_been_cancelled_with_another_one()
    {
        AtWork().Wait(2).Process(alive: false).Look();
        CancelTheOther();

        Assert.Equal(Lifecycle.Failed, repo.Look().Verdict.Lifecycle);
        Assert.Equal([FindingCodes.ProcessGone], Alerts());
    }

    [Fact]
    public void A_decision_that_waits_for_the_next_run_comes_before_it()
    {
        Cancelled();
        repo.Wait(5).Approval(Approval("approved", by: "ada", decided: 15));

        Assert.StartsWith("approved by ada", Quiet(Lifecycle.Idle).Verdict.Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_called_and_no_line_is_written_for_what_they_did_themselves()
    {
        AtWork();
        var before = repo.Fleet;
        Cancelled(isAtWork: true);
        repo.Look();

        Assert.Empty(Notices.Between(before, repo.Fleet));
        Assert.Equal([("lifecycle", "stopped")], Changes.Between(before, repo.Fleet).Select(static change => (change.Kind, change.What)));
    }

    private WatchedRepo AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start"), Event("iteration_start", 1), Event("role_start", 2, role: "planner"));
        repo.Look();
        return repo;
    }

    private void Cancelled(bool isAtWork = false)
    {
        if (!isAtWork)
        {
            AtWork();
        }

        var rows = new CancelRows();
        rows.Started(repo.Wait(10), 10);
        Stop();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);
    }

    private void CancelTheOther()
    {
        repo.Put(ArtifactPaths.Events("search-index"), Event("loop_start", 8, run: 8));
        repo.Wait(8)
            .ActiveRun(ActiveRun(99, 8, "search-index"))
            .Process(alive: true, pid: 99)
            .State(State(true, 8, "search-index"))
            .Look();
        var rows = new CancelRows(Asked: "search-index", Hit: "search-index", Pid: 99, Events: 1);
        rows.Started(repo.Wait(2), 10);
        repo.Wait(1).Process(alive: false, pid: 99).Look();
        repo.Remove(ArtifactPaths.State).Look();
        repo.Remove(ArtifactPaths.ActiveRun).Look();
        rows.Executed(repo, 11);
        rows.Told(repo, 11);
        repo.Look();
        Assert.Equal("cancelled by builder at 19:00:11Z", repo.Fleet.Loop(WatchedRepo.Path, "search-index")!.Verdict.Ruling.Reason);
    }

    private void Stop() => repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

    private string[] Alerts() => [.. repo.Look().Verdict.Alerts.Select(static alert => alert.Code)];

    private LoopModel Quiet(Lifecycle expected)
    {
        Assert.Empty(Alerts());
        Assert.Equal((expected, HealthStatus.Healthy), (repo.Loop.Verdict.Lifecycle, repo.Loop.ShownHealth.Status));
        return repo.Loop;
    }
}
