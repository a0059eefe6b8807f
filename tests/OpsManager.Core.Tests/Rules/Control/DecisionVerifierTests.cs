using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>The decision in force judges an approval or a rejection, whatever name it bears; who tried proves nothing.</summary>
public sealed class DecisionVerifierTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_decision_in_force_for_the_request_is_observed_and_who_tried_is_named_beside_it()
    {
        var plan = Asked(new Intent.Approve());
        Assert.Null(Judge(plan));

        Decides("approved", "ada");
        var outcome = Assert.IsType<Outcome.Observed>(Judge(plan));

        Assert.Equal(["approval", "decisions", "events"], outcome.Evidence.Select(static evidence => evidence.Source));
        Assert.Equal((ArtifactPaths.Approval(Loop), "ada"), (outcome.Evidence[0].Path, outcome.DecidedBy));
    }

    [Theory]
    [InlineData("approve", "approved ada, rejected bob", "contradicted", "bob has rejected it")]
    [InlineData("approve", "rejected bob, approved ada", "observed", "ada")]
    [InlineData("reject", "rejected ada, approved bob", "contradicted", "bob has approved it")]
    [InlineData("approve", "approved ada, approved bob", "observed", "bob")]
    [InlineData("approve", "approved bob", "observed", "bob")]
    [InlineData("approve", "rejected ada", "contradicted", "ada has rejected it")]
    [InlineData("approve", "approved ada, rejected", "contradicted", "another decision is in force: rejected")]
    public void Of_several_decisions_the_last_stands_whoever_made_it(string intent, string decisions, string outcome, string who)
    {
        Assert.True(Intent.TryParse(intent, "why", out var wanted));
        var plan = Asked(wanted);
        foreach (var decision in decisions.Split(", "))
        {
            Decides(decision.Split(' ')[0], decision.Split(' ').ElementAtOrDefault(1));
        }

        var judged = Judge(plan);

        Assert.Equal(outcome, judged!.Word);
        Assert.Equal(who, judged is Outcome.Contradicted other ? other.Why : ((Outcome.Success)judged).DecidedBy);
    }

    [Theory]
    [InlineData("decisions")]
    [InlineData("event")]
    [InlineData("both")]
    public void What_only_shows_who_tried_is_no_success(string what)
    {
        var plan = Asked(new Intent.Approve());
        Tries("approved", "ada", what);
        Assert.Null(Judge(plan));

        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop));
        Assert.Null(Judge(plan));
        Assert.Equal("approval.json was removed, and no event shows which decision was consumed", Why(plan));
    }

    [Fact]
    public void An_approval_that_a_run_took_up_is_consumed_and_a_loop_that_ended_by_it_completed()
    {
        var plan = Asked(new Intent.Approve());
        Decides("approved", "ada");
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop)).Events(Event("loop_start", 12, run: 12), Event("approval_consumed", 12));
        Assert.IsType<Outcome.Consumed>(Judge(plan));

        repo.Wait(1).Events(Event("loop_complete", 12));
        Assert.IsType<Outcome.Completed>(Judge(plan));
        Assert.All(Verifier.Steps(plan.Attempt, repo.Repo, repo.Loop), static step => Assert.NotNull(step.Seen));
    }

    [Theory]
    [InlineData(0)] // as some runtimes may
    [InlineData(12)] // as the runtime does: the id of the run that goes on
    public void A_rejection_that_a_run_took_up_is_consumed_and_never_completed(double run)
    {
        var plan = Asked(new Intent.Reject("no"));
        Decides("rejected", "ada");
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop))
            .Events(Event("loop_start", 12, run: 12), Event("approval_rejected", 12, run: run))
            .Events(Event("loop_complete", 20), Event("loop_complete", 20, run: 12));

        Assert.IsType<Outcome.Consumed>(Judge(plan));
    }

    [Theory]
    [InlineData("approve", "approval_rejected", 12)]
    [InlineData("approve", "approval_rejected", 0)]
    [InlineData("reject", "approval_consumed", 0)]
    public void What_took_up_the_other_decision_contradicts_and_is_no_step_of_this_one(string intent, string consumed, double run)
    {
        Assert.True(Intent.TryParse(intent, "why", out var wanted));
        var plan = Asked(wanted);
        Tries(wanted.Decision!, "ada", "both");
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop))
            .Events(Event("loop_start", 12, run: 12), Event(consumed, 12, run: run), Event("loop_complete", 13));

        Assert.StartsWith("another decision was consumed", Assert.IsType<Outcome.Contradicted>(Judge(plan)).Why, StringComparison.Ordinal);
        Assert.All(Verifier.Steps(plan.Attempt, repo.Repo, repo.Loop), static step => Assert.Null(step.Seen));
    }

    [Fact]
    public void What_a_run_took_up_decides_unless_the_file_says_something_else_still()
    {
        var plan = Asked(new Intent.Approve());
        Decides("approved", "ada");
        repo.Wait(1).Events(Event("approval_consumed", 12));
        Assert.IsType<Outcome.Consumed>(Judge(plan));

        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "bob"));
        Assert.Null(Judge(plan));
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop));
        Assert.IsType<Outcome.Consumed>(Judge(plan));
    }

    [Fact]
    public void A_file_that_names_another_loop_decides_nothing_here()
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada").Replace($"\"{Loop}\"", "\"other\"", StringComparison.Ordinal));

        Assert.Null(Judge(plan));
    }

    [Theory]
    [InlineData(0, 5)] // asked again for the same run and iteration
    [InlineData(60, 60)] // another run
    public void A_decision_on_another_request_is_none_on_this(double run, double requested)
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("approved", run, requested: requested, by: "ada"));
        Assert.Null(Judge(plan));

        repo.Wait(1).Approval(RuntimeText.Approval("rejected", run, requested: requested, by: "bob"));
        Assert.Null(Judge(plan));
    }

    [Fact]
    public void A_request_that_replaced_this_one_contradicts_where_the_log_shows_it_and_hides_what_came_of_this()
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("pending", run: 60, requested: 66));
        Assert.Null(Judge(plan));
        Assert.StartsWith("another run is waiting now", Why(plan), StringComparison.Ordinal);

        // What took up the decision on it is told of the next request, not of this.
        repo.Wait(1).Events(Event("approval_requested", 66, run: 60), Event("approval_rejected", 70, run: 70));
        var other = Assert.IsType<Outcome.Contradicted>(Judge(plan));
        Assert.StartsWith("another run is waiting now", other.Why, StringComparison.Ordinal);
        Assert.False(other.IsOverruling);
    }

    [Fact]
    public void A_plan_made_between_the_file_and_the_event_of_its_request_is_of_that_request()
    {
        AtWork().Approval(RuntimeText.Approval("pending")).Look();
        var plan = Plan(new Intent.Reject("no"));
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop))
            .Events(Event("approval_requested", 1), Event("approval_decision", 2, role: "human", status: "rejected"))
            .Events(Event("approval_rejected", 12, run: 12));

        Assert.IsType<Outcome.Consumed>(Judge(plan));
    }

    [Fact]
    public void What_stood_there_before_is_no_evidence()
    {
        AtWork().Approval(RuntimeText.Approval("pending"))
            .Events(Event("approval_decision", 5, role: "human", status: "approved"), Event("approval_consumed", 5))
            .Events(Event("loop_complete", 5), Event("approval_requested", 6));
        Tries("approved", "ada", "decisions");
        repo.Look();
        var plan = Plan(new Intent.Approve());

        Assert.Null(Judge(plan));
        Assert.Null(Judge(plan with { Attempt = plan.Attempt with { Baseline = plan.Baseline with { ApprovalStatus = "approved" } } }));
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "bob"));
        Assert.Null(Judge(plan with { Attempt = plan.Attempt with { Baseline = plan.Baseline with { ApprovalStatus = "approved" } } }));
    }

    [Fact]
    public void What_another_run_did_is_no_evidence()
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Events(Event("approval_decision", 61, run: 60, role: "human", status: "approved"))
            .Events(Event("approval_consumed", 61, run: 60), Event("loop_complete", 61, run: 60));

        Assert.Null(Judge(plan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"status":"appro""")]
    [InlineData("""["approved"]""")]
    public void A_file_that_is_being_written_or_is_none_decides_nothing_until_it_can_be_read(string text)
    {
        var plan = Asked(new Intent.Approve());
        Decides("rejected", "bob");
        repo.Look();
        repo.Wait(1).Approval(text);
        Assert.Null(Judge(plan));

        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada"));
        Assert.IsType<Outcome.Observed>(Judge(plan));
    }

    [Fact]
    public void A_file_whose_status_and_decision_disagree_decides_nothing()
    {
        var plan = Asked(new Intent.Approve());
        var said = RuntimeText.Approval("approved", by: "ada");
        repo.Wait(1).Approval(said.Replace("{", """{"decision":{"status":"rejected"},""", StringComparison.Ordinal));

        Assert.Null(Judge(plan));
    }

    [Fact]
    public void Where_the_log_has_lost_lines_or_is_off_nobody_can_tell_what_was_taken_up()
    {
        var plan = Asked(new Intent.Approve());
        Decides("approved", "ada");
        repo.Look();
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop))
            .Put(ArtifactPaths.Events(Loop), Event("loop_start", 12, run: 12) + Event("approval_consumed", 12));
        Assert.Null(Judge(plan));
        Assert.Contains("does not reliably show", Why(plan), StringComparison.Ordinal);

        repo.Fold(new StreamSwitched(repo.Now, true));
        Assert.Null(Judge(plan));
    }

    [Fact]
    public void Without_decisions_jsonl_as_over_a_plain_service_the_same_holds()
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada", decided: 11));

        Assert.IsType<Outcome.Observed>(Judge(plan));
    }

    /// <summary>A run that waits for approval, and the plan of an intent on it.</summary>
    private ControlPlan Asked(Intent intent)
    {
        AtWork().Approval(RuntimeText.Approval("pending")).Events(Event("approval_requested", 1)).Look();
        return Plan(intent);
    }

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).State(State(true));

    private ControlPlan Plan(Intent intent) => Planner.Plan(repo.Repo, repo.Loop, intent, "ada");

    /// <summary>A decision as the runtime records it.</summary>
    private void Decides(string decision, string? by)
    {
        repo.Wait(1).Approval(RuntimeText.Approval(decision, by: by, decided: 11));
        Tries(decision, by, "both");
    }

    private void Tries(string decision, string? by, string where)
    {
        if (where is "decisions" or "both")
        {
            var row = $$"""{"timestamp":"{{Time(11)}}","run_id":"{{Time(0)}}","iteration":1,"decision":"{{decision}}","by":"{{by}}"}""";
            repo.Append(ArtifactPaths.Decisions(Loop), Encoding.UTF8.GetBytes(row + "\n"));
        }

        if (where is "event" or "both")
        {
            repo.Events(Event("approval_decision", 11, role: "human", status: decision));
        }
    }

    private Outcome? Judge(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Judge(plan.Attempt, repo.Repo, loop);
    }

    private string Why(ControlPlan plan) => Verifier.WhyUnknown(plan.Attempt, repo.Repo, repo.Loop);
}
