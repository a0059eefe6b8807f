using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Tests.Tui;
using Xunit;

namespace OpsManager.Tests.Verbs;

/// <summary><c>fleet status</c>, as a timer and a person read it (docs/fleet.md).</summary>
[Collection(nameof(ProcessWide))]
public sealed class FleetStatusVerbTests : IDisposable
{
    private readonly Shell shell = Shell.At("completes");
    private readonly Shell failed = Shell.At("role-fails");

    public FleetStatusVerbTests()
    {
        shell.Variables["XDG_CONFIG_HOME"] = shell.Root;
        shell.Variables["XDG_STATE_HOME"] = shell.Full("state");
        Directory.CreateDirectory(shell.Full("ops-manager"));
    }

    public void Dispose()
    {
        shell.Dispose();
        failed.Dispose();
    }

    [Fact]
    public async Task Where_all_is_well_the_exit_code_is_0()
    {
        Config($"sprites:\n  here: {{ path: {shell.Root} }}\n");

        var result = await shell.RunAsync("fleet", "status");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("All is well: 1 source, 1 loop · healthy", result.Lines[^1]);
        Assert.Matches("^here +checkout-flow +complete +[0-9TZ:-]+ +healthy +- +loop_complete ended the run$", result.Lines[1]);
    }

    [Fact]
    public async Task What_needs_a_person_is_exit_code_1()
    {
        Config($"sprites:\n  here: {{ path: {shell.Root} }}\n  there: {{ path: {failed.Root} }}\n");

        var result = await shell.RunAsync("fleet", "status", "--json");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        await Schema.AssertValidAsync("fleet-status", result.Output);
        Assert.Equal(
            "attention 2 2 0 2", JsonPath.All(
                result.Output, "result", "counts.sources", "counts.read", "counts.unreachable", "counts.loops"));
        Assert.Equal(
            ["here False", "there True"],
            JsonPath.Find(result.Output, "loops")!.Value.EnumerateArray().Select(static loop =>
                $"{loop.GetProperty("source").GetString()} {loop.GetProperty("needsPerson").GetBoolean()}"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_exit_code_2()
    {
        Config($"""
            sprites:
              here: {"{"} path: {failed.Root} {"}"}
              gone: {"{"} path: /nowhere/at-all {"}"}
              none: {"{"} pull: [no-such-command-here], repo: /srv/app {"}"}

            """);

        var result = await shell.RunAsync("fleet", "status");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            """
            gone: /nowhere/at-all has no .superloop
            none: sprite none: no-such-command-here (first word of "pull") is not on PATH

            """, result.Error);
        Assert.StartsWith(
            "Not everything could be read: 3 sources, 1 loop · 2 unreachable", result.Lines[^1], StringComparison.Ordinal);
        Assert.Contains(result.Lines, static line => line.StartsWith("gone  ", StringComparison.Ordinal)
            && line.Contains("unreachable", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repositories_that_are_named_are_read_and_nothing_else()
    {
        Config("sprites:\n  gone: { path: /nowhere/at-all }\n");

        var result = await shell.RunAsync("fleet", "status", "--repo", shell.Root, "--repo", failed.Root, "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            [shell.Root, failed.Root],
            JsonPath.Find(result.Output, "sources")!.Value.EnumerateArray()
                .Select(static source => source.GetProperty("repoPath").GetString()!));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_named()
    {
        File.Delete(shell.Full(ArtifactPaths.Events(Shell.Loop)));
        Directory.CreateDirectory(shell.Full(ArtifactPaths.Events(Shell.Loop)));

        var result = await shell.RunAsync("fleet", "status", "--repo", shell.Root);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"{shell.Root}, loop {Shell.Loop}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_others_is_cleaned_in_the_table()
    {
        shell.Write(
            ArtifactPaths.Approval(Shell.Loop), """{"status":"approved","decision":{"by":"\u001b]0;owned\u0007","at":"x"}}""");

        var result = await shell.RunAsync("fleet", "status", "--repo", shell.Root);

        Assert.Contains("owned", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\u0007', result.Output);
    }

    [Theory]
    [InlineData("sprites:\n  here: {}\n", "config.yaml, line 2: sprite \"here\" cannot be reached")]
    [InlineData("", "config.yaml has no sprites, and no loops have run here; name repositories with --repo (docs/fleet.md)")]
    public async Task Without_anything_to_read_the_exit_code_is_2(string config, string message)
    {
        Config(config);
        var here = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory("/");
        try
        {
            var result = await shell.RunAsync("fleet", "status");

            Assert.Equal((2, ""), (result.ExitCode, result.Output));
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    [Fact]
    public async Task Reading_writes_nothing_into_a_repository()
    {
        var before = failed.Everything();

        await shell.RunAsync("fleet", "status", "--repo", failed.Root);

        Assert.Equal(before, failed.Everything());
    }

    [Fact]
    public async Task The_operator_is_called_once_for_an_escalation_by_fleet_status_and_reconcile_together()
    {
        var hook = Hook();
        failed.Write(ArtifactPaths.State, """{"active":false}""");
        failed.Append(
            ArtifactPaths.Events(Shell.Loop), """{"timestamp":"2026-11-22T23:00:00Z","event":"iteration_start","run_id":"r"}""" + "\n");
        string[] notify = ["--repo", failed.Root, "--notify"];

        var first = await shell.RunAsync(["fleet", "status", .. notify]);
        await shell.RunAsync(["fleet", "status", .. notify]);
        var reconciled = await shell.RunAsync(["reconcile", "--loop", Shell.Loop, .. notify]);

        Assert.Equal((1, "", ""), (first.ExitCode, first.Error, reconciled.Error));
        var lines = await File.ReadAllLinesAsync(hook + ".got", TestContext.Current.CancellationToken);
        Assert.Equal(
            ["divergence_detected", "health_degraded"],
            lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!)
                .Order(StringComparer.Ordinal));
        await Schema.AssertValidAsync("notice", lines[0]);
    }

    [Theory]
    [InlineData("fleet", "status")]
    [InlineData("reconcile", "--loop", Shell.Loop)]
    public async Task Without_a_command_notify_is_refused_before_anything_is_done(params string[] verb)
    {
        var before = failed.Everything();

        var result = await shell.RunAsync([.. verb, "--repo", failed.Root, "--notify"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("--notify needs a command: name one in config.yaml, \"command\" of notify (docs/notify.md)\n", result.Error);
        Assert.Equal(before, failed.Everything());
    }

    private void Config(string text) => File.WriteAllText(shell.Full("ops-manager/config.yaml"), text);

    private string Hook()
    {
        var hook = shell.Full("hook");
        File.WriteAllText(hook, "#!/bin/sh\ncat >> \"$0.got\"\n");
#pragma warning disable CA1416 // Not on Windows: neither is the program.
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        Config($"notify:\n  command: [{hook}]\n");
        return hook;
    }
}
