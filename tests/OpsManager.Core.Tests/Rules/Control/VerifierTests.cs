using OpsManager.Contract;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

public sealed class VerifierTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_cancel_is_observed_when_the_process_is_gone_and_the_artifacts_are_cleared_and_not_before()
    {
        AtWork().Look();
        var plan = Plan(new Intent.Cancel());

        repo.Wait(1).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);
        Assert.Null(Judge(plan));
        Assert.Equal("process 4711 is still running", Why(plan));

        repo.Wait(1).Process(alive: false);
        Assert.Equal(
            ["process", "active_run", "state"],
            Assert.IsType<Outcome.Observed>(Judge(plan)).Evidence.Select(static evidence => evidence.Source));
    }

    [Fact]
    public void A_process_that_is_gone_while_its_artifacts_stay_proves_nothing()
    {
        AtWork().Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).Process(alive: false);

        Assert.Null(Judge(plan));
        Assert.Contains("still says that the run is active", Why(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_was_gone_before_was_not_stopped_by_us()
    {
        AtWork().Process(alive: false).Look();
        repo.Wait(5).Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

        Assert.Contains("has already exited", string.Join(' ', plan.Warnings), StringComparison.Ordinal);
        Assert.Null(Judge(plan));
    }

    [Fact]
    public void A_cancel_after_a_crash_is_observed_when_the_state_that_was_left_is_cleared_and_not_before()
    {
        AtWork().Look();
        repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Look();
        var plan = Plan(new Intent.Cancel());
        Assert.Null(Judge(plan));
        Assert.Equal("state.json was not removed", Why(plan));

        repo.Wait(1).Remove(ArtifactPaths.State);
        var outcome = Assert.IsType<Outcome.Observed>(Judge(plan));
        Assert.Equal(["state", "active_run"], outcome.Evidence.Select(static evidence => evidence.Source));
        Assert.All(Verifier.Steps(plan.Attempt, repo.Repo, repo.Loop), static step => Assert.NotNull(step.Seen));
    }

    [Fact]
    public void A_cancel_of_a_repository_that_was_idle_stays_unknown()
    {
        repo.State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5)).Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).Remove(ArtifactPaths.State);

        Assert.Null(Judge(plan));
    }

    [Fact]
    public void A_run_that_began_after_a_crash_does_not_confirm_the_cancel()
    {
        AtWork().Look();
        repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).ActiveRun(ActiveRun(5000, 12)).Process(alive: true, pid: 5000).State(State(true, 12));

        Assert.Null(Judge(plan));
    }

    [Fact]
    public void A_run_that_ended_by_itself_was_not_cancelled()
    {
        AtWork().Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).Events(Event("loop_complete", 11)).State(State(false, 11)).Remove(ArtifactPaths.ActiveRun).Process(alive: false);

        Assert.Equal("the run ended by itself: loop_complete", Assert.IsType<Outcome.Contradicted>(Judge(plan)).Why);
    }

    [Fact]
    public void With_the_event_stream_off_nothing_tells_a_run_that_was_stopped_from_one_that_ended_by_itself()
    {
        AtWork().Look();
        var plan = Plan(new Intent.Cancel());
        repo.Fold(new OpsManager.Core.Facts.Observations.StreamSwitched(repo.Now, true));
        repo.Wait(1).Events(Event("loop_complete", 5)).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Remove(ArtifactPaths.State);

        Assert.Null(Judge(plan));
        repo.Fold(new OpsManager.Core.Facts.Observations.StreamSwitched(repo.Now, false));
        Assert.IsType<Outcome.Contradicted>(Judge(plan));
    }

    [Fact]
    public void Where_processes_cannot_be_observed_a_cancel_stays_unknown()
    {
        repo.ActiveRun(ActiveRun(99)).State(State(true)).Events(Event("loop_start"));
        repo.Look();
        var plan = Plan(new Intent.Cancel());
        repo.Wait(1).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

        Assert.Null(Judge(plan));
    }

    [Fact]
    public void Nothing_outside_can_make_a_success_or_evidence()
    {
        Assert.All([
            typeof(Outcome.Observed), typeof(Outcome.Consumed), typeof(Outcome.Completed), typeof(Outcome.Contradicted),
            typeof(FreshEvidence)
        ], static type => Assert.Empty(type.GetConstructors()));
        Assert.All(typeof(Outcome).GetNestedTypes(), static type => Assert.True(type.IsSealed || type.IsAbstract));
        Assert.DoesNotContain(typeof(Outcome).GetProperties(), static property => property.SetMethod is { IsPublic: true });
    }

    private WatchedRepo AtWork() =>
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).State(State(true));

    private ControlPlan Plan(Intent intent) => Planner.Plan(repo.Repo, repo.Loop, intent, "ada");

    private Outcome? Judge(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Judge(plan.Attempt, repo.Repo, loop);
    }

    private string Why(ControlPlan plan) => Verifier.WhyUnknown(plan.Attempt, repo.Repo, repo.Loop);
}
