using System.Text;
using System.Text.Json;
using OpsManager.Tests.Sources.Replay;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>What is wrong with a recording is told before the terminal is touched: here is none.</summary>
public sealed class ReplayVerbTests : IDisposable
{
    private const string Header = """{"tape":"v1","title":"A run","recordedAt":"2026-11-22T19:00:00Z"}""";

    private readonly RecordingFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "invalid tape bad.tape.jsonl, line 1: the file is empty; the first line must be")]
    [InlineData("not a tape", "invalid JSON in bad.tape.jsonl, line 1: ")]
    [InlineData("""{"tape":"v2","title":"t","recordedAt":"2026-11-22T19:00:00Z"}""", "line 1: \"tape\" is \"v2\"")]
    [InlineData(
        Header + "\n{\"atMs\":9,\"op\":\"remove\",\"path\":\"a\"}\n{\"atMs\":1,\"op\":\"remove\",\"path\":\"a\"}\n",
        "line 3: \"atMs\" goes back")]
    [InlineData(Header + "\n{\"atMs\":9,\"op\":\"put\",\"path\":\"../../a\",\"text\":\"\"}\n", "line 2: \"path\" must be relative")]
    public async Task A_tape_that_cannot_be_played_fails_with_file_and_line(string text, string why)
    {
        folder.Write("bad.tape.jsonl", Encoding.UTF8.GetBytes(text));

        await FailsAsync(why, "replay", folder.Full("bad.tape.jsonl"));
    }

    [Theory]
    [InlineData("role-fial", "did you mean role-fails?")]
    [InlineData("zzzzzzzz", "there is no file, no directory and no sample run \"zzzzzzzz\"; \"ops-manager samples\" lists them")]
    [InlineData("old-runtime-", "\"old-runtime-\" is the start of 2 sample runs: old-runtime-completes, old-runtime-killed")]
    [InlineData("", "there is no file, no directory and no sample run \"\"")]
    [InlineData("/nowhere/x.tape.jsonl", "there is no file, no directory and no sample run")]
    public async Task A_name_that_is_none_or_several_says_so(string name, string why) => await FailsAsync(why, "replay", name);

    [Fact]
    public async Task A_path_that_exists_comes_before_a_name()
    {
        folder.Write("completes", "no tape");

        await FailsAsync("invalid JSON in completes, line 1", "replay", folder.Full("completes"));
    }

    [Fact]
    public async Task Of_several_that_cannot_be_read_each_is_told()
    {
        folder.Write("bad.tape.jsonl", "x");

        var result = await FailsAsync("no sample run \"zzzzzzzz\"", "replay", folder.Full("bad.tape.jsonl"), "zzzzzzzz");

        Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "1001")]
    [InlineData("--speed", "fast")]
    [InlineData("--idle", "long")]
    [InlineData("--idle", "2")]
    [InlineData("--at", "later")]
    [InlineData("--at", "120%")]
    public async Task A_value_that_is_none_is_refused(string flag, string value) =>
        await FailsAsync(flag, "replay", "completes", flag, value);

    [Fact]
    public async Task Without_a_recording_there_is_nothing_to_replay() => await FailsAsync("replay needs RECORDING...", "replay");

    [Fact]
    public async Task The_help_names_the_verbs_and_the_flags()
    {
        using var shell = Shell.At("completes");

        var root = await shell.RunAsync("--help");
        var replay = await shell.RunAsync("replay", "--help");

        Assert.All(["replay", "samples", "demo"], verb => Assert.Contains($"  {verb} ", root.Output, StringComparison.Ordinal));
        Assert.All(
            ["--idle", "--speed", "--at", "--paused", "--color", "--ascii", "--theme", "--keymap", "--mouse", "--strict"],
            flag => Assert.Contains(flag, replay.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("--by", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_are_listed_where_there_is_no_terminal()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("samples", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var samples = JsonDocument.Parse(result.Output).RootElement.GetProperty("samples").EnumerateArray().ToArray();
        Assert.Equal(
            RepoRoot.Files("sample-runs", "*.tape.jsonl").Count,
            samples.Select(static sample => sample.GetProperty("name").GetString()).Distinct().Count());
        Assert.All(samples, static sample =>
        {
            Assert.NotEmpty(sample.GetProperty("title").GetString()!);
            Assert.Equal($"ops-manager replay {sample.GetProperty("name").GetString()}", sample.GetProperty("command").GetString());
        });
    }

    [Fact]
    public async Task Verify_at_a_time_says_what_is_said_there()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("verify", "--at", "100%", "role-fails");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("role-fails at 2026-11-22T19:20:", result.Lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^checkout-flow +failed +running +1 +\d+: role_start", result.Lines[2]);
        Assert.Contains(result.Lines, static line => line.Contains("process_gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_at_a_time_prints_a_line_of_json_for_each_recording()
    {
        using var shell = Shell.At("completes");
        var path = RepoRoot.Combine("sample-runs", "two-loops.tape.jsonl");

        var result = await shell.RunAsync("verify", "--at", "19:22:20", "--json", path, "approval-approved");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, result.Lines.Count);
        foreach (var line in result.Lines)
        {
            await Schema.AssertValidAsync("replay-moment", line);
        }

        var first = JsonDocument.Parse(result.Lines[0]).RootElement;
        Assert.Equal("two-loops", first.GetProperty("tape").GetString());
        Assert.Equal("2026-11-22T19:22:20Z", first.GetProperty("at").GetString());
    }

    [Fact]
    public async Task Verify_at_a_time_opens_a_repository_and_says_what_it_cannot_tell()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("verify", "--at", "50%", shell.Root);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("no process evidence: lifecycle from the log alone", result.Lines[1], StringComparison.Ordinal);
        Assert.Contains(result.Lines, static line => line.StartsWith("checkout-flow  running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_at_a_time_fails_where_a_recording_cannot_be_read()
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync("verify", "--at", "5m", "completes", "zzzzzzzz");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no sample run \"zzzzzzzz\"", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("completes at ", result.Lines[0], StringComparison.Ordinal);
    }

    private static async Task<Shell.Result> FailsAsync(string why, params string[] args)
    {
        using var shell = Shell.At("completes");
        var result = await shell.RunAsync(args);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        return result;
    }
}
