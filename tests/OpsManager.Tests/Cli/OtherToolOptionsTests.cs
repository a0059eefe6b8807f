using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Cli;

/// <summary>Flags of the scripts that do nothing here: a script that has them works, and is told.</summary>
public sealed class OtherToolOptionsTests
{
    private static readonly string[] Flags =
    [
        "--drift-min-confidence", "--drift-required-streak", "--drift-summary-window", "--alerts-enabled", "--alert-config-file",
    ];

    [Fact]
    public async Task Status_says_the_same_with_them_and_that_they_have_no_effect()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        var without = await shell.LoopAsync("status");

        var result = await shell.LoopAsync("status", [.. Flags.SelectMany(static flag => new[] { flag, "3" })]);

        Assert.Equal((0, without.Output), (result.ExitCode, result.Output));
        Assert.Equal(
            Flags.Select(static flag => $"{flag} has no effect: drift and alerts are shown as another tool wrote them"),
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_files_of_the_other_tool_are_read_where_they_are_named()
    {
        using var shell = Shell.At("completes");
        await shell.LoopAsync("reconcile");
        shell.Write("d.json", """{"status":"drifting","appliedProfile":"strict"}""");
        shell.Write("a.json", """{"lastDispatchedAt":"2026-11-29T08:00:00Z"}""");

        var result = await shell.LoopAsync(
            "status", "--drift-state-file", shell.Full("d.json"), "--alert-dispatch-state-file", shell.Full("a.json"),
            "--drift-history-file", shell.Full("none"), "--alert-dispatch-telemetry-file", shell.Full("none"));

        Assert.Equal(
            (0, "", "drifting"), (result.ExitCode, result.Error, JsonPath.At(result.Output, "drift.status")));
    }

    [Fact]
    public async Task The_help_says_that_they_do_nothing()
    {
        using var shell = Shell.Bare();

        var help = (await shell.RunAsync("status", "--help")).Output;

        Assert.All(Flags, flag => Assert.Contains(flag, help, StringComparison.Ordinal));
        Assert.Contains("without effect", help.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
