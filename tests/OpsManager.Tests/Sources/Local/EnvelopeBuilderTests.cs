using System.Text;
using NJsonSchema;
using OpsManager.Contract;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Events;
using OpsManager.Core.Fold;
using OpsManager.Sources.Local;
using OpsManager.Tests.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Local;

public sealed class EnvelopeBuilderTests
{
    /// <summary>A line that is no event is refused by design: that tape has tests of its own.</summary>
    public static TheoryData<string> Tapes =>
        [.. SampleRunTests.Tapes.Select(static row => row.Data).Where(static name => name != "invalid-line")];

    [Theory]
    [MemberData(nameof(Tapes))]
    public async Task The_envelopes_of_every_mark_of_a_tape_fit_their_schemas_and_are_read_back(string name)
    {
        var snapshots = await Schema("loop-run-snapshot.v1");
        var events = await Schema("loop-run-event.v1");
        var handedOut = 0L;
        foreach (var reading in PlayedTape.AtMarks(name))
        {
            var snapshot = ContractJson.Write(SnapshotBuilder.Build(reading, "t-1"), ContractJson.Default.SnapshotEnvelope);
            Assert.Empty(snapshots.Validate(snapshot));
            var read = EnvelopeReader.Snapshot(Encoding.UTF8.GetBytes(snapshot), "snapshot", reading.Loop.Id);
            Assert.Equal((reading.Loop.Projected.Status, (long)reading.Lines), (read.Run.Status, read.Sequence.Value));

            // What was checked at the mark before is the same text; only the newest lines are new.
            var log = new EventLog();
            foreach (var envelope in EventEnvelopes.Read(reading, 0, EventEnvelopes.Check(reading, 0, int.MaxValue / 2), null))
            {
                SnapshotModel.Add(log, envelope);
                if (envelope.Sequence.Value <= handedOut)
                {
                    continue;
                }

                var text = ContractJson.Write(envelope, ContractJson.Default.EventEnvelope);
                Assert.Empty(events.Validate(text));
                EnvelopeReader.Event(Encoding.UTF8.GetBytes(text), "event", reading.Loop.Id);
            }

            handedOut = Math.Max(handedOut, reading.Lines);

            // Whoever gets the envelopes elsewhere must come to the same contract status.
            var (_, elsewhere) = SnapshotModel.From(read, log, FoldOptions.Default, reading.At);
            Assert.Equal(reading.Loop.Projected.Status, elsewhere.Projected.Status);
            Assert.Equal(
                (reading.Loop.Projected.RunId, reading.Loop.Projected.Iteration),
                (elsewhere.Projected.RunId, elsewhere.Projected.Iteration));
        }
    }

    [Fact]
    public void An_invalid_line_hands_out_nothing_and_is_named()
    {
        var reading = PlayedTape.AtMarks("invalid-line").Last();

        var fault = Assert.Throws<ContractException>(() => EventEnvelopes.Check(reading, 0, 1000));
        Assert.Contains($"line {reading.Loop.Tally.FirstInvalidLine}", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("invalid JSON in ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_is_refused_while_the_newest_line_is_no_event_and_only_then()
    {
        var marks = PlayedTape.AtMarks("invalid-line").ToArray();

        Assert.Equal(marks[^1].Lines, SnapshotBuilder.Build(marks[^1], null).Cursor.EventLineCount);
        var newest = marks.First(static reading => reading.Loop.Tally.InvalidLines > 0);
        Assert.Equal(newest.Lines, newest.Loop.Tally.FirstInvalidLine);
        Assert.Contains(
            $"line {newest.Lines}", Assert.Throws<ContractException>(() => SnapshotBuilder.Build(newest, null)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_beyond_the_log_hands_out_nothing()
    {
        var reading = PlayedTape.AtMarks("completes").Last();

        var fault = Assert.Throws<ContractException>(() => EventEnvelopes.Check(reading, reading.Lines + 1, 10));
        Assert.StartsWith(
            $"cursor offset ({reading.Lines + 1}) exceeds available events ({reading.Lines})", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cursor_at_the_end_hands_out_nothing_and_is_no_fault()
    {
        var reading = PlayedTape.AtMarks("completes").Last();

        Assert.Equal(reading.Lines, EventEnvelopes.Check(reading, reading.Lines, 10));
        Assert.Equal(5, EventEnvelopes.Check(reading, 3, 2));
    }

    private static Task<JsonSchema> Schema(string name) =>
        JsonSchema.FromFileAsync(RepoRoot.Combine("docs", "schemas", $"{name}.schema.json"));
}
