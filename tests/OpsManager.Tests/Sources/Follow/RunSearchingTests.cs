using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;
using OpsManager.Sources.Replay;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Follow;

/// <summary>When the process of a run is searched for: only where nothing claims an active run, once a look.</summary>
public sealed class RunSearchingTests
{
    private readonly TapeFiles files = new();
    private readonly CountingTable processes = new();
    private readonly RepoFollower follower;
    private double now;

    public RunSearchingTests() => follower = new RepoFollower(WatchedRepo.Path, files, processes, FollowOptions.Default);

    [Fact]
    public void Nothing_is_searched_for_where_no_loop_is_active()
    {
        Put(ArtifactPaths.Events(Loop), Event("loop_complete"));
        Look();
        Put(ArtifactPaths.State, State(false));
        Look();

        Assert.Equal(0, processes.Searches);
    }

    [Fact]
    public void Nothing_is_searched_for_where_a_claim_stands()
    {
        Put(ArtifactPaths.State, State(true));
        Put(ArtifactPaths.ActiveRun, ActiveRun(7));
        Look();
        Put(ArtifactPaths.ActiveRun, "");
        Look();

        Assert.Equal(0, processes.Searches);
    }

    [Fact]
    public void An_active_run_without_a_claim_is_searched_for_once_a_look_and_told_when_it_changes()
    {
        Put(ArtifactPaths.State, State(true));
        Assert.Equal(ProcessFate.Alive, Assert.Single(Look()).Search.Fate);
        Assert.Equal(1, processes.Searches);

        for (var i = 0; i < 10; i++)
        {
            Assert.Empty(Look());
        }

        Assert.Equal(11, processes.Searches);
        processes.Said = new RunSearch(ProcessFate.Gone, "none");
        Assert.Equal(ProcessFate.Gone, Assert.Single(Look()).Search.Fate);
    }

    [Fact]
    public void A_claim_that_is_not_ours_leaves_the_run_to_be_searched_for()
    {
        processes.Claimed = ProcessFate.NotOurs;
        Put(ArtifactPaths.State, State(true));
        Put(ArtifactPaths.ActiveRun, ActiveRun(7));

        Assert.Single(Look());
    }

    [Fact]
    public void The_end_of_a_run_is_read_before_its_process_is_missed()
    {
        Put(ArtifactPaths.State, State(true));
        Look();

        // The process ends in order while it is looked at: it has written its last state before.
        processes.BeforeSearch = () =>
        {
            Put(ArtifactPaths.State, State(false, 9));
            processes.Said = new RunSearch(ProcessFate.Gone, "none");
        };
        now += 0.25;
        var seen = follower.Look(WatchedRepo.Start.AddSeconds(now));

        Assert.False(Assert.Single(seen.OfType<StateSeen>()).Reading.Value!.Active);
    }

    [Fact]
    public void New_events_of_a_run_that_was_not_found_are_reason_to_search_at_once()
    {
        processes.Said = new RunSearch(ProcessFate.Gone, "none");
        Put(ArtifactPaths.State, State(true));
        Put(ArtifactPaths.Events(Loop), Event("loop_start"));
        Look();

        Put(ArtifactPaths.Events(Loop), Event("loop_start") + Event("role_start", 1));
        processes.Said = new RunSearch(ProcessFate.Alive, "found") { Pid = 5 };
        processes.OnlyFresh = true;
        Assert.Equal(5, Assert.Single(Look()).Search.Pid);
    }

    private List<RunSearched> Look()
    {
        now += 0.25;
        return [.. follower.Look(WatchedRepo.Start.AddSeconds(now), always: true).OfType<RunSearched>()];
    }

    private void Put(string path, string text) =>
        files.Apply(new TapePut(default, 0, path, Encoding.UTF8.GetBytes(text)), WatchedRepo.Start.AddSeconds(now));

    private sealed class CountingTable : IProcessTable
    {
        private RunSearch kept = RunSearch.NotObservable("");

        public int Searches { get; private set; }

        public bool OnlyFresh { get; set; }

        public RunSearch Said { get; set; } = new(ProcessFate.Alive, "found") { Pid = 4 };

        public ProcessFate Claimed { get; set; } = ProcessFate.Alive;

        public Action? BeforeSearch { get; set; }

        public bool IsObservable => true;

        public ProcessSighting Inspect(ActiveRun run) => new(run.Pid, Claimed, "seen");

        public ProcessSighting Inspect(CapturedProcess process) => new(process.Pid, ProcessFate.Gone, "gone");

        public RunSearch Search(string loop, DateTimeOffset now, bool isFresh)
        {
            Searches++;
            BeforeSearch?.Invoke();
            BeforeSearch = null;
            return OnlyFresh && !isFresh ? kept : kept = Said;
        }
    }
}
