using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using OpsManager.Tests.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Follow;

/// <summary>With the event stream switched off lifecycles come from snapshots alone.</summary>
public sealed class SnapshotOnlyTests
{
    /// <summary>
    /// Tapes with marks that no single look at the files can decide, with the event stream or without: another loop has taken the
    /// shared files, a file stays torn or is wrong, the files are missing, or the claim is gone. docs/rollout.md names them. Whoever
    /// has watched from before knows them all the same.
    /// </summary>
    private static readonly string[] NeedMemory = ["two-at-once", "cancel-pending-approval", "cancel-while-other", "torn-stays",
        "role-fails", "state-edited", "files-stashed", "loop-vanishes"];

    public static TheoryData<string> Tapes => SampleRunTests.Tapes;

    [Theory]
    [MemberData(nameof(Tapes))]
    public void Whoever_watches_is_right_at_every_mark(string name)
    {
        var report = new TapeVerifier(FoldOptions.Default, FollowOptions.Default, snapshotOnly: true).Verify([Read(name)]);

        Assert.True(report.Marks > 0);
        Assert.All(
            report.Tapes.Single().Marks,
            static mark => Assert.Equal((mark.Expected, mark.ExpectedReference), (mark.Got, mark.GotReference)));
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void One_snapshot_by_itself_is_right_wherever_one_look_at_everything_is(string name)
    {
        var deck = new TapeDeck(Read(name), name, FollowOptions.Default);
        var wrong = 0;
        while (!deck.IsOver)
        {
            if (deck.Move(deck.NextMove).Mark is { } mark)
            {
                var snapshot = Said(deck, mark.LoopId, snapshotOnly: true);
                Assert.Equal(Said(deck, mark.LoopId, snapshotOnly: false), snapshot);
                wrong += snapshot == (mark.Truth, mark.Reference) ? 0 : 1;
            }
        }

        Assert.Equal(NeedMemory.Contains(name), wrong > 0);
    }

    [Fact]
    public void The_stream_is_really_off_and_the_whole_log_is_there_when_it_is_on_again()
    {
        var deck = new TapeDeck(Read("role-fails"), "role-fails", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [new StreamSwitched(deck.Now, true), deck.Opening]);
        while (!deck.IsOver)
        {
            fleet = reducer.Reduce(fleet, deck.Move(deck.NextMove).Seen);
        }

        var off = fleet.Loops.Single();
        Assert.Null(off.Log);
        Assert.Null(off.Tally.RunStart);
        Assert.Equal(off.Withheld!.Count, off.Tally.Lines);

        var on = reducer.Reduce(fleet, [new StreamSwitched(deck.Now, false)]).Loops.Single();
        Assert.Equal(off.Withheld.Count, on.Log!.Count);
        Assert.Equal(off.Projected.Status, on.Projected.Status);
        Assert.NotNull(on.Tally.RunStart);
        Assert.Equal(off.Verdict.Lifecycle, on.Verdict.Lifecycle);
    }

    private static (Lifecycle Lifecycle, Lifecycle Status) Said(TapeDeck deck, string loop, bool snapshotOnly)
    {
        var follower = new RepoFollower(deck.Repo, deck.Files, deck.Processes, FollowOptions.Default);
        var seen = follower.Look(deck.Now, always: true);
        var model = new Reducer(FoldOptions.Default)
            .Reduce(FleetModel.Empty, [new StreamSwitched(deck.Now, snapshotOnly), deck.Opening, .. seen])
            .Loop(deck.Repo, loop);
        // A loop without a file is not seen by somebody who comes now.
        return (model?.Verdict.Lifecycle ?? Lifecycle.Unknown, model?.Projected.Status ?? Lifecycle.Unknown);
    }

    private static Tape Read(string name) =>
        TapeStore.Read(new System.IO.Abstractions.FileSystem(), RepoRoot.Combine("sample-runs", $"{name}.tape.jsonl"));
}
