using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>Which word explains a finding where more than one might (docs/contract.md, "What explains a finding").</summary>
public sealed class ExplainedFindingTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_state_that_nobody_claims_follows_from_our_cancel_while_its_process_cannot_be_checked()
    {
        AtWork();
        new CancelRows().Started(repo.Wait(10), 10).Look();
        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { IsUnreadable = true }).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal(ExplanationCodes.Cancelled, By(FindingCodes.UnclaimedActive));
        Assert.Empty(repo.Loop.Verdict.Alerts);
    }

    [Fact]
    public void A_decision_that_a_run_in_its_first_iteration_has_not_acted_on_is_an_alert()
    {
        AtWork().Approval(Approval("approved", by: "ada", decided: 0)).Wait(599);
        Assert.Equal(ExplanationCodes.Decided, By(FindingCodes.ApprovalUnconsumed));

        repo.Wait(1);
        Assert.Null(By(FindingCodes.ApprovalUnconsumed));
    }

    [Fact]
    public void A_decision_is_not_taken_up_by_a_run_that_died_in_its_start()
    {
        repo.State(State(false, 6)).Events(Event("loop_start"), Event("approval_requested", 5))
            .Approval(Approval("approved", by: "ada", decided: 10)).Wait(600);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 600)).Process(alive: true).Wait(20);
        Assert.Equal(ExplanationCodes.Starting, By(FindingCodes.ApprovalUnconsumed));

        repo.Process(alive: false);
        Assert.Null(By(FindingCodes.ApprovalUnconsumed));
    }

    [Fact]
    public void A_decision_that_waits_explains_why_the_contract_status_has_another_word()
    {
        repo.State(State(false)).Events(Event("loop_start")).Approval(Approval("approved", by: "ada", decided: 0));

        Assert.Equal(ExplanationCodes.Decided, By(FindingCodes.StatusDisagreement));
    }

    [Fact]
    public void A_claim_that_was_overwritten_explains_more_than_that_the_state_is_shared()
    {
        AtWork();
        repo.Wait(5).ActiveRun(ActiveRun(99, 5, "other")).Process(alive: true, pid: 99).State(State(true, 5, "other"));

        Assert.Equal(FindingCodes.ClaimOverwritten, By(FindingCodes.StatusDisagreement));
    }

    [Theory]
    [InlineData("rate_limit_stop", ExplanationCodes.RateLimit)]
    [InlineData("loop_stop", ExplanationCodes.Ended)]
    [InlineData("loop_complete", ExplanationCodes.Ended)]
    public void A_state_that_is_still_active_after_the_end_of_the_run_follows_from_that_end(string end, string expected)
    {
        AtWork();
        repo.Wait(5).Events(Event(end, 5)).Process(alive: false).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal(expected, By(FindingCodes.StatusDisagreement));
    }

    [Fact]
    public void A_run_whose_state_is_no_longer_active_is_ending_for_less_than_a_minute()
    {
        AtWork();
        repo.State(State(false)).Wait(59);
        Assert.Equal(ExplanationCodes.Ending, By(FindingCodes.StatusDisagreement));

        repo.Wait(1);
        Assert.Null(By(FindingCodes.StatusDisagreement));
    }

    [Fact]
    public void The_first_iteration_of_a_run_that_goes_on_counting_is_its_first()
    {
        repo.Summary(Summary((0, 2, true))).State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5)).Wait(60);
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true).State(State(true, 60, iteration: 3))
            .Events(Event("loop_start", 60, run: 60, iteration: 3), Event("iteration_start", 60, run: 60, iteration: 3));
        Assert.Equal(ExplanationCodes.Rerun, By(FindingCodes.StaleCompletion));

        repo.Events(Event("iteration_start", 61, run: 60, iteration: 4));
        Assert.Null(By(FindingCodes.StaleCompletion));
    }

    [Fact]
    public void An_alert_is_a_finding_that_is_there_and_that_nothing_explains()
    {
        AtWork();
        repo.Wait(2).Process(alive: false).Look();

        Assert.True(repo.Loop.Verdict.HasAlert(FindingCodes.ProcessGone));
        Assert.True(repo.Loop.Verdict.Has(FindingCodes.StatusDisagreement));
        Assert.False(repo.Loop.Verdict.HasAlert(FindingCodes.StatusDisagreement));
        Assert.False(repo.Loop.Verdict.HasAlert(FindingCodes.TornArtifact));
    }

    private string? By(string code) => Assert.Single(repo.Look().Verdict.Findings, found => found.Code == code).ExplainedBy;

    private WatchedRepo AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start"), Event("iteration_start"), Event("role_start", role: "planner"));
        repo.Look();
        return repo;
    }
}
