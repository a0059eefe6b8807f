using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Contract;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Fold;

public sealed class ReducerTests
{
    [Fact]
    public void Folding_changes_no_model_that_was_handed_out()
    {
        var repo = new WatchedRepo();
        repo.State(State(true)).Events(Event("loop_start"));
        var before = repo.Look();

        repo.Wait(1).State(State(false)).Events(Event("loop_stop", 1));
        var after = repo.Look();

        Assert.Equal(("loop_start", 1), (before.Tally.Newest!.Name, before.Tally.Lines));
        Assert.Equal(("loop_stop", 2), (after.Tally.Newest!.Name, after.Tally.Lines));
    }

    [Fact]
    public void A_look_at_nothing_new_keeps_the_loops_as_they_are()
    {
        var repo = new WatchedRepo();
        repo.State(State(false)).Events(Event("loop_start"), Event("loop_complete", 5)).Summary(Summary((0, 1, true)));
        var before = repo.Look();

        var after = repo.Wait(60).Look();

        Assert.Equal(before.Verdict, after.Verdict);
        Assert.Equal(WatchedRepo.Start.AddSeconds(60), repo.Repo.Now);
    }

    [Fact]
    public void Repositories_do_not_touch_each_other()
    {
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [
            new RepoOpened(WatchedRepo.Start, "/a"), new LoopAppeared(WatchedRepo.Start, "/a", "x"),
            new RepoOpened(WatchedRepo.Start, "/b"), new LoopAppeared(WatchedRepo.Start, "/b", "x")
        ]);
        var b = fleet.Repos["/b"];

        fleet = reducer.Reduce(fleet, [new LoopVanished(WatchedRepo.Start, "/a", "x")]);

        Assert.Empty(fleet.Repos["/a"].Loops);
        Assert.Same(b, fleet.Repos["/b"]);
        Assert.Equal(["/b"], reducer.Reduce(fleet, [new RepoClosed(WatchedRepo.Start, "/a")]).Repos.Keys);
    }

    [Fact]
    public void Opening_a_repository_again_forgets_what_was_known_of_it()
    {
        var repo = new WatchedRepo();
        repo.State(State(true)).Events(Event("loop_start")).Look();

        repo.Fold(new RepoOpened(repo.Now, WatchedRepo.Path, "a tape"));

        Assert.Empty(repo.Repo.Loops);
        Assert.Equal("a tape", repo.Repo.Replay);
        Assert.Equal(ArtifactCondition.Unseen, repo.Repo.State.Condition);
    }

    [Fact]
    public void Time_in_the_model_never_goes_back()
    {
        var repo = new WatchedRepo();
        repo.Events("").Wait(10).Look();

        repo.Fold(new Ticked(WatchedRepo.Start, WatchedRepo.Path));

        Assert.Equal(WatchedRepo.Start.AddSeconds(10), repo.Repo.Now);
    }

    [Fact]
    public void A_sighting_of_another_process_says_nothing_of_this_claim()
    {
        var repo = new WatchedRepo();
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Look();

        repo.Fold(new ProcessSeen(repo.Now, WatchedRepo.Path, new ProcessSighting(99, ProcessFate.Gone, "gone")));

        Assert.Equal(Lifecycle.Running, repo.Loop.Verdict.Lifecycle);
    }
}
