using System.Globalization;
using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>The verification steps of a decision, who is named beside it, and why nothing could be told.</summary>
public sealed class DecisionStepsTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void An_approval_has_three_steps_that_are_seen_one_after_the_other()
    {
        var plan = Asked(new Intent.Approve());
        Assert.Equal([false, false, false], Seen(plan));
        Assert.Equal([false, true, true], Steps(plan).Select(static step => step.IsLater));

        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada"));
        Assert.Equal([true, false, false], Seen(plan));

        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop)).Events(Event("approval_consumed", 12));
        Assert.Equal([true, true, false], Seen(plan));

        repo.Wait(1).Events(Event("loop_complete", 13));
        Assert.Equal([true, true, true], Seen(plan));
        Assert.Equal(
            ["approval_consumed", "approval_consumed", "loop_complete"], Steps(plan).Select(static step => step.Seen!.Value));
    }

    [Fact]
    public void A_rejection_has_two_steps()
    {
        var plan = Asked(new Intent.Reject("no"));
        Assert.Equal([false, false], Seen(plan));
        Assert.Equal([false, true], Steps(plan).Select(static step => step.IsLater));

        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "ada"));
        Assert.Equal([true, false], Seen(plan));

        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop)).Events(Event("approval_rejected", 12));
        Assert.Equal([true, true], Seen(plan));
    }

    [Fact]
    public void Of_a_loop_whose_directory_is_missing_nothing_is_seen_and_nothing_decides()
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada")).Look();

        Assert.All(Verifier.Steps(plan.Attempt, repo.Repo, null), static step => Assert.Null(step.Seen));
        Assert.Null(Verifier.Judge(plan.Attempt, repo.Repo, null));
        Assert.Equal(NoApproval, Verifier.WhyUnknown(plan.Attempt, repo.Repo, null));
    }

    [Fact]
    public void Of_those_who_tried_the_newest_eight_rows_of_this_request_are_named()
    {
        Row("early");
        var plan = Asked(new Intent.Approve());
        for (var row = 2; row <= 11; row++)
        {
            Row($"operator {row.ToString(CultureInfo.InvariantCulture)}");
        }

        Row("another iteration", iteration: 2);
        Row("another run", run: 60);
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada"));

        var rows = Judge(plan)!.Evidence.Skip(1).ToArray();

        Assert.Equal([4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L], rows.Select(static row => row.Line!.Value));
        Assert.Equal($"approved by operator 11 for run {Time(0)}", rows[^1].Fact);
    }

    [Fact]
    public void Of_those_who_tried_the_newest_eight_events_of_this_run_are_named()
    {
        repo.Events(Event("approval_decision", role: "human", status: "approved"));
        var plan = Asked(new Intent.Approve());
        repo.Events([.. Enumerable.Range(0, 10).Select(static second => Event("approval_decision", second, status: "approved"))]);
        repo.Events(Event("approval_decision", 30, run: 60, status: "approved"));
        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada"));

        Assert.Equal(
            [6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L], Judge(plan)!.Evidence.Skip(1).Select(static moment => moment.Line!.Value));
    }

    [Fact]
    public void While_the_request_is_still_there_or_cannot_be_read_no_decision_was_recorded_in_time()
    {
        var plan = Asked(new Intent.Approve());
        Assert.Equal(NoApproval, Why(plan));

        repo.Wait(1).Approval("[]");
        Assert.Equal(NoApproval, Why(plan));
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(0, 2)]
    public void A_request_of_another_run_or_iteration_is_named(double run, int iteration)
    {
        var plan = Asked(new Intent.Approve());
        repo.Wait(1).Approval(RuntimeText.Approval("pending", run, iteration, requested: 60));

        Assert.Equal(
            $"another run is waiting now: {Time(run)}, iteration {iteration.ToString(CultureInfo.InvariantCulture)}, and events.jsonl "
                + "does not show which decision was consumed before",
            Why(plan));
    }

    [Fact]
    public void Only_a_contrary_decision_overrules()
    {
        var plan = Asked(new Intent.Approve());
        Assert.Null(Overruling(plan));

        repo.Wait(1).Approval(RuntimeText.Approval("approved", by: "ada"));
        Assert.Null(Overruling(plan));

        repo.Wait(1).Approval(RuntimeText.Approval("rejected", by: "bob"));
        Assert.Equal("bob has rejected it", Overruling(plan)!.Why);
        Assert.Null(Overruling(Plan(new Intent.Cancel())));

        // That another request came is no decision.
        repo.Wait(1).Remove(ArtifactPaths.Approval(Loop)).Events(Event("approval_requested", 66, run: 60));
        Assert.IsType<Outcome.Contradicted>(Judge(plan));
        Assert.Null(Overruling(plan));
    }

    private static string NoApproval => $"no approval of run {Time(0)} was recorded in time";

    private ControlPlan Asked(Intent intent)
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).State(State(true))
            .Approval(RuntimeText.Approval("pending")).Events(Event("approval_requested", 1)).Look();
        return Plan(intent);
    }

    private ControlPlan Plan(Intent intent) => Planner.Plan(repo.Repo, repo.Loop, intent, "ada");

    private void Row(string by, double run = 0, int iteration = 1)
    {
        var row = $$"""{"timestamp":"{{Time(11)}}","run_id":"{{Time(run)}}","iteration":{{iteration.ToString(CultureInfo.InvariantCulture)}},"decision":"approved","by":"{{by}}"}""";
        repo.Append(ArtifactPaths.Decisions(Loop), Encoding.UTF8.GetBytes(row + "\n"));
    }

    private IReadOnlyList<VerificationStep> Steps(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Steps(plan.Attempt, repo.Repo, loop);
    }

    private IEnumerable<bool> Seen(ControlPlan plan) => Steps(plan).Select(static step => step.Seen is not null);

    private Outcome? Judge(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Judge(plan.Attempt, repo.Repo, loop);
    }

    private Outcome.Contradicted? Overruling(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Overruling(plan.Attempt, repo.Repo, loop);
    }

    private string Why(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.WhyUnknown(plan.Attempt, repo.Repo, loop);
    }
}
