using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Control;

/// <summary>The verification steps of a cancel, and why nothing could be told.</summary>
public sealed class CancelStepsTests
{
    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_cancel_has_three_steps_each_seen_by_itself()
    {
        var plan = AtWork();
        Assert.Equal([null, null, null], Seen(plan));
        Assert.Equal("process 4711 has exited", Steps(plan)[0].What);

        repo.Wait(1).Remove(ArtifactPaths.ActiveRun);
        Assert.Equal([null, "absent", null], Seen(plan));

        repo.Wait(1).Remove(ArtifactPaths.State);
        Assert.Equal([null, "absent", "absent"], Seen(plan));

        repo.Wait(1).Process(alive: false);
        Assert.Equal(["4711", "absent", "absent"], Seen(plan));
    }

    [Fact]
    public void A_run_of_another_loop_that_took_the_place_does_not_hide_the_cancel()
    {
        var plan = AtWork();
        repo.Wait(1).Process(alive: false).ActiveRun(ActiveRun(5000, 12, loop: "other")).Process(alive: true, pid: 5000)
            .State(State(true, 12, loop: "other"));

        Assert.Equal(["4711", "another run", "not this run"], Seen(plan));
        var outcome = Assert.IsType<Outcome.Observed>(Judge(plan));
        Assert.Equal("now belongs to loop other", outcome.Evidence[1].Fact);
    }

    [Fact]
    public void A_process_that_had_exited_before_is_no_step_and_says_why()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: false).Events(Event("loop_start")).State(State(true)).Look();
        repo.Wait(5).Look();
        var plan = Plan();
        repo.Wait(1).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

        Assert.Equal([null, "absent", "absent"], Seen(plan));
        Assert.Equal("process 4711 had exited before the cancel: nothing shows what the cancel did", Why(plan));
    }

    [Fact]
    public void Without_a_process_and_without_an_active_state_there_was_nothing_to_stop()
    {
        repo.State(State(false, 6)).Events(Event("loop_start"), Event("loop_complete", 5)).Look();
        var plan = Plan();

        Assert.Equal("active-run.json had no process to stop, so nothing shows whether a run has stopped", Why(plan));
        Assert.Equal("the process has exited (its number is not known)", Steps(plan)[0].What);
    }

    [Fact]
    public void Where_processes_cannot_be_observed_it_says_so()
    {
        repo.ActiveRun(ActiveRun(99)).State(State(true)).Events(Event("loop_start")).Look();

        Assert.Equal("processes cannot be observed here, so nothing shows whether process 99 has exited", Why(Plan()));
    }

    [Fact]
    public void After_a_crash_there_is_one_step_which_holds_also_where_the_directory_is_missing()
    {
        AtWork();
        repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Look();
        var plan = Plan();
        Assert.Equal([null], Seen(plan));

        repo.Wait(1).Remove(ArtifactPaths.State);
        Assert.Equal(["absent"], Seen(plan));
        Assert.IsType<Outcome.Observed>(Verifier.Judge(plan.Attempt, repo.Repo, null));

        // Another claim: who removed the state is not known.
        repo.Wait(1).ActiveRun(ActiveRun(5000, 12)).Process(alive: true, pid: 5000);
        Assert.Null(Judge(plan));
    }

    [Fact]
    public void After_a_crash_nothing_is_told_in_snapshot_only_mode()
    {
        AtWork();
        repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Look();
        var plan = Plan();
        repo.Wait(1).Remove(ArtifactPaths.State).Look();
        repo.Fold(new StreamSwitched(repo.Now, true));

        Assert.Null(Judge(plan));
    }

    [Fact]
    public void An_end_that_was_logged_before_the_plan_is_not_how_the_run_ended()
    {
        AtWork();
        repo.Wait(1).Events(Event("loop_complete", 5)).Look();
        var plan = Plan();
        repo.Wait(1).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Process(alive: false);

        Assert.IsType<Outcome.Observed>(Judge(plan));
    }

    private ControlPlan AtWork()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start")).State(State(true)).Look();
        return Plan();
    }

    private ControlPlan Plan() => Planner.Plan(repo.Repo, repo.Loop, new Intent.Cancel(), "ada");

    private IReadOnlyList<VerificationStep> Steps(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Steps(plan.Attempt, repo.Repo, loop);
    }

    private IEnumerable<string?> Seen(ControlPlan plan) => Steps(plan).Select(static step => step.Seen?.Value);

    private Outcome? Judge(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.Judge(plan.Attempt, repo.Repo, loop);
    }

    private string Why(ControlPlan plan)
    {
        var loop = repo.Look();
        return Verifier.WhyUnknown(plan.Attempt, repo.Repo, loop);
    }
}
