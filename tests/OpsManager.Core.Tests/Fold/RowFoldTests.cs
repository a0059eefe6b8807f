using System.Text;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Fold;

public sealed class RowFoldTests
{
    [Fact]
    public void Usage_decisions_and_intents_are_part_of_the_model_and_only_the_newest_intent_judges_health()
    {
        var watched = new WatchedRepo().State(State(false)).Events(Event("loop_start"));
        var before = watched.Look();
        watched.Wait(1)
            .Append(ArtifactPaths.Usage(Loop), """{"role":"planner","duration_ms":5}"""u8.ToArray())
            .Append(ArtifactPaths.Usage(Loop), "\noops\n"u8.ToArray())
            .Append(ArtifactPaths.Decisions(Loop), Encoding.UTF8.GetBytes("{\"decision\":\"approved\",\"by\":\"ada\"}\n"))
            .Append(ArtifactPaths.Intents(Loop), Encoding.UTF8.GetBytes("{\"intent\":\"cancel\",\"status\":\"ambiguous\"}\n"));
        var loop = watched.Look();

        Assert.Equal(
            ("planner", 1L, 1L, 2L), (loop.Usage.Newest!.Role, loop.Usage.Count, loop.Usage.InvalidRows, loop.Usage.FirstInvalidLine));
        Assert.Equal("ada", loop.Decisions.Newest!.By);
        Assert.Equal("cancel", loop.Intents.Newest!.Intent);
        Assert.True(before.Verdict.SaysTheSameAs(loop.Verdict));
        Assert.Equal((0, "control_ambiguous"), (before.Health.Codes.Count, Assert.Single(loop.Health.Codes)));

        watched.Wait(1).Remove(ArtifactPaths.Usage(Loop));
        Assert.Equal((ArtifactCondition.Missing, 0L), (watched.Look().Usage.Condition, watched.Loop.Usage.Count));
    }

    [Fact]
    public void A_loop_does_not_move_because_somebody_asked_for_something()
    {
        var files = new TapeFiles();
        void Append(string path, string text, DateTimeOffset at) =>
            files.Apply(new OpsManager.Contract.Tapes.TapeAppend(default, 0, path, Encoding.UTF8.GetBytes(text)), at);
        Append(ArtifactPaths.Events(Loop), Event("loop_start"), WatchedRepo.Start);
        var follower = new LoopFollower(files, WatchedRepo.Path, Loop, FollowOptions.Default);
        follower.Look(WatchedRepo.Start, always: true, []);

        var later = WatchedRepo.Start + FollowOptions.Default.QuietAfter;
        Append(ArtifactPaths.Intents(Loop), "{\"intent\":\"cancel\"}\n", later);
        var batch = new List<Observation>();
        follower.Look(later, always: true, batch);
        Assert.IsType<IntentsSeen>(Assert.Single(batch));
        Assert.False(follower.Moves(later));

        Append(ArtifactPaths.Usage(Loop), "{}\n", later);
        follower.Look(later, always: true, batch);
        Assert.True(follower.Moves(later));
    }

    [Fact]
    public void Who_has_no_use_for_rows_does_not_look_at_their_files()
    {
        var files = new WatchedFiles(new TapeFiles());
        new LoopFollower(files, WatchedRepo.Path, Loop, FollowOptions.Default with { FollowRows = false }).Look(
            WatchedRepo.Start, always: true, []);

        Assert.DoesNotContain(files.Probes, static path =>
            path.EndsWith("usage.jsonl", StringComparison.Ordinal) || path.EndsWith("intents.jsonl", StringComparison.Ordinal));
    }
}
