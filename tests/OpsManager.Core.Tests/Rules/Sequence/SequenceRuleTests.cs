using OpsManager.Contract.Manager;
using OpsManager.Core.Rules.Sequence;
using Xunit;

namespace OpsManager.Core.Tests.Rules.Sequence;

public sealed class SequenceRuleTests
{
    [Fact]
    public void The_first_judgement_of_lines_in_order_is_ok()
    {
        var record = Judge(null, 3, [1, 2, 3]);

        Assert.Equal((SequenceRecord.Ok, null, false), (record.Status, record.ReasonCode, record.DriftActive));
        Assert.Empty(record.Violations);
        Assert.Equal(
            (null, 3L, true, false),
            (record.Snapshot.Previous, record.Snapshot.Current, record.Snapshot.Monotonic, record.Snapshot.Regressed));
        Assert.Equal(
            (3L, null, 1L, 3L), (record.Events.IngestedCount, record.Events.PreviousLast, record.Events.First, record.Events.Last));
        Assert.Equal((null, false), (record.Transition.PreviousStatus, record.Transition.Changed));
    }

    [Fact]
    public void Lines_that_go_on_where_the_last_ones_ended_are_ok() =>
        Assert.Empty(Judge(Judge(null, 3, [1, 2, 3]), 5, [4, 5]).Violations);

    [Fact]
    public void Lines_may_be_left_out_between_two_numbers() => Assert.Empty(Judge(null, 9, [1, 4, 9]).Violations);

    [Fact]
    public void No_new_line_at_all_is_ok_and_forgets_nothing()
    {
        var quiet = Judge(Judge(null, 3, [1, 2, 3]), 3, []);

        Assert.Empty(quiet.Violations);
        Assert.Equal((3L, null), (quiet.Events.PreviousLast, quiet.Events.Last));
        Assert.Equal([SequenceViolations.EventRegression], Judge(quiet, 3, [3]).Violations);
    }

    [Theory]
    [InlineData(null, new long[] { 4 }, SequenceViolations.SnapshotMissing)]
    [InlineData(2L, new long[] { 4 }, SequenceViolations.SnapshotRegression)]
    [InlineData(5L, new long[] { 0 }, SequenceViolations.EventMissing)]
    [InlineData(5L, new long[] { 5, 4 }, SequenceViolations.EventNonMonotonic)]
    [InlineData(5L, new long[] { 4, 4 }, SequenceViolations.EventNonMonotonic)]
    [InlineData(5L, new long[] { 3, 4 }, SequenceViolations.EventRegression)]
    public void Each_way_out_of_order_has_its_word(long? snapshot, long[] events, string violation)
    {
        var record = Judge(Judge(null, 3, [1, 2, 3]), snapshot, events);

        Assert.Equal([violation], record.Violations);
        Assert.Equal((SequenceRecord.OrderingDrift, true, violation), (record.Status, record.DriftActive, record.ReasonCode));
        Assert.Equal(
            (violation == SequenceViolations.SnapshotMissing, violation == SequenceViolations.SnapshotRegression),
            (record.Snapshot.Missing, record.Snapshot.Regressed));
        Assert.Equal(violation.StartsWith("event", StringComparison.Ordinal), record.Snapshot.Monotonic);
        Assert.Equal(
            (violation == SequenceViolations.EventMissing, violation == SequenceViolations.EventRegression),
            (record.Events.Missing, record.Events.Regressed));
        Assert.Equal(
            (violation != SequenceViolations.EventNonMonotonic, violation != SequenceViolations.EventRegression),
            (record.Events.MonotonicWithinBatch, record.Events.MonotonicAcrossBatches));
        Assert.Equal((SequenceRecord.Ok, true), (record.Transition.PreviousStatus, record.Transition.Changed));
    }

    [Fact]
    public void Drift_is_over_when_all_is_in_order_again()
    {
        var drifted = Judge(Judge(null, 3, [1, 2, 3]), 2, []);
        var after = Judge(drifted, 4, [4]);

        Assert.Equal(SequenceRecord.Ok, after.Status);
        Assert.Equal((SequenceRecord.OrderingDrift, true), (after.Transition.PreviousStatus, after.Transition.Changed));
        Assert.Equal((true, false, true), (
            after.Transition.PreviousDriftActive, after.Transition.TransitionedToDrift, after.Transition.RecoveredFromDrift));
    }

    [Fact]
    public void Reading_over_from_the_start_is_no_regression() =>
        Assert.Empty(Judge(Judge(null, 9, [8, 9]), 9, [1, 2, 3], fromStart: true).Violations);

    [Fact]
    public void A_log_with_fewer_lines_is_a_regression_of_both_whatever_flag_reads_it()
    {
        var record = Judge(Judge(null, 9, [8, 9]), 3, [1, 2, 3], fromStart: true);

        Assert.Equal([SequenceViolations.SnapshotRegression, SequenceViolations.EventRegression], record.Violations);
        Assert.Equal((9L, true), (record.Events.PreviousLast, record.Transition.TransitionedToDrift));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_and_the_first_is_the_reason()
    {
        var record = Judge(Judge(null, 9, [8, 9]), 3, [9, 0, 7]);

        Assert.Equal(
            [
                SequenceViolations.SnapshotRegression, SequenceViolations.EventMissing, SequenceViolations.EventNonMonotonic,
                SequenceViolations.EventRegression,
            ],
            record.Violations);
        Assert.Equal(SequenceViolations.SnapshotRegression, record.ReasonCode);
        Assert.Equal((3L, 9L, 7L), (record.Events.IngestedCount, record.Events.First, record.Events.Last));
    }

    [Fact]
    public void A_snapshot_without_a_number_forgets_none()
    {
        var without = Judge(Judge(null, 9, [8, 9]), null, []);

        Assert.Equal((9L, null), (without.Snapshot.Previous, without.Snapshot.Current));
        Assert.Equal([SequenceViolations.SnapshotRegression], Judge(without, 8, []).Violations);
        Assert.False(Judge(without, null, []).Transition.Changed);
    }

    [Fact]
    public void Of_a_batch_the_event_that_came_last_in_words_is_kept()
    {
        var events = new IngestedEvents();
        events.Add(1, Named("role_start"));
        events.Add(2, null);
        Assert.Equal("role_start", events.Newest!.Name);

        events.Add(0, Named("role_end"));
        Assert.Equal(("role_end", 3L, 2L), (events.Newest.Name, events.Count, events.Last!.Value));
    }

    [Theory]
    [InlineData("cursor.json", 3L, 5L, false)] // the cursor was not written: the events come again
    [InlineData("cursor.json", 5L, 5L, true)] // nothing had come
    [InlineData("cursor.json", 2L, 5L, true)] // somebody moved the cursor
    [InlineData("other.json", 3L, 5L, true)] // another cursor
    public void Events_of_a_pass_that_did_not_finish_come_again_without_drift(string file, long before, long after, bool isFinished)
    {
        var judged = Judge(null, 5, [4, 5]) with
        {
            Cursor = new SequenceCursor { File = file, Before = before, After = after },
        };

        var finished = SequenceRule.Finished(judged, "cursor.json", before == 2 ? 4 : before)!;

        Assert.Equal(isFinished ? 5L : null, finished.Events.Last);
        Assert.Equal(5L, finished.Snapshot.Current);
        Assert.Equal(isFinished ? [SequenceViolations.EventRegression] : [], Judge(finished, 5, [4, 5]).Violations);
    }

    [Fact]
    public void Where_no_pass_says_how_it_moved_the_cursor_everything_holds()
    {
        var judged = Judge(null, 5, [4, 5]);

        Assert.Same(judged, SequenceRule.Finished(judged, "cursor.json", 3));
        Assert.Null(SequenceRule.Finished(null, "cursor.json", 3));
    }

    private static NewestEvent Named(string name) => new() { Line = 1, Name = name, Timestamp = "" };

    private static SequenceRecord Judge(SequenceRecord? before, long? snapshot, long[] events, bool fromStart = false)
    {
        var ingested = new IngestedEvents();
        foreach (var number in events)
        {
            ingested.Add(number, null);
        }

        return SequenceRule.Judge(before, snapshot, ingested, fromStart);
    }
}
