using OpsManager.Contract;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;
using OpsManager.Tests.Sources.Processes;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Follow;

public sealed class FollowMemoryTests : IDisposable
{
    private readonly TempRepo repo = new();

    public void Dispose() => repo.Dispose();

    [Fact]
    public void A_log_that_can_be_read_again_is_said_to_be_readable_although_it_has_not_grown()
    {
        repo.Append(TempRepo.Log, Event("loop_start"));
        var refuse = false;
        var files = new WatchedFiles(repo.Files)
        {
            BeforeRead = _ =>
            {
                if (refuse)
                {
                    throw new UnauthorizedAccessException("no permission");
                }
            },
        };
        var log = new FollowedLog(files);
        log.Look();

        refuse = true;
        File.SetLastWriteTimeUtc(repo.Full(TempRepo.Log), DateTime.UnixEpoch);
        Assert.IsType<EventsUnavailable>(Assert.Single(log.Look()));

        refuse = false;
        Assert.IsType<EventsSeen>(Assert.Single(log.Look()));
    }

    [Fact]
    public void A_loop_whose_directory_comes_back_is_still_claimed()
    {
        var watched = new WatchedRepo();
        watched.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).State(State(true)).Events(Event("loop_start"));
        Assert.Equal(Lifecycle.Running, watched.Look().Verdict.Lifecycle);

        watched.Wait(1).Remove(ArtifactPaths.Events(Loop));
        watched.LookAtAll();
        watched.Wait(1).Events(Event("loop_start"));
        Assert.Equal(Lifecycle.Running, watched.Look().Verdict.Lifecycle);
    }

    [Fact]
    public void A_loop_whose_directory_went_and_came_back_keeps_the_highest_line_that_was_counted()
    {
        var watched = new WatchedRepo();
        watched.State(State(false)).Events(Event("loop_start"), Event("role_start", 1)).Look();
        watched.Wait(1).Remove(ArtifactPaths.Events(Loop));
        watched.LookAtAll();
        watched.Wait(1).Events(Event("loop_start"));

        Assert.Equal(2, watched.Look().KeptOffset);
    }

    [Fact]
    public void A_loop_that_was_armed_once_keeps_it_too()
    {
        var watched = new WatchedRepo();
        watched.Put(
            ArtifactPaths.Rollout(Loop), $$"""{"stage":"assisted","rearm":{"at":"{{Time(-100)}}","eventLineOffset":0,"intentRows":0} }""");
        watched.State(State(false)).Events(Event("loop_start"), Event("role_start", 1)).Look();
        watched.Wait(1).Remove(ArtifactPaths.Events(Loop));
        watched.LookAtAll();
        watched.Wait(1).Events(Event("loop_start"));

        Assert.Equal((2, "cursor_regression"), (watched.Look().KeptOffset, watched.Loop.Trigger?.Cause));
    }

    [Fact]
    public void A_host_that_can_show_processes_finds_an_unclaimed_state_at_its_first_look()
    {
        using var disk = new TempRepo();
        disk.Write(ArtifactPaths.State, State(true));
        disk.Append(TempRepo.Log, Event("loop_start"));
        var fleet = FleetModel.Empty;
        var follower = new RepoFollower(disk.Root, disk.Files, new ProcTable(new ProcText().Directory(disk.Root, 5), disk.Root),
            FollowOptions.Default);

        fleet = new Reducer(FoldOptions.Default).Reduce(fleet, follower.Look(WatchedRepo.Start));

        Assert.True(fleet.Loop(disk.Root, TempRepo.Loop)!.Verdict.Has(FindingCodes.UnclaimedActive));
    }

    [Fact]
    public void A_completion_of_another_run_does_not_count_where_the_newest_event_names_no_run()
    {
        var watched = new WatchedRepo();
        watched.State(State(false, 70))
            .Summary(Summary((0, 1, true)))
            .Events(Event("loop_start", 60, run: 60), $$"""{"timestamp":"{{Time(61)}}","event":"auto_commit_done"}""" + "\n");

        Assert.NotEqual(Lifecycle.Complete, watched.Look().Verdict.Lifecycle);
    }

    [Fact]
    public void The_iteration_is_that_of_the_state_where_the_last_event_has_none()
    {
        var watched = new WatchedRepo();
        watched.State(State(true, iteration: 7)).Events($$"""{"timestamp":"{{Time(0)}}","event":"loop_start"}""" + "\n");

        Assert.Equal(7, watched.Look().Projected.Iteration);
    }

    [Fact]
    public void An_event_with_a_long_name_is_projected_by_its_name()
    {
        var watched = new WatchedRepo();
        var name = new string('n', 80);
        watched.Events(Event(name));

        Assert.Equal(name, watched.Look().Projected.LastEventName);
    }

    [Fact]
    public void A_rewrite_of_the_same_size_in_the_same_step_of_the_clock_is_seen()
    {
        var watched = new WatchedRepo();
        watched.Events(Event("loop_start")).Approval(Approval("approved")).Look();
        watched.Approval(Approval("rejected")).Wait(0.025);

        Assert.Equal("rejected", watched.Look().Approval.Value!.Status);
    }
}
