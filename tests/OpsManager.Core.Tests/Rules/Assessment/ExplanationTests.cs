using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

public sealed class ExplanationTests
{
    private readonly WatchedRepo repo = new();

    [Theory]
    [InlineData("approval-approved")]
    [InlineData("approval-forgotten")]
    [InlineData("approval-rejected")]
    [InlineData("completes")]
    [InlineData("delegation")]
    [InlineData("idle-loop")]
    [InlineData("long-run")]
    [InlineData("long-silent-start")]
    [InlineData("max-iterations")]
    [InlineData("no-progress-stop")]
    [InlineData("rate-limit-stop")]
    [InlineData("tokens-and-logs")]
    [InlineData("two-loops")]
    public void A_run_in_order_raises_nothing_from_its_start_to_its_end(string tape) => Assert.Empty(Told(tape));

    [Theory]
    [InlineData("role-fails")]
    [InlineData("sigkilled")]
    [InlineData("rerun-after-complete")]
    public void A_run_that_died_is_one_alert(string tape) => Assert.Equal(["error: process_gone"], Told(tape));

    [Theory]
    [InlineData("log-truncated", "error: events_truncated")]
    [InlineData("two-at-once", "warning: claim_overwritten")]
    [InlineData("torn-stays", "warning: torn_artifact")]
    [InlineData("invalid-line", "warning: event_invalid")]
    [InlineData("clock-skew", "warning: clock_skew")]
    public void A_fault_is_one_alert(string tape, string alert) => Assert.Equal([alert], Told(tape));

    [Theory]
    [InlineData("cancelled", "checkout-flow")]
    [InlineData("cancel-while-other", "checkout-flow")]
    [InlineData("cancel-pending-approval", "search-index")]
    public void A_run_that_somebody_cancelled_raises_nothing_once_it_has_stopped(string tape, string loop)
    {
        var end = Play(tape).Last().After.Loops.Single(known => known.Id == loop);

        Assert.Equal(Lifecycle.Stopped, end.Verdict.Lifecycle);
        Assert.NotEmpty(end.Verdict.Findings);
        Assert.Empty(end.Verdict.Alerts);
        Assert.Equal(HealthStatus.Healthy, end.ShownHealth.Status);
    }

    [Fact]
    public void What_follows_from_the_death_of_a_run_is_folded_into_it()
    {
        AtWork().Wait(2).Process(alive: false).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal(
            [
                (FindingCodes.ProcessGone, null),
                (FindingCodes.UnclaimedActive, FindingCodes.ProcessGone),
                (FindingCodes.StatusDisagreement, FindingCodes.ProcessGone),
            ],
            Explained());
    }

    [Fact]
    public void A_disagreement_that_nothing_explains_is_an_alert()
    {
        // Nobody knows the process of this loop: another one claims the repository while state.json says that this one runs.
        repo.State(State(true)).ActiveRun(ActiveRun(99, 0, "other")).Process(alive: true, pid: 99)
            .Events(Event("loop_start"), Event("iteration_start", 1));

        Assert.Equal([(FindingCodes.StatusDisagreement, null)], Explained());
        Assert.Equal(Lifecycle.Unknown, repo.Loop.Verdict.Lifecycle);
    }

    [Fact]
    public void A_run_that_does_not_exit_after_its_last_word_is_an_alert_after_a_minute()
    {
        AtWork().Summary(Summary((0, 1, true)));
        Assert.Equal([(FindingCodes.StatusDisagreement, ExplanationCodes.Ending)], Explained());

        repo.Wait(59);
        Assert.Empty(repo.Look().Verdict.Alerts);
        repo.Wait(1);
        Assert.Equal([(FindingCodes.StatusDisagreement, null)], Explained());
    }

    [Fact]
    public void An_old_completion_in_the_second_iteration_of_a_run_is_an_alert()
    {
        repo.Summary(Summary((0, 1, true))).State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5));
        repo.Wait(60).ActiveRun(ActiveRun(WatchedRepo.Pid, 60)).Process(alive: true);
        Assert.Equal(ExplanationCodes.Rerun, Explained().Single(static one => one.Code == FindingCodes.StaleCompletion).By);
        repo.State(State(true, 60)).Events(Event("loop_start", 60, run: 60), Event("iteration_start", 60, run: 60));
        Assert.Equal(ExplanationCodes.Rerun, Explained().Single(static one => one.Code == FindingCodes.StaleCompletion).By);

        repo.Wait(60).Events(Event("iteration_start", 120, run: 60, iteration: 2));
        Assert.Null(Explained().Single(static one => one.Code == FindingCodes.StaleCompletion).By);
    }

    [Fact]
    public void A_loop_without_a_log_is_no_alert_before_its_first_run_and_in_its_start()
    {
        repo.Put($"{ArtifactPaths.Loop(Loop)}/plan.md", "x");
        Assert.Equal([(FindingCodes.EventsMissing, ExplanationCodes.NeverRan)], Explained());

        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, stage: "run_start")).Process(alive: true);
        Assert.Equal(
            [(FindingCodes.StatusDisagreement, ExplanationCodes.Starting), (FindingCodes.EventsMissing, ExplanationCodes.Starting)],
            Explained());
    }

    [Fact]
    public void A_log_that_was_there_and_is_gone_is_an_alert()
    {
        AtWork().Summary(Summary((0, 1, false))).Look();
        repo.Wait(1).Remove(ArtifactPaths.Events(Loop));

        Assert.True(repo.Look().Verdict.HasAlert(FindingCodes.EventsMissing));
    }

    [Fact]
    public void An_idle_loop_beside_a_running_one_is_no_alert()
    {
        AtWork().Summary(Summary((0, 1, false))).Events(Event("iteration_end", 5)).Look();
        repo.Wait(6).State(State(false, 6)).Process(alive: false).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal([(FindingCodes.ActiveMismatch, ExplanationCodes.Ended)], Explained());

        repo.Wait(9).ActiveRun(ActiveRun(99, 15, "other")).Process(alive: true, pid: 99).State(State(true, 15, "other"));
        Assert.Equal([(FindingCodes.StatusDisagreement, ExplanationCodes.SharedState)], Explained());
        Assert.Equal(Lifecycle.Idle, repo.Loop.Verdict.Lifecycle);
        Assert.Empty(repo.Fleet.Loop(WatchedRepo.Path, "other")!.Verdict.Alerts);
    }

    [Fact]
    public void A_decision_is_an_alert_only_when_it_has_waited_for_ten_minutes()
    {
        repo.State(State(false)).Events(Event("loop_start")).Approval(Approval("approved", by: "ada", decided: 0)).Wait(599);
        Assert.Equal(ExplanationCodes.Decided, Explained().Single(static one => one.Code == FindingCodes.ApprovalUnconsumed).By);

        repo.Wait(1);
        Assert.Null(Explained().Single(static one => one.Code == FindingCodes.ApprovalUnconsumed).By);
    }

    [Fact]
    public void Every_explanation_has_a_sentence_of_its_own_and_stands_in_the_contract()
    {
        var codes = typeof(ExplanationCodes).GetFields().Select(static field => (string)field.GetRawConstantValue()!).ToArray();
        var contract = File.ReadAllText(RepoRoot.Combine("docs", "contract.md"));

        Assert.Equal(codes.Length, codes.Select(ExplanationCodes.Sentence).Distinct().Count());
        Assert.All(codes, code => Assert.True(ExplanationCodes.IsReason(code)));
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", contract, StringComparison.Ordinal));
        Assert.False(ExplanationCodes.IsReason(FindingCodes.ProcessGone));
    }

    [Fact]
    public void In_the_record_an_explanation_is_written_only_where_there_is_one()
    {
        AtWork().Wait(2).Process(alive: false).Look();
        var record = Assessor.Record(repo.Repo, repo.Loop, repo.Loop.Verdict);
        var text = OpsManager.Contract.Serialization.ContractJson.Write(
            record, OpsManager.Contract.Serialization.ContractJson.Default.AssessmentRecord);

        Assert.Equal(1, text.Split("\"explainedBy\":\"process_gone\"").Length - 1);
        Assert.Equal(1, text.Split("explainedBy").Length - 1);
    }

    private (string Code, string? By)[] Explained() =>
        [.. repo.Look().Verdict.Findings.Select(static finding => (finding.Code, finding.ExplainedBy))];

    private WatchedRepo AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true))
            .Events(Event("loop_start", data: """{"max_iterations":3}"""), Event("iteration_start"), Event("role_start", role: "planner"));
        repo.Look();
        return repo;
    }

    /// <summary>The alerts that <c>watch</c> tells of in a whole recording; where there is none, a health that is not healthy.</summary>
    private static string[] Told(string tape)
    {
        var told = Play(tape).SelectMany(static step => Changes.Between(step.Before, step.After)).ToArray();
        var alerts = told.Where(static change => change.Kind == "finding").ToArray();
        var unhealthy = told.Where(static change => change.Kind == "health" && change.What != "healthy");
        return [.. (alerts.Length > 0 ? alerts : unhealthy).Select(static change => $"{change.Why.Split(':')[0]}: {change.What}")];
    }

    private static IEnumerable<(FleetModel Before, FleetModel After)> Play(string name)
    {
        using var stream = File.OpenRead(RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl"));
        var deck = new TapeDeck(TapeReader.Read(name, stream), "/srv/app", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var before = fleet;
            var (seen, _) = deck.Move(deck.NextMove);
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
            yield return (before, fleet);
        }
    }
}
