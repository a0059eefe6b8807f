using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Planning;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>docs/contract.md, "A directory that is missing".</summary>
public sealed class VanishedLoopTests
{
    private static readonly string Directory = ArtifactPaths.Loop(Loop);

    private readonly WatchedRepo repo = new();

    [Fact]
    public void A_loop_whose_directory_vanishes_while_its_process_runs_stays_with_an_alert_that_names_the_directory()
    {
        Running();

        var loop = RemoveLoop().Look();

        Assert.Equal(
            (Lifecycle.Running, $"process {WatchedRepo.Pid} is running, but {Directory} is missing"),
            (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason));
        var alert = Assert.Single(loop.Verdict.Alerts);
        Assert.Equal((FindingCodes.LoopVanished, Severity.Error), (alert.Code, alert.Severity));
        Assert.StartsWith($"{Directory} is missing", alert.Evidence[0].Fact, StringComparison.Ordinal);
        Assert.Equal(2, loop.Tally.Lines);
    }

    [Fact]
    public void Something_mounted_over_superloop_keeps_the_loop_too()
    {
        Running();

        var loop = RemoveLoop().Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Put(".superloop/other", "x").Look();

        Assert.Equal(
            (Lifecycle.Running, $"process {WatchedRepo.Pid} is running, but {Directory} is missing"),
            (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason));
        Assert.Equal(FindingCodes.LoopVanished, Assert.Single(loop.Verdict.Alerts).Code);
    }

    [Fact]
    public void Where_superloop_itself_is_missing_the_loop_stays_and_one_alert_says_so_for_all()
    {
        Running();

        var loop = RemoveLoop().Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Look();

        Assert.True(repo.Repo.IsMissing);
        Assert.Equal(
            (Lifecycle.Running, $"process {WatchedRepo.Pid} is running, but .superloop is missing"),
            (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason));
        Assert.Equal(FindingCodes.SourceFailed, Assert.Single(loop.Verdict.Alerts).Code);
        Assert.StartsWith(".superloop is missing", repo.Repo.Failure?.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_without_a_process_stands_as_it_was_read_last_while_superloop_is_missing()
    {
        repo.State(State(false, 5)).Events(Event("loop_start"), Event("loop_complete", 5)).Look();

        var loop = repo.Wait(9).Remove(ArtifactPaths.Events(Loop)).Remove(ArtifactPaths.State).Look();

        Assert.Equal((Lifecycle.Complete, Confidence.Low), (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Confidence));
    }

    [Fact]
    public void A_directory_that_comes_back_clears_the_alert()
    {
        Running();
        RemoveLoop().Look();

        var loop = repo.Wait(1).Events(Event("loop_start"), Event("role_start", 1), Event("role_end", 2)).Look();

        Assert.Equal(Lifecycle.Running, loop.Verdict.Lifecycle);
        Assert.Empty(loop.Verdict.Findings);
        Assert.Equal((3, null), (loop.Tally.Lines, loop.VanishedAt));
    }

    [Fact]
    public void A_superloop_that_comes_back_clears_the_alert()
    {
        Running();
        RemoveLoop().Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Look();

        var loop = repo.Wait(1)
            .ActiveRun(ActiveRun(WatchedRepo.Pid))
            .State(State(true))
            .Events(Event("loop_start"), Event("role_start", 1))
            .Look();

        Assert.Equal((Lifecycle.Running, Confidence.High), (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Confidence));
        Assert.Empty(loop.Verdict.Findings);
        Assert.Null(repo.Repo.Failure);
    }

    [Fact]
    public void A_process_that_exits_while_the_directory_is_missing_is_not_called_failed()
    {
        Running();
        RemoveLoop().Look();

        var loop = repo.Wait(1).Process(alive: false).Look();

        Assert.Equal(
            (Lifecycle.Unknown, $"process {WatchedRepo.Pid} has exited, and {Directory} is missing: nothing shows how the run ended"),
            (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason));
        Assert.Equal(
            (FindingCodes.LoopVanished, Severity.Warning), (Assert.Single(loop.Verdict.Alerts).Code, loop.Verdict.Findings[0].Severity));
    }

    [Fact]
    public void A_loop_whose_process_has_exited_leaves_with_its_directory()
    {
        Running();
        repo.Wait(1).Process(alive: false).Remove(ArtifactPaths.ActiveRun).Events(Event("loop_stop", 2)).Look();

        RemoveLoop().LookAtAll();

        Assert.Null(repo.Fleet.Loop(WatchedRepo.Path, Loop));
    }

    [Fact]
    public void A_run_that_is_found_by_its_command_line_alone_stays_too()
    {
        Found(alive: true);
        repo.State(State(true)).Events(Event("loop_start")).Look();

        var loop = RemoveLoop().Remove(ArtifactPaths.State).Put(".superloop/other", "x").Look();
        Assert.Equal(Lifecycle.Running, loop.Verdict.Lifecycle);
        Assert.Equal(FindingCodes.LoopVanished, Assert.Single(loop.Verdict.Alerts).Code);

        Found(alive: false);
        Assert.Equal(Lifecycle.Unknown, repo.Wait(40).Look().Verdict.Lifecycle);
    }

    [Fact]
    public void A_run_whose_files_were_never_seen_is_found_by_its_command_line()
    {
        Found(alive: true);
        repo.Put(".superloop/other", "x");

        var starting = repo.Look();
        Assert.Equal((Lifecycle.Running, false), (starting.Verdict.Lifecycle, starting.Exists));
        Assert.Empty(starting.Verdict.Alerts);

        var loop = repo.Wait(61).Look();
        Assert.Equal((Lifecycle.Running, false), (loop.Verdict.Lifecycle, loop.Exists));
        Assert.Equal(FindingCodes.LoopVanished, Assert.Single(loop.Verdict.Alerts).Code);
    }

    [Fact]
    public void A_run_that_is_starting_has_no_directory_yet_and_nothing_is_wrong()
    {
        var loop = repo.ActiveRun(ActiveRun(WatchedRepo.Pid, stage: "run_start")).Process(alive: true).Wait(30).Look();

        Assert.Equal(Lifecycle.Running, loop.Verdict.Lifecycle);
        Assert.False(loop.Verdict.HasAlert(FindingCodes.LoopVanished));

        Assert.True(repo.Wait(31).Look().Verdict.HasAlert(FindingCodes.LoopVanished));
    }

    [Fact]
    public void A_run_that_is_active_has_had_its_directory_even_if_nobody_saw_it()
    {
        var loop = repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).State(State(true)).Process(alive: true).Wait(5).Look();

        Assert.Equal(FindingCodes.LoopVanished, Assert.Single(loop.Verdict.Alerts).Code);
    }

    [Fact]
    public void A_cancel_goes_by_the_runtimes_command_while_active_run_names_the_run()
    {
        Running();

        var plan = Planner.Plan(repo.Repo, RemoveLoop().Look(), new Intent.Cancel(), "ada");

        Assert.True(plan.CanBeSent);
        Assert.Equal((null, WatchedRepo.Pid, Loop), (plan.Stop, plan.Target.Pid, plan.Target.PidLoop));
    }

    [Fact]
    public void A_cancel_stops_the_process_itself_where_active_run_is_missing_too()
    {
        Running(started: 77);

        var loop = RemoveLoop().Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Put(".superloop/other", "x").Look();
        var plan = Planner.Plan(repo.Repo, loop, new Intent.Cancel(), "ada");

        Assert.Equal(new DirectStop(WatchedRepo.Pid, WatchedRepo.Pid, 77), plan.Stop);
        Assert.Equal($"kill -TERM -- -{WatchedRepo.Pid}", plan.Line(RuntimeCommand.Usual));
        Assert.Equal((WatchedRepo.Pid, Loop, 77UL), (plan.Target.Pid, plan.Target.PidLoop, plan.Target.PidStarted));
    }

    [Fact]
    public void An_approval_is_refused_while_the_directory_is_missing()
    {
        Running();
        repo.Approval(Approval("pending")).Look();

        var plan = Planner.Plan(repo.Repo, RemoveLoop().Look(), new Intent.Approve(), "ada");

        Assert.Equal($"{Directory} is missing", plan.Obstacles[0]);
    }

    [Fact]
    public void Our_own_cancel_is_no_alert()
    {
        Running();
        RemoveLoop().Look();
        var sent = new CancelRows(Events: 2);
        sent.Started(repo.Wait(2), 11).Wait(1);
        sent.Executed(repo, 12).Process(alive: false).Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun);

        var loop = sent.Told(repo, 12).Look();

        Assert.Equal(Lifecycle.Stopped, loop.Verdict.Lifecycle);
        Assert.Empty(loop.Verdict.Alerts);
    }

    private void Running(ulong? started = null)
    {
        repo.State(State(true))
            .ActiveRun(ActiveRun(WatchedRepo.Pid))
            .Process(alive: true)
            .Events(Event("loop_start"), Event("role_start", 1))
            .Look();
        if (started is not null)
        {
            repo.Fold(new ProcessSeen(
                repo.Now, WatchedRepo.Path, new ProcessSighting(WatchedRepo.Pid, ProcessFate.Alive, "process 4711 is running", started)));
        }
    }

    private void Found(bool alive) => repo.Apply(
        new TapeProcess(
            default, 0, WatchedRepo.Pid,
            alive)
        { Command = $"bash superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}", Loop = Loop });

    private WatchedRepo RemoveLoop()
    {
        repo.Wait(9);
        foreach (var file in new[] { ArtifactPaths.Events(Loop), ArtifactPaths.Approval(Loop) })
        {
            repo.Remove(file);
        }

        return repo;
    }
}
