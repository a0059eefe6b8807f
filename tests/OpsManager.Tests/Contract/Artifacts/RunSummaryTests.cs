using System.Text;
using CsCheck;
using OpsManager.Contract.Artifacts;
using Xunit;

namespace OpsManager.Tests.Contract.Artifacts;

public sealed class RunSummaryTests
{
    [Fact]
    public void Only_the_last_entry_counts()
    {
        var summary = Parse(ArtifactParser.Good["summary"]).Value!;

        Assert.Equal((2, DateTimeOffset.Parse("2026-11-22T19:00:00Z")), (summary.EntryCount, summary.UpdatedAt));
        Assert.Equal(("r", 2, true), (summary.Last!.RunId, summary.Last.Iteration, summary.Last.CompletionOk));
        Assert.Equal("""{"tests":"ok"}""", summary.Last.Gates!.Value.GetRawText());
        Assert.Equal("""{"streak":0,"threshold":3}""", summary.Last.Stuck!.Value.GetRawText());
    }

    [Fact]
    public void An_empty_list_has_no_last_entry()
    {
        var summary = Parse("""{"entries":[],"updated_at":"2026-11-22T19:00:00Z"}""").Value!;

        Assert.Equal(0, summary.EntryCount);
        Assert.Null(summary.Last);
        Assert.NotNull(summary.UpdatedAt);
    }

    [Fact]
    public void Entries_of_any_shape_may_stand_before_the_last_one()
    {
        var summary = Parse(
            """{"entries":[null,5,"x",[{"run_id":"no"}],{"entries":[{"run_id":"no"}]},{"run_id":"yes","completion_ok":true}]}""").Value!;

        Assert.Equal((6, "yes", true), (summary.EntryCount, summary.Last!.RunId, summary.Last.CompletionOk));
    }

    [Fact]
    public void Lists_of_that_name_deeper_down_are_not_the_entries()
    {
        var summary =
            Parse("""{"meta":{"entries":[{"run_id":"no"}]},"entries":[{"run_id":"yes"}],"tail":[{"entries":[{"run_id":"no"}]}]}""").Value!;

        Assert.Equal((1, "yes"), (summary.EntryCount, summary.Last!.RunId));
    }

    [Fact]
    public void A_completion_that_is_not_true_is_none()
    {
        Assert.False(Parse("""{"entries":[{"run_id":"r","completion_ok":"true"}]}""").Value!.Last!.CompletionOk);
        Assert.False(Parse("""{"entries":[{"run_id":"r"}]}""").Value!.Last!.CompletionOk);
    }

    [Fact]
    public void The_last_entry_is_found_whatever_else_is_in_there()
    {
        var noise = Gen.OneOf(
            "1", "-2.5e3", "\"a \\\" ] } , text\"", "null", "true", "[]", "{}", "[1,[2,{\"entries\":[9]}]]",
            "{\"entries\":[{\"run_id\":\"no\"}]}", "\"é 漢 \\ud83d\\ude00\"");
        var space = Gen.OneOf("", " ", "\n\t", "\r\n  ");

        Gen.Select(noise.List[0, 5], noise.List[0, 3], noise.List[0, 3], space).Sample(
            (entries, before, after, gap) =>
            {
                var fields = before.Select(static (value, at) => $"\"b{at}\":{value}")
                    .Append($"\"entries\":{gap}[{string.Join($"{gap},", entries.Append("""{"run_id":"last","iteration":9}"""))}{gap}]")
                    .Concat(after.Select(static (value, at) => $"\"a{at}\":{value}"));
                var summary = Parse($"{{{gap}{string.Join($",{gap}", fields)}{gap}}}{gap}").Value!;

                Assert.Equal((entries.Count + 1, "last", 9), (summary.EntryCount, summary.Last!.RunId, summary.Last.Iteration));
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void A_summary_of_many_iterations_costs_its_last_entry_and_no_more()
    {
        var entry = $$$"""{"run_id":"r","iteration":1,"artifacts":{"text":"{{{new string('x', 3000)}}}"}}""";
        var bytes = Encoding.UTF8.GetBytes($$"""{"entries":[{{string.Join(',', Enumerable.Repeat(entry, 1000))}}]}""");
        RunSummary.Parse(bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var parsed = RunSummary.Parse(bytes);
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1000, parsed.Value!.EntryCount);
        Assert.InRange(spent, 0, 64 * 1024);
    }

    private static ArtifactParse<RunSummary> Parse(string text) => RunSummary.Parse(Encoding.UTF8.GetBytes(text));
}
