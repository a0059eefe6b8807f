using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Serialization;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary>Rollbacks without a screen: seen, read, and ended.</summary>
public sealed class RolloutVerbTests
{
    private const string Id = "20261122T192100Z-cursor_regression";

    private static string Rollout => ArtifactPaths.Rollout(Shell.Loop);

    private static string Note => ArtifactPaths.Incident(Shell.Loop, Id);

    [Theory]
    [InlineData("snapshot")]
    [InlineData("events")]
    [InlineData("reconcile")]
    public async Task A_loop_that_is_rolled_back_can_be_read_by_every_verb(string verb)
    {
        using var shell = RolledBack();

        var result = await shell.LoopAsync(verb);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Notes_are_listed_and_printed_and_the_open_one_is_told()
    {
        using var shell = RolledBack();
        shell.Write(
            ArtifactPaths.Incident(Shell.Loop, "20261120T000000Z-log_rewritten"),
            "# Incident x\n\nanother \u001b[31mlog\nin its place.\n\n- cause\n");
        shell.Write($"{ArtifactPaths.Incidents(Shell.Loop)}/notes.md", "no note of ours");

        var table = await shell.RunAsync("incidents", "--repo", shell.Root);
        var json = await shell.RunAsync("incidents", "--repo", shell.Root, "--json");
        var shown = await shell.RunAsync("incident", "show", Id, "--repo", shell.Root);

        Assert.Equal((0, 3), (table.ExitCode, table.Lines.Count));
        Assert.StartsWith($"open    checkout-flow  {Id}  ", table.Lines[1], StringComparison.Ordinal);
        Assert.Matches("^closed  checkout-flow  20261120T000000Z-log_rewritten +another ", table.Lines[2]);
        Assert.DoesNotContain('\u001b', table.Output);
        var entries = JsonSerializer.Deserialize(json.Output, ContractJson.Default.IReadOnlyListIncidentEntry)!;
        Assert.Equal(
            [(Id, true, "cursor_regression"), ("20261120T000000Z-log_rewritten", false, "log_rewritten")],
            entries.Select(static one => (one.Id, one.IsOpen, one.Cause)));
        Assert.Equal((0, "# Incident"), (shown.ExitCode, shown.Lines[0]));
    }

    [Theory]
    [InlineData("20261122T192100Z-../../secret")]
    [InlineData("../rollout")]
    [InlineData("20261122T192100Z-nothing")]
    public async Task What_is_no_note_is_not_printed(string id)
    {
        using var shell = RolledBack();

        var result = await shell.RunAsync("incident", "show", id, "--repo", shell.Root);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("there is no incident", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_note_is_neither_shown_nor_written_to()
    {
        using var shell = RolledBack();
        shell.Write("secret", "not a note");
        File.Delete(shell.Full(Note));
        File.CreateSymbolicLink(shell.Full(Note), shell.Full("secret"));

        var listed = await shell.RunAsync("incidents", "--repo", shell.Root);
        var shown = await shell.RunAsync("incident", "show", Id, "--repo", shell.Root);
        var armed = await shell.LoopAsync("rearm", "--reason", "x");

        Assert.Equal((1, 1, 1), (listed.Lines.Count, shown.ExitCode, armed.ExitCode));
        Assert.Contains("symbolic link", armed.Error, StringComparison.Ordinal);
        Assert.Equal("not a note", shell.Read("secret"));
    }

    [Fact]
    public async Task A_loop_is_armed_again_with_a_reason_that_goes_into_the_note()
    {
        using var shell = RolledBack();

        var result = await shell.LoopAsync("rearm", "--reason", "a restore; nothing lost", "--by", "ada");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rollout = JsonSerializer.Deserialize(shell.Read(Rollout), ContractJson.Default.RolloutRecord)!;
        Assert.Equal((RolloutStage.Assisted, null), (rollout.Stage, rollout.Rollback));
        Assert.Equal(("ada", "a restore; nothing lost", Id), (rollout.Rearm!.By, rollout.Rearm.Reason, rollout.Rearm.Incident));
        Assert.Equal(File.ReadLines(shell.Full(ArtifactPaths.Events(Shell.Loop))).Count(), rollout.Rearm.EventLineOffset);
        Assert.EndsWith("0 rows of intents.jsonl\n", shell.Read(Note), StringComparison.Ordinal);
        Assert.StartsWith("# Incident\n\ncut\n\n## Armed again\n", shell.Read(Note), StringComparison.Ordinal);

        var again = await shell.LoopAsync("rearm", "--reason", "once more");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("not rolled back", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.json", "{\"active\":tr", "half-written")]
    [InlineData("loops/checkout-flow/events.jsonl", null, "cannot be read")]
    public async Task A_loop_whose_artifacts_cannot_be_relied_on_is_not_armed(string path, string? text, string why)
    {
        using var shell = RolledBack();
        if (text is null)
        {
            File.Delete(shell.Full($".superloop/{path}"));
        }
        else
        {
            shell.Write($".superloop/{path}", text);
        }

        var before = shell.Read(Rollout);
        var result = await shell.WithTimeRunningAsync(shell.LoopAsync("rearm", "--reason", "well"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.Equal((before, "# Incident\n\ncut\n"), (shell.Read(Rollout), shell.Read(Note)));
    }

    [Fact]
    public async Task A_reason_is_needed()
    {
        using var shell = RolledBack();

        Assert.NotEqual(0, (await shell.LoopAsync("rearm")).ExitCode);
        Assert.Contains("needs a reason", (await shell.LoopAsync("rearm", "--reason", " ")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stage_does_not_arm_a_loop_that_is_rolled_back_and_keeps_the_rollback()
    {
        using var shell = RolledBack();

        var refused = await shell.LoopAsync("stage", "--set", "assisted", "--reason", "go on");
        var passive = await shell.LoopAsync("stage", "--set", "passive", "--reason", "for longer");
        var armed = await shell.LoopAsync("rearm", "--reason", "a restore");

        Assert.Equal((1, 0, 0), (refused.ExitCode, passive.ExitCode, armed.ExitCode));
        Assert.Contains("ops-manager rearm", refused.Error, StringComparison.Ordinal);
        // It comes back as it was left: passive.
        Assert.Contains("\"stage\":\"passive\"", armed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_is_refused_on_a_loop_that_is_rolled_back()
    {
        using var shell = RolledBack();
        shell.Write("superloop.sh", "#!/bin/sh\necho ran > ran\n");
        MakeExecutable(shell.Full("superloop.sh"));

        var result = await shell.LoopAsync("control", "--intent", "cancel");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the loop is rolled back: ", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell.Full("ran")));
    }

    [Fact]
    public async Task Control_steps_back_by_itself_where_the_log_is_shorter_than_what_was_read()
    {
        using var shell = Shell.At("approval-approved", 11223);
        shell.Write("superloop.sh", "#!/bin/sh\necho ran > ran\n");
        MakeExecutable(shell.Full("superloop.sh"));
        Assert.Equal(0, (await shell.LoopAsync("reconcile")).ExitCode);
        File.WriteAllLines(
            shell.Full(ArtifactPaths.Events(Shell.Loop)), File.ReadLines(shell.Full(ArtifactPaths.Events(Shell.Loop))).Take(3).ToArray());

        var result = await shell.LoopAsync("control", "--intent", "approve", "--by", "ada");

        Assert.Equal(1, result.ExitCode);
        Assert.False(File.Exists(shell.Full("ran")));
        Assert.Contains("\"cause\": \"cursor_regression\"", shell.Read(Rollout), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(shell.Full(ArtifactPaths.Incidents(Shell.Loop))));
    }

    [Fact]
    public async Task Reconcile_escalates_each_transition_once()
    {
        using var shell = Shell.At("approval-approved", 11223);
        Assert.Equal(0, (await shell.LoopAsync("reconcile")).ExitCode);
        Assert.Empty(Escalations(shell));

        // Approval and completion at once are a contradiction.
        var summary = ArtifactPaths.Summary(Shell.Loop);
        var whole = shell.Read(summary);
        shell.Write(summary, whole
            .Replace("\"completion_ok\":false", "\"completion_ok\":true", StringComparison.Ordinal)
            .Replace("\"completion_ok\": false", "\"completion_ok\": true", StringComparison.Ordinal));
        await shell.LoopAsync("reconcile");
        await shell.LoopAsync("reconcile");
        Assert.Equal(["divergence_detected", "health_degraded"], Escalations(shell));

        shell.Write(summary, whole);
        await shell.LoopAsync("reconcile");
        Assert.Equal(2, Escalations(shell).Count);
    }

    private static Shell RolledBack()
    {
        var shell = Shell.At("completes");
        Directory.CreateDirectory(shell.Full(ArtifactPaths.Incidents(Shell.Loop)));
        shell.Write(
            Rollout,
            $$"""{"schemaVersion":"v1","stage":"passive","changedAt":"2026-11-22T19:21:00Z","changedBy":"ops-manager","reason":"rolled back","rollback":{"cause":"cursor_regression","why":"cut","at":"2026-11-22T19:21:00Z","incident":"{{Id}}","lastGoodCursor":40,"stageBefore":"assisted"} }""");
        shell.Write(Note, "# Incident\n\ncut\n");
        return shell;
    }

    private static IReadOnlyList<string> Escalations(Shell shell)
    {
        var path = shell.Full($"{ArtifactPaths.Manager(Shell.Loop)}/escalations.jsonl");
        return File.Exists(path)
            ? [.. File.ReadLines(path).Select(static row => JsonElement.Parse(row).GetProperty("category").GetString()!)]
            : [];
    }

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
