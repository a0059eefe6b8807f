using System.Text.Json;
using Xunit;

namespace OpsManager.Tests.Verbs;

public sealed class ExplainVerbTests
{
    [Fact]
    public async Task A_code_is_explained_with_its_evidence_and_what_to_do_and_the_keys_that_do_it()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("explain", "process_gone");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("process_gone (The run)\n  The process that ran the loop has exited", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  evidence    active-run.json", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  what to do  Read the log", result.Output, StringComparison.Ordinal);
        Assert.Contains("y copy", result.Output, StringComparison.Ordinal);
        Assert.Contains("docs/findings.md#the-run", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_of_a_gate_and_of_an_outcome_is_explained_as_both()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("explain", "unknown", "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ["Words of gates", "Outcomes of control"],
            json.RootElement.GetProperty("codes").EnumerateArray().Select(static code => code.GetProperty("about").GetString()));
    }

    [Fact]
    public async Task Without_a_code_all_are_listed()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("explain");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("CODE ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nrolled_back ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_does_not_exist_is_refused_and_the_list_is_named()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("explain", "process_\u001b[31mgone");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ops-manager explain lists them all", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Theory]
    [InlineData("process_gon", "did you mean process_gone?")]
    [InlineData("proces_gnoe", "did you mean process_gone?")]
    [InlineData("ingest", "did you mean ingest_stale?")]
    public async Task A_code_that_is_nearly_one_is_answered_with_that(string code, string hint)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("explain", code);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }
}
