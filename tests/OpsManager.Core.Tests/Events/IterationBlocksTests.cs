using CsCheck;
using OpsManager.Core.Events;
using Xunit;

namespace OpsManager.Core.Tests.Events;

public sealed class IterationBlocksTests
{
    private static readonly string[] Names =
        ["loop_start", "iteration_start", "iteration_end", "role_start", "role_end", "loop_complete", "loop_stop", "note"];

    [Fact]
    public void An_iteration_goes_from_its_start_to_its_end()
    {
        var log = Log("loop_start", "iteration_start", "role_start", "role_end", "iteration_end", "note", "iteration_start", "note");

        Assert.Equal(1, log.Iterations.CountWithin(log.Count));
        var block = log.Iterations[0];
        Assert.Equal((1, 4, true, 1), (block.First, block.Last, block.HasEnd, block.Roles));
        Assert.Equal(0, log.Iterations.CountWithin(4));
        Assert.Equal(1, log.Iterations.CountWithin(5));
    }

    [Theory]
    [InlineData("loop_start")]
    [InlineData("iteration_start")]
    [InlineData("loop_stop")]
    [InlineData("rate_limit_stop")]
    [InlineData("no_progress_stop")]
    [InlineData("loop_complete")]
    public void An_iteration_without_an_end_goes_to_what_shows_that_it_is_over(string next)
    {
        var log = Log("iteration_start", "role_start", next);

        Assert.Equal((0, 1, false), (log.Iterations[0].First, log.Iterations[0].Last, log.Iterations[0].HasEnd));
        Assert.Equal(0, log.Iterations.CountWithin(2));
    }

    [Fact]
    public void Blocks_follow_each_other_and_count_what_is_behind_their_starts() =>
        Gen.Int[0, Names.Length - 1].List[0, 80].Sample(
            static drawn =>
            {
                var log = Log([.. drawn.Select(static name => Names[name])]);
                var (hidden, before) = (0, -1);
                for (var i = 0; i < log.Iterations.CountWithin(log.Count); i++)
                {
                    var block = log.Iterations[i];
                    Assert.Equal(KnownEvents.IterationStart, log[block.First].Name);
                    Assert.True(block.First > before && block.Last >= block.First && block.ClosedAt >= block.Last);
                    Assert.Equal(hidden, block.HiddenBefore);
                    Assert.Equal(block.HasEnd, log[block.Last].Name == KnownEvents.IterationEnd);
                    for (var row = block.First; row <= block.Last; row++)
                    {
                        Assert.Equal(i, log.Iterations.IndexAt(row, log.Iterations.CountWithin(log.Count)));
                    }

                    (hidden, before) = (hidden + block.Hidden, block.Last);
                }

                var completions = drawn.Count(static name => Names[name] == "loop_complete");
                Assert.Equal(completions, log.Iterations.CompletionsWithin(log.Count).Count());
            },
            iter: 3000,
            threads: 1);

    [Fact]
    public void The_limit_of_iterations_is_that_of_the_run_that_a_row_is_of()
    {
        static string Start(int max) => RuntimeText.Event("loop_start", data: $$"""{"max_iterations":{{max}} }""").TrimEnd('\n');
        var note = RuntimeText.Event("note").TrimEnd('\n');
        var log = LogText.Index(note, Start(3), note, Start(15), note);

        Assert.Equal([null, 3, 3, 15, 15], Enumerable.Range(0, 5).Select(log.MaxIterationsAt));
    }

    private static EventLog Log(params string[] names) =>
        LogText.Index(names.Select(static (name, at) => RuntimeText.Event(name, at, role: "planner").TrimEnd('\n')));
}
