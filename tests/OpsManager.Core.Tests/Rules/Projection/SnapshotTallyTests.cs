using System.Globalization;
using OpsManager.Contract;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Projection;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Projection;

/// <summary>What is known of a log where only snapshots are used.</summary>
public sealed class SnapshotTallyTests
{
    private const string At = "2026-11-29T10:00:00Z";

    private static readonly Projected Running = new() { Status = Lifecycle.Running, RunId = "r7", Iteration = 3 };

    [Fact]
    public void The_newest_event_has_the_run_and_the_iteration_of_the_snapshot_and_the_log_its_length()
    {
        var tally = SnapshotTally.From(Loop(), Running, Stream("role_end", status: "failed", count: 12));

        Assert.Equal(("role_end", "r7", 3L), (tally.Newest!.Name, tally.Newest.RunId, tally.Newest.Iteration));
        Assert.Equal(Time(At), tally.Newest.At);
        Assert.Equal(12, tally.Lines);
    }

    [Fact]
    public void Its_status_is_known_only_where_the_snapshot_says_that_it_decided()
    {
        Assert.Null(SnapshotTally.From(Loop(), Running, Stream("role_end", "failed")).Newest!.Status);
        Assert.Equal(
            "failed",
            SnapshotTally.From(Loop(), Running with { Status = Lifecycle.Failed }, Stream("role_end", "failed")).Newest!.Status);
    }

    [Fact]
    public void Without_an_event_nothing_is_known_but_the_length()
    {
        var tally = SnapshotTally.From(Loop(), Running, new WithheldStream(new EventLog(), 4, null));

        Assert.Null(tally.Newest);
        Assert.Equal(4, tally.Lines);
    }

    [Fact]
    public void Where_nothing_is_different_the_tally_stays_the_same_one()
    {
        var stream = Stream("role_end", "ok", count: 5);
        var loop = Loop() with { Tally = SnapshotTally.From(Loop(), Running, stream) };

        Assert.Same(loop.Tally, SnapshotTally.From(loop, Running, stream));
    }

    [Theory]
    [InlineData("role_start", At, "r7", 3, 5)]
    [InlineData("role_end", "2026-11-29T10:00:01Z", "r7", 3, 5)]
    [InlineData("role_end", At, "r8", 3, 5)]
    [InlineData("role_end", At, "r7", 4, 5)]
    [InlineData("role_end", At, "r7", 3, 6)]
    public void What_is_different_is_in_the_next_one(string name, string at, string run, long iteration, int count)
    {
        var loop = Loop() with { Tally = SnapshotTally.From(Loop(), Running, Stream("role_end", "ok", count: 5)) };

        var tally = SnapshotTally.From(loop, Running with { RunId = run, Iteration = iteration }, Stream(name, "ok", at, count));

        Assert.NotSame(loop.Tally, tally);
        Assert.Equal((name, run, iteration, count), (tally.Newest!.Name, tally.Newest.RunId, tally.Newest.Iteration, tally.Lines));
        Assert.Equal(Time(at), tally.Newest.At);
    }

    [Fact]
    public void That_an_event_decided_is_a_difference()
    {
        var stream = Stream("role_end", "failed");
        var loop = Loop() with { Tally = SnapshotTally.From(Loop(), Running, stream) };

        Assert.Equal("failed", SnapshotTally.From(loop, Running with { Status = Lifecycle.Failed }, stream).Newest!.Status);
    }

    private static DateTimeOffset Time(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

    private static LoopModel Loop() => new("/srv/app", "checkout-flow");

    /// <summary>A stream whose newest event is this one; the run and the iteration of a line are not those of a snapshot.</summary>
    private static WithheldStream Stream(string name, string status, string at = At, int count = 1)
    {
        var log = LastEventLog.Create(name, at, "the line's own", 99, status);
        return WithheldStream.From(log, 1, null) with { Count = count };
    }
}
