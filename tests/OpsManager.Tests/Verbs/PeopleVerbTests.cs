using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Tests.Service;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>Verbs that a person reads on a terminal, and a script on a pipe.</summary>
public sealed class PeopleVerbTests
{
    [Fact]
    public async Task Reconcile_is_text_on_a_terminal_and_JSON_everywhere_else()
    {
        using var shell = Shell.At("completes");
        var piped = await shell.LoopAsync("reconcile");
        shell.Columns = 100;

        var text = await shell.LoopAsync("reconcile");
        var json = await shell.LoopAsync("reconcile", "--json");
        var pretty = await shell.LoopAsync("reconcile", "--pretty");

        Assert.StartsWith("Loop             checkout-flow in ", text.Output, StringComparison.Ordinal);
        Assert.Contains("Health           healthy", text.Output, StringComparison.Ordinal);
        Assert.All(new[] { piped, json, pretty }, static one => JsonDocument.Parse(one.Output).Dispose());
        Assert.True(pretty.Lines.Count > 1);
    }

    [Fact]
    public async Task A_reconcile_that_failed_is_text_on_a_terminal_too()
    {
        using var shell = Shell.At("completes");
        shell.Columns = 100;
        File.Delete(shell.Full(ArtifactPaths.Events(Shell.Loop)));

        var result = await shell.LoopAsync("reconcile");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("Reconcile  failed, snapshot_unavailable", result.Lines[1]);
        Assert.Equal("Health     degraded: transport_unreachable", result.Lines[2]);
    }

    [Fact]
    public async Task Control_and_confirm_are_text_on_a_terminal_and_JSON_everywhere_else()
    {
        using var repo = new LiveRepo();
        repo.AskApproval();
        RunningService.PutCommand(repo);
        using var shell = Shell.At("completes");
        string[] intent = ["--repo", repo.Root, "--loop", LiveRepo.Loop, "--intent", "approve", "--by", "ada"];
        shell.Columns = 100;

        var text = await shell.WithTimeRunningAsync(
            shell.RunAsync(["control", .. intent, "--note", "a\u001bb", "--idempotency-key", "k-1"]));
        var json = await shell.WithTimeRunningAsync(shell.RunAsync(["confirm", .. intent, "--json"]));

        Assert.Equal(0, text.ExitCode);
        Assert.Equal("Intent    approve of checkout-flow by ada", text.Lines[0]);
        Assert.Contains("Result    confirmed", text.Lines);
        Assert.Contains("Key       k-1", text.Lines);
        Assert.DoesNotContain('\u001b', text.Output);
        Assert.Equal("confirmed", JsonPath.At(json.Output, "status"));
    }

    [Fact]
    public async Task Validate_prints_a_line_of_JSON_for_each_file_up_to_the_first_that_is_not_valid()
    {
        using var shell = Shell.At("completes");
        var snapshot = await shell.LoopAsync("snapshot");
        shell.Write("s.json", snapshot.Output);
        shell.Write("bad.json", "{");

        var result = await shell.RunAsync(
            "validate", "--json", shell.Full("s.json"), shell.Full("bad.json"), shell.Full("s.json"));

        Assert.Equal((1, 2), (result.ExitCode, result.Lines.Count));
        Assert.Equal(
            $"{shell.Full("s.json")} true loop_run_snapshot v1 null",
            JsonPath.All(result.Lines[0], "file", "valid", "kind", "fault"));
        Assert.Equal("false null", JsonPath.All(result.Lines[1], "valid", "kind"));
        Assert.Equal(JsonPath.At(result.Lines[1], "fault"), result.Error.TrimEnd('\n'));
    }

    [Fact]
    public async Task Record_prints_a_line_of_JSON_when_it_begins_and_when_it_has_ended()
    {
        using var shell = Shell.At("completes");
        var file = shell.Full("out/one.tape.jsonl");

        var result = await shell.WithTimeRunningAsync(
            shell.RunAsync("record", "--json", "--repo", shell.Root, "--out", file, "--max-age", "1s"));

        Assert.Equal((0, 2), (result.ExitCode, result.Lines.Count));
        Assert.Equal(
            $"begun {shell.Root} {file} null null",
            JsonPath.All(result.Lines[0], "event", "repoPath", "file", "why", "failed"));
        Assert.Equal($"ended {file} false", JsonPath.All(result.Lines[1], "event", "file", "failed"));
    }

    [Theory]
    [InlineData("--repo")]
    [InlineData(null)]
    public async Task The_demo_and_a_repository_are_not_shown_together(string? flag)
    {
        using var shell = Shell.At("completes");

        var result = await shell.RunAsync(["--demo", .. flag is null ? Array.Empty<string>() : [flag], shell.Root]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("--demo cannot be used with a repository or sprite", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("reconcile")]
    public async Task A_most_of_zero_is_all(string verb)
    {
        using var all = Shell.At("completes");
        using var zero = Shell.At("completes");

        await all.LoopAsync(verb);
        var result = await zero.LoopAsync(verb, "--max-events", "0");

        var cursor = verb == "events" ? ArtifactPaths.EventsCursor(Shell.Loop) : ArtifactPaths.ManagerCursor(Shell.Loop);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("50", JsonPath.At(zero.Read(cursor), "eventLineOffset"));
        Assert.Equal(JsonPath.At(all.Read(cursor), "fingerprint"), JsonPath.At(zero.Read(cursor), "fingerprint"));
    }
}
