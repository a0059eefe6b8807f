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
        Assert.Equal((SequenceRecord.OrderingDrift, true), (record.Status, record.DriftActive));
        Assert.NotNull(record.ReasonCode);
        Assert.Equal((SequenceRecord.Ok, true), (record.Transition.PreviousStatus, record.Transition.Changed));
    }

    [Fact]
    public void Drift_is_over_when_all_is_in_order_again()
    {
        var drifted = Judge(Judge(null, 3, [1, 2, 3]), 2, []);
        var after = Judge(drifted, 4, [4]);

        Assert.Equal(SequenceRecord.Ok, after.Status);
        Assert.Equal((SequenceRecord.OrderingDrift, true), (after.Transition.PreviousStatus, after.Transition.Changed));
    }

    [Fact]
    public void Reading_over_from_the_start_is_no_regression() =>
        Assert.Empty(Judge(Judge(null, 9, [8, 9]), 9, [1, 2, 3], fromStart: true).Violations);

    [Fact]
    public void A_log_with_fewer_lines_is_a_regression_whatever_flag_reads_it() =>
        Assert.Equal([SequenceViolations.SnapshotRegression], Judge(Judge(null, 9, [8, 9]), 3, [1, 2, 3], fromStart: true).Violations);

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
