using System.Text.Json;
using OpsManager.Contract.Tapes;
using OpsManager.Tests.Sources.Compare;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class DiffVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");

    public void Dispose() => shell.Dispose();

    [Fact]
    public async Task Equal_runs_give_one_word_and_exit_code_0()
    {
        var result = await shell.RunAsync("diff", "completes", $"{shell.Root}:checkout-flow");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("equal: the same steps, outcomes and numbers", result.Lines[2]);
        Assert.Equal(3, result.Lines.Count);
    }

    [Fact]
    public async Task Runs_that_differ_have_the_first_divergence_at_the_top_and_exit_code_1()
    {
        var result = await shell.RunAsync("diff", "completes", "sigkilled");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("different: ", result.Lines[2], StringComparison.Ordinal);
        Assert.Equal(
            ["FIRST DIVERGENCE", "  changed  iteration 1  loop_start: max_iterations 3 -> 5"], result.Lines.Skip(3).Take(2));
    }

    [Fact]
    public async Task Json_has_the_same_in_fields()
    {
        var result = await shell.RunAsync("diff", "completes", "sigkilled", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal(1, result.ExitCode);
        Assert.False(root.GetProperty("equal").GetBoolean());
        Assert.Equal("loop_start", root.GetProperty("first").GetProperty("event").GetString());
        Assert.Equal("5", root.GetProperty("first").GetProperty("changes")[0].GetProperty("b").GetString());
        Assert.Equal("no event ended it", root.GetProperty("b").GetProperty("end").GetString());
        Assert.Equal(root.GetProperty("differenceCount").GetInt32(), root.GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public async Task Two_iterations_of_a_run_are_compared()
    {
        var result = await shell.RunAsync("diff", "long-run#3", "#4");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("iteration 4  24 events", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal(1, (await shell.RunAsync("diff", "long-run#3", "#4", "--strict")).ExitCode);
    }

    [Fact]
    public async Task A_run_alone_is_compared_with_the_run_before_it()
    {
        var (alone, named) = (
            await shell.RunAsync("diff", "rerun-after-complete"), await shell.RunAsync("diff", "rerun-after-complete@1", "@2"));

        Assert.Equal(1, alone.ExitCode);
        Assert.Equal(named.Output, alone.Output);
        Assert.Contains("complete", alone.Lines[0], StringComparison.Ordinal);
        Assert.Contains("no event ended it", alone.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_and_its_loop_may_be_named_by_flags()
    {
        var result = await shell.RunAsync("diff", "completes", "--repo", shell.Root, "--loop", "checkout-flow");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("there is no file, no directory and no sample run \"nope\"", "completes", "nope")]
    [InlineData("two-loops has 2 loops, so name one, as in two-loops:api-pagination", "two-loops", "completes")]
    [InlineData("completes has no loop other with a log; loops here: checkout-flow", "completes:other", "completes")]
    [InlineData("completes: loop checkout-flow has no run 7; its runs: 1 2026-11-22T19:19:01Z", "completes@7", "completes")]
    [InlineData("has no iteration 9; it has 1 to 2", "completes#9", "completes")]
    [InlineData("loop checkout-flow has no run before 2026-11-22T19:19:01Z", "completes")]
    [InlineData("\"completes#x\" is no name of a run", "completes#x", "completes")]
    [InlineData("\"c\" is one too many: diff takes at most 2", "a", "b", "c")]
    public async Task What_cannot_be_read_is_one_line_and_exit_code_2(string message, params string[] named)
    {
        var result = await shell.RunAsync(["diff", .. named]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tape_that_was_changed_at_one_place_is_read_from_its_file()
    {
        var tape = SampleTape.Read("delegation");
        var events = TapeMutation.Events("api-pagination");
        var changed = TapeMutation.WithLine(
            tape, events, 40, TapeMutation.Edit(TapeMutation.Lines(tape, events)[39], static root => root["data"]!["status"] = "failed"));
        var file = shell.Full("changed.tape.jsonl");
        using (var stream = File.Create(file))
        {
            TapeWriter.Write(TapeMutation.OnAnotherDay(changed), stream);
        }

        var result = await shell.RunAsync("diff", "delegation", file);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("different: 1 step or outcome, 0 numbers", result.Lines[2]);
        Assert.Contains("evidence_end: status skipped -> failed", result.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_a_log_reaches_the_terminal_as_text()
    {
        var result = await shell.RunAsync("diff", "hostile-text", "completes");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain(result.Output, static letter => char.IsControl(letter) && letter is not '\n');
    }
}
