using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Timeline;

/// <summary>The manager's own rows of the sample runs.</summary>
public sealed class ObservedTapeTests
{
    [Theory]
    [InlineData("role-fails", "process_exited!")]
    [InlineData("sigkilled", "process_exited!")]
    [InlineData("old-runtime-killed", "process_exited!")]
    [InlineData("cancelled", "process_exited")]
    [InlineData("log-truncated", "log_cut!")]
    [InlineData("log-rewritten", "log_replaced!")]
    [InlineData("completes", "")]
    [InlineData("old-runtime-completes", "")]
    [InlineData("rerun-after-complete", "process_exited!")] // only the second run, which was killed
    [InlineData("max-iterations", "")]
    [InlineData("approval-approved", "")]
    [InlineData("approval-rejected", "")]
    public void Tell_what_the_log_does_not(string tape, string rows)
    {
        var seen = Play(tape, 1).Loops.SelectMany(static loop => loop.Observed.Rows);

        Assert.Equal(rows, string.Join(' ', seen.Select(static row => row.Kind.Word() + (row.IsProblem ? "!" : ""))));
    }

    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void Are_the_same_in_every_replay_and_in_order(string tape)
    {
        var first = Play(tape, 1);
        var again = Play(tape, 1);

        foreach (var loop in first.Loops)
        {
            var rows = loop.Observed.Rows;
            Assert.Equal(rows, again.Loop(loop.Repo, loop.Id)!.Observed.Rows);
            Assert.Equal(rows.Select(static row => row.Offset).Order(), rows.Select(static row => row.Offset));
            Assert.Equal(rows.Length, rows.Select(static row => row.Id).Distinct().Count());
            Assert.All(rows, static row => Assert.True(row.IsPlaced));
        }
    }

    private static FleetModel Play(string name, int seed)
    {
        var deck = new TapeDeck(SampleTape.Read(name), $"/srv/{seed}", FollowOptions.Default);
        var reducer = new Reducer(FoldOptions.Default);
        var fleet = reducer.Reduce(FleetModel.Empty, [deck.Opening]);
        while (!deck.IsOver)
        {
            var seen = deck.Move(deck.NextMove).Seen;
            fleet = seen.Count == 0 ? fleet : reducer.Reduce(fleet, seen);
        }

        return fleet;
    }
}
