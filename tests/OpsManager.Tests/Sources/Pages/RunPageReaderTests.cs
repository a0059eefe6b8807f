using System.Text;
using OpsManager.Contract;
using OpsManager.Contract.Tapes;
using OpsManager.Core.Documents;
using OpsManager.Core.Pages;
using OpsManager.Sources.Pages;
using OpsManager.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Sources.Pages;

public sealed class RunPageReaderTests
{
    [Theory]
    [MemberData(nameof(SampleTape.Names), MemberType = typeof(SampleTape))]
    public void A_report_of_any_recording_has_every_part_and_the_lifecycle_of_its_end(string name)
    {
        var tape = SampleTape.Read(name);
        foreach (var loop in OpsManager.Sources.Compare.RunPlace.Recording(tape).Loops)
        {
            var input = RunPageReader.Read(tape, loop);
            var page = RunPage.From(input);
            var end = new MomentReader(new ReplayOptions()).Read(tape, ReplayTime.Parse("100%")!).Loops.Single(one => one.LoopId == loop);

            Assert.Equal(
                ["Lifecycle", "Iterations", "Gates", "Findings", "Decisions and controls", "Usage"],
                page.Blocks.OfType<Section>().Select(static section => section.Title));
            Assert.Equal(end.Assessment.Lifecycle, input.Changes[^1].Lifecycle);
            Assert.StartsWith($"{loop}: ", page.Title, StringComparison.Ordinal);
            Assert.Equal(end.Assessment.Reason, page.Lead);
        }
    }

    [Fact]
    public void What_was_not_recorded_is_said()
    {
        var tape = SampleTape.Read("completes") with { Note = "no process evidence", Fault = "line 9 is incomplete" };

        Assert.Equal(["no process evidence", "line 9 is incomplete"], RunPageReader.Read(tape, null).Notes);
    }

    [Fact]
    public void A_long_run_makes_a_page_of_a_bounded_size_that_says_what_it_leaves_out()
    {
        var input = RunPageReader.Read(Long(iterations: 400), null);

        var page = Text(RunPage.From(input));

        Assert.InRange(page.Length, 10_000, 200_000);
        Assert.Contains("The newest 100 of 400 iterations are listed; 300 older ones are left out.", page, StringComparison.Ordinal);
        Assert.Contains("the newest 30 of 400 iterations", page, StringComparison.Ordinal);
    }

    private static string Text(Document page)
    {
        using var text = new StringWriter();
        HtmlDocument.Write(page, text);
        return text.ToString();
    }

    private static Tape Long(int iterations)
    {
        var lines = Enumerable.Range(1, iterations).SelectMany(static number => new[]
        {
            RuntimeText.Event("iteration_start", number * 60, iteration: number),
            RuntimeText.Event("role_start", number * 60, iteration: number, role: "planner"),
            RuntimeText.Event("role_end", (number * 60) + 9, iteration: number, role: "planner"),
            RuntimeText.Event("iteration_end", (number * 60) + 30, iteration: number, data: """{"tests":"ok"}"""),
        });
        return new Tape("long", "", WatchedRepo.Start, [.. lines.Select(static (line, at) => (TapeStep)new TapeAppend(
            TimeSpan.FromSeconds(at), at + 2, ArtifactPaths.Events(RuntimeText.Loop), Encoding.UTF8.GetBytes(line)))]);
    }
}
