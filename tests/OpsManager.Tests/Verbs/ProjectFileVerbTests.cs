using OpsManager.Contract;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary><c>project</c> on files that a script names (docs/contract.md, "Command line", "Fail closed").</summary>
public sealed class ProjectFileVerbTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_and_events_in_files_are_projected_where_there_is_no_superloop_at_all()
    {
        using var shell = Shell.Bare();
        var (snapshot, events) = await EnvelopesAsync(shell);

        var one = await shell.LoopAsync("project", "--snapshot-file", snapshot);
        var both = await shell.LoopAsync("project", "--snapshot-file", snapshot, "--events-file", events);

        Assert.Equal((0, ""), (one.ExitCode, one.Error));
        Assert.Equal((0, ""), (both.ExitCode, both.Error));
        Assert.StartsWith("snapshot_status:", JsonPath.At(one.Output, "transition.triggeringSignal"), StringComparison.Ordinal);
        Assert.StartsWith("event:", JsonPath.At(both.Output, "transition.triggeringSignal"), StringComparison.Ordinal);
        await Schema.AssertValidAsync("manager-state", both.Output);
        Assert.False(Directory.Exists(shell.Full(".superloop")));
    }

    [Fact]
    public async Task The_state_file_is_replaced_by_the_result_and_what_is_not_ours_stays_in_it()
    {
        using var shell = Shell.Bare();
        var (snapshot, _) = await EnvelopesAsync(shell);
        var file = shell.Full("kept/state.json");

        var first = await shell.LoopAsync("project", "--snapshot-file", snapshot, "--state-file", file);
        Assert.Equal(JsonPath.At(first.Output, "transition"), Compact(await File.ReadAllTextAsync(file, Cancel), "transition"));
        Assert.Equal(0, first.ExitCode);
        await File.WriteAllTextAsync(
            file, """{"cursor":{"eventLineOffset":999},"transition":{"currentState":"idle"},"drift":{"status":"aligned"}}""", Cancel);
        var second = await shell.LoopAsync("project", "--snapshot-file", snapshot, "--state-file", file);

        var kept = await File.ReadAllTextAsync(file, Cancel);
        Assert.Equal("idle true", JsonPath.All(kept, "transition.previousState", "divergence.flags.cursorRegression"));
        Assert.Equal("aligned aligned", $"{JsonPath.At(kept, "drift.status")} {JsonPath.At(second.Output, "drift.status")}");
        Assert.Equal(["state.json"], Directory.GetFiles(shell.Full("kept")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_event_envelope_that_is_none_is_named_also_where_nothing_else_is_there()
    {
        using var shell = Shell.Bare();
        shell.Write("bad.jsonl", """{"not":"an envelope"}""" + "\n");

        var alone = await shell.LoopAsync("project", "--events-file", shell.Full("bad.jsonl"));
        var withNoSnapshot = await shell.LoopAsync(
            "project", "--events-file", shell.Full("bad.jsonl"), "--snapshot-file", shell.Full("none.json"), "--state-file",
            shell.Full("state.json"));

        foreach (var result in new[] { alone, withNoSnapshot })
        {
            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.StartsWith("event envelope is invalid: ", result.Error, StringComparison.Ordinal);
            Assert.Contains("bad.jsonl, line 1", result.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(shell.Full("state.json")));
    }

    [Theory]
    [InlineData("project")]
    [InlineData("reconcile")]
    [InlineData("reconcile", "--from-start")]
    [InlineData("status")]
    public async Task A_state_of_an_unknown_version_is_refused_by_its_file_and_field_and_stays(string verb, params string[] more)
    {
        using var shell = Shell.At("completes");
        var file = $"{ArtifactPaths.Manager(Shell.Loop)}/state.json";
        const string Newer = """{"schemaVersion":"v2","transition":{"currentState":"running"},"cursor":{"eventLineOffset":1}}""";
        shell.Write(file, Newer);

        var result = await shell.LoopAsync(verb, [.. more, "--state-file", shell.Full(file)]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{file} cannot be used: schemaVersion is \"v2\", expected \"v1\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("move the file away", result.Error, StringComparison.Ordinal);
        Assert.Equal(Newer, shell.Read(file));
        Assert.False(File.Exists(shell.Full($"{ArtifactPaths.Manager(Shell.Loop)}/cursor.json")));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("events", "--from-start")]
    [InlineData("reconcile")]
    [InlineData("reconcile", "--from-start")]
    public async Task A_cursor_of_an_unknown_version_is_refused_by_its_file_and_field_and_stays(string verb, params string[] more)
    {
        using var shell = Shell.At("completes");
        const string Newer = """{"schemaVersion":"v2","position":{"line":3}}""";
        shell.Write("kept/cursor.json", Newer);

        var result = await shell.LoopAsync(verb, [.. more, "--cursor-file", shell.Full("kept/cursor.json")]);

        Assert.Equal((1, verb == "events"), (result.ExitCode, result.Output.Length == 0));
        Assert.Contains("cursor.json cannot be used: schemaVersion is \"v2\", expected \"v1\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("--cursor-file", result.Error, StringComparison.Ordinal);
        Assert.Equal(Newer, shell.Read("kept/cursor.json"));
    }

    [Fact]
    public async Task Of_a_cursor_that_is_half_of_another_tool_what_is_not_ours_stays_in_it()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("events", "--max-events", "2", "--cursor-file", shell.Full("cursor.json"));
        var kept = shell.Read("cursor.json");
        shell.Write("cursor.json", kept[..kept.LastIndexOf('}')] + """, "owner": {"team": "ops"} }""");

        var next = await shell.LoopAsync("events", "--max-events", "1", "--cursor-file", shell.Full("cursor.json"));

        Assert.Single(next.Lines);
        Assert.Equal("3 ops", JsonPath.All(shell.Read("cursor.json"), "eventLineOffset", "owner.team"));
    }

    private static string Compact(string json, string part)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return System.Text.Json.Nodes.JsonNode.Parse(document.RootElement.GetProperty(part).GetRawText())!.ToJsonString();
    }

    /// <summary>A snapshot and its events in files of a directory without a loop.</summary>
    private static async Task<(string Snapshot, string Events)> EnvelopesAsync(Shell into)
    {
        using var ran = Shell.At("completes");
        into.Write("snapshot.json", (await ran.LoopAsync("snapshot")).Output);
        into.Write("events.jsonl", (await ran.LoopAsync("events")).Output);
        return (into.Full("snapshot.json"), into.Full("events.jsonl"));
    }
}
