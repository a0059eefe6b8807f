using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Follow;

public sealed class RepoFollowerTests
{
    private readonly TapeFiles files = new();
    private readonly TapeProcesses processes = new();

    [Fact]
    public void A_claim_is_told_before_its_process_and_both_before_the_loops()
    {
        Put(ArtifactPaths.Events(Loop), Event("loop_start"));
        Put(ArtifactPaths.State, State(true));
        Put(ArtifactPaths.ActiveRun, ActiveRun(7));
        processes.Apply(new TapeProcess(default, 0, 7, true));

        var seen = Follower().Look(WatchedRepo.Start).Select(static observation => observation.GetType().Name);

        Assert.Equal([
            "ProcessesObservable", "ActiveRunSeen", "ProcessSeen", "StateSeen", "LoopAppeared", "EventsSeen", "ApprovalSeen",
            "SummarySeen", "HeartbeatSeen", "UsageSeen", "DecisionsSeen", "IntentsSeen", "RolloutSeen", "ControlRowsSeen", "Ticked"
        ], seen);
    }

    [Fact]
    public void A_poll_of_a_copy_looks_at_what_managers_keep_and_only_now_and_then_at_everything()
    {
        var watched = new WatchedFiles(files);
        var (poll, whole) = (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
        var follower = new RepoFollower(WatchedRepo.Path, watched, processes, FollowOptions.Default with
        {
            WholePoll = whole,
            QuietPoll = poll / 2,
            QuietAfter = TimeSpan.Zero,
            ListLoops = poll / 2,
        });
        Put(ArtifactPaths.Events("one"), Event("loop_start"));
        Put(ArtifactPaths.Events("two"), Event("loop_start"));
        Assert.Equal(2, follower.Look(WatchedRepo.Start).OfType<EventsSeen>().Count());
        watched.Probes.Clear();

        Put(ArtifactPaths.Rollout("two"), "{}");
        var polled = follower.Look(WatchedRepo.Start + poll);
        Assert.Equal("two", Assert.Single(polled.OfType<RolloutSeen>()).Loop);
        string[] kept =
        [
            ArtifactPaths.Root,
            .. new[] { "one", "two" }.SelectMany(
                static loop => (string[])[ArtifactPaths.Intents(loop), ArtifactPaths.Rollout(loop), ArtifactPaths.ControlRows(loop)]),
        ];
        Assert.Equal(kept.Order(), watched.Probes.Distinct().Order());

        // What is told is looked at at once, and what nobody told of a while later.
        Put(ArtifactPaths.Events("one"), Event("loop_start") + Event("iteration_start"), 2);
        Put(ArtifactPaths.Events("two"), Event("loop_start") + Event("iteration_start"), 2);
        var told = follower.Look(WatchedRepo.Start + poll, changed: new HashSet<string> { "one" });
        Assert.Equal("one", Assert.Single(told.OfType<EventsSeen>()).Loop);
        Assert.Empty(follower.Look(WatchedRepo.Start + whole - poll).OfType<EventsSeen>());
        Assert.Equal("two", Assert.Single(follower.Look(WatchedRepo.Start + whole).OfType<EventsSeen>()).Loop);
    }

    [Fact]
    public void Of_a_copy_in_which_one_loop_has_changed_only_its_files_are_looked_at()
    {
        var watched = new WatchedFiles(files);
        var quiet = TimeSpan.FromSeconds(30);
        var follower = new RepoFollower(WatchedRepo.Path, watched, processes, FollowOptions.Default with
        {
            QuietPoll = quiet,
            QuietAfter = TimeSpan.Zero,
            ListLoops = quiet,
        });
        foreach (var loop in (string[])["one", "two"])
        {
            Put(ArtifactPaths.Events(loop), Event("loop_start"));
        }

        follower.Look(WatchedRepo.Start, always: true);
        Put(ArtifactPaths.Events("one"), Event("loop_start") + Event("iteration_start"), 2);
        Put(ArtifactPaths.Events("two"), Event("loop_start") + Event("iteration_start"), 2);
        watched.Probes.Clear();
        var seen = follower.Look(WatchedRepo.Start.AddSeconds(1), changed: new HashSet<string> { "one" });

        Assert.Equal("one", Assert.Single(seen.OfType<EventsSeen>()).Loop);
        Assert.DoesNotContain(watched.Probes, static path => path.Contains("/two", StringComparison.Ordinal));
        Assert.DoesNotContain(ArtifactPaths.Intents("one"), watched.Probes);
        Assert.Equal("two", Assert.Single(follower.Look(WatchedRepo.Start + quiet).OfType<EventsSeen>()).Loop);
    }

    [Fact]
    public void A_loop_that_is_said_to_have_changed_and_is_not_known_yet_is_found()
    {
        var follower = Follower();
        Put(ArtifactPaths.Events("one"), Event("loop_start"));
        follower.Look(WatchedRepo.Start, always: true);
        Put(ArtifactPaths.Events("two"), Event("loop_start"));

        var seen = follower.Look(WatchedRepo.Start.AddMilliseconds(1), changed: new HashSet<string> { "two" });

        Assert.Equal("two", Assert.Single(seen.OfType<LoopAppeared>()).Loop);
    }

    [Fact]
    public void A_process_that_did_not_change_is_told_once_a_claim()
    {
        Put(ArtifactPaths.ActiveRun, ActiveRun(7));
        processes.Apply(new TapeProcess(default, 0, 7, true));
        var follower = Follower();

        Assert.Single(follower.Look(WatchedRepo.Start).OfType<ProcessSeen>());
        Assert.Empty(follower.Look(WatchedRepo.Start.AddSeconds(1)).OfType<ProcessSeen>());
        Put(ArtifactPaths.ActiveRun, ActiveRun(7, 2), 2);
        Assert.Single(follower.Look(WatchedRepo.Start.AddSeconds(2)).OfType<ProcessSeen>());
    }

    [Fact]
    public void A_living_process_is_watched_on_after_another_loop_took_its_claim()
    {
        Put(ArtifactPaths.ActiveRun, ActiveRun(7));
        processes.Apply(new TapeProcess(default, 0, 7, true));
        processes.Apply(new TapeProcess(default, 0, 8, true));
        var follower = Follower();
        follower.Look(WatchedRepo.Start);
        Put(ArtifactPaths.ActiveRun, ActiveRun(8, 1, "other"), 1);
        follower.Look(WatchedRepo.Start.AddSeconds(1));

        processes.Apply(new TapeProcess(default, 0, 7, false));
        Assert.Equal(7, Assert.Single(follower.Look(WatchedRepo.Start.AddSeconds(2)).OfType<ProcessSeen>()).Sighting.Pid);
    }

    [Fact]
    public void Loops_appear_and_vanish_with_their_directories()
    {
        Put(ArtifactPaths.Events("b"), "");
        Put(ArtifactPaths.Events("a"), "");
        var follower = Follower();
        Assert.Equal(["a", "b"], follower.Look(WatchedRepo.Start).OfType<LoopAppeared>().Select(static seen => seen.Loop));

        files.Apply(new TapeRemove(default, 0, ArtifactPaths.Events("a")), WatchedRepo.Start);
        Assert.Equal("a", Assert.Single(follower.Look(WatchedRepo.Start.AddSeconds(1)).OfType<LoopVanished>()).Loop);
    }

    [Fact]
    public void A_repository_that_is_gone_keeps_its_loops_and_says_so_until_it_is_back()
    {
        Put(ArtifactPaths.Events("a"), "");
        var follower = Follower();
        follower.Look(WatchedRepo.Start);

        files.Apply(new TapeRemove(default, 0, ArtifactPaths.Events("a")), WatchedRepo.Start);
        var seen = follower.Look(WatchedRepo.Start.AddSeconds(1));
        var failed = Assert.Single(seen.OfType<SourceFailed>());
        Assert.True(failed.IsMissing);
        Assert.Equal(".superloop is missing: it was moved or deleted, or its disk is not mounted", failed.Fault);
        Assert.Empty(seen.OfType<LoopVanished>());
        Assert.Empty(follower.Look(WatchedRepo.Start.AddSeconds(2)).OfType<SourceFailed>());

        Put(ArtifactPaths.Events("a"), "", at: 3);
        Assert.Single(follower.Look(WatchedRepo.Start.AddSeconds(3)).OfType<SourceRecovered>());
    }

    [Fact]
    public void A_directory_whose_name_no_loop_can_have_is_not_followed()
    {
        Put(".superloop/loops/evil\u001b[31m/events.jsonl", "");
        Put($".superloop/loops/{new string('x', 201)}/events.jsonl", "");
        Put(".superloop/loops/./events.jsonl", "");
        Put(".superloop/loops/../events.jsonl", "");
        Put(ArtifactPaths.Events("good"), "");

        Assert.Equal(["good"], Follower().Look(WatchedRepo.Start).OfType<LoopAppeared>().Select(static seen => seen.Loop));
    }

    [Fact]
    public void One_loop_can_be_followed_alone()
    {
        Put(ArtifactPaths.Events("a"), "");
        Put(ArtifactPaths.Events("b"), "");

        Assert.Equal(["b"], Follower("b").Look(WatchedRepo.Start).OfType<LoopObservation>().Select(static seen => seen.Loop).Distinct());
    }

    [Fact]
    public void A_kept_cursor_is_told_with_its_loop()
    {
        Put(ArtifactPaths.Events("a"), "");
        Put(
            $"{ArtifactPaths.Manager("a")}/cursor.json",
            """{"schemaVersion":"v1","repoPath":"/srv/app","loopId":"a","eventsFile":"e","eventLineOffset":9,"eventLineCount":9,"updatedAt":"2026-11-22T19:00:00Z"}""");

        Assert.Equal(9, Assert.Single(Follower().Look(WatchedRepo.Start).OfType<KeptCursorSeen>()).Cursor!.EventLineOffset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"eventLineOffset\":\"\\ud800\"}")]
    public void A_kept_cursor_that_cannot_be_read_is_told_as_a_fault(string text)
    {
        Put(ArtifactPaths.Events("a"), "");
        Put($"{ArtifactPaths.Manager("a")}/cursor.json", text);

        var seen = Follower().Look(WatchedRepo.Start);
        Assert.True(Assert.Single(seen.OfType<KeptCursorSeen>()) is { Cursor: null, Fault.Length: > 0 });
        Assert.Single(seen.OfType<EventsSeen>());
    }

    [Fact]
    public void A_look_that_sees_nothing_new_says_nothing_until_the_next_tick()
    {
        Put(ArtifactPaths.Events("a"), "");
        var follower = Follower();
        follower.Look(WatchedRepo.Start);

        Assert.Empty(follower.Look(WatchedRepo.Start.AddMilliseconds(999)));
        Assert.IsType<Ticked>(Assert.Single(follower.Look(WatchedRepo.Start.AddMilliseconds(1000))));
    }

    private RepoFollower Follower(string? only = null) => new(WatchedRepo.Path, files, processes, FollowOptions.Default, only);

    private void Put(string path, string text, double at = -60) =>
        files.Apply(new TapePut(default, 0, path, Encoding.UTF8.GetBytes(text)), WatchedRepo.Start.AddSeconds(at));
}
