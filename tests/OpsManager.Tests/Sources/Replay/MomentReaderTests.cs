using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Replay;

public sealed class MomentReaderTests
{
    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void At_the_time_of_a_mark_it_says_what_verify_compares(string name)
    {
        var tape = SampleTape.Read(name);
        var reader = new MomentReader(new ReplayOptions());
        // What follows a mark in the same millisecond is not part of it.
        var marks = tape.Steps.OfType<TapeMark>()
            .Where(mark => !tape.Steps.Any(step => step.At == mark.At && step.Line > mark.Line))
            .ToArray();

        Assert.All(marks, mark =>
        {
            var report = reader.Read(tape, ReplayTime.Parse($"{mark.At.TotalMilliseconds:0}ms")!);
            var loop = report.Loops.Single(loop => loop.LoopId == mark.LoopId);

            Assert.Equal((mark.Truth, mark.Reference), (loop.Assessment.Lifecycle, loop.Status));
            Assert.Equal((long)mark.At.TotalMilliseconds, report.AtMs);
        });
    }

    [Fact]
    public void It_tells_run_iteration_approval_and_newest_event()
    {
        var tape = SampleTape.Read("approval-approved");
        var reader = new MomentReader(new ReplayOptions());

        var asked = Assert.Single(reader.Read(tape, ReplayTime.Parse("11223ms")!).Loops);
        var decided = Assert.Single(reader.Read(tape, ReplayTime.Parse("12225ms")!).Loops);
        var end = Assert.Single(reader.Read(tape, ReplayTime.Parse("100%")!).Loops);
        var start = reader.Read(tape, ReplayTime.Parse("0%")!);

        Assert.Equal(("pending", "approval_requested", 1L), (asked.Approval!.Status, asked.NewestEvent!.Name, asked.Iteration));
        Assert.Equal(("approved", "builder", "human"), (decided.Approval!.Status, decided.Approval.DecidedBy, decided.NewestEvent!.Role));
        Assert.Equal((null, "loop_complete", end.EventCount), (end.Approval, end.NewestEvent!.Name, end.NewestEvent.Line));
        Assert.Equal(Lifecycle.Complete, end.Assessment.Lifecycle);
        Assert.Equal((0, 17801), (start.AtMs, start.LengthMs));
        Assert.Empty(start.Loops);
    }
}
