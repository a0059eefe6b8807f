using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpsManager.Cli;
using OpsManager.Contract;
using OpsManager.Sources.Files;
using Xunit;
using Shown = (int ExitCode, string Output, string Error);

namespace OpsManager.Tests.Verbs;

/// <summary>
/// Verbs that are started after the directory of a run has vanished: with a real process that leads its group, as a run does, and a
/// runtime's command that stops what active-run.json names.
/// </summary>
public sealed class VanishedRunTests : IDisposable
{
    private const string Runtime = """
        case "$1" in
          run) echo started; read -r nothing;;
          cancel) pid=$(sed -n 's/.*"pid":\([0-9]*\).*/\1/p' "$3/.superloop/active-run.json" 2>/dev/null)
            [ -n "$pid" ] && kill -TERM -- "-$pid"
            rm -f "$3/.superloop/active-run.json" "$3/.superloop/state.json";;
        esac
        """;

    private readonly TempRepo repo = new();
    private readonly Process run;

    public VanishedRunTests()
    {
        File.WriteAllText(repo.Full("superloop.sh"), "#!/bin/bash\n" + Runtime);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(repo.Full("superloop.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        run = Process.Start(new ProcessStartInfo("setsid", ["bash", "superloop.sh", "run", "--repo", repo.Root, "--loop", TempRepo.Loop])
        {
            WorkingDirectory = repo.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        run.StandardOutput.ReadLine();
        var (pid, now) = (run.Id.ToString(CultureInfo.InvariantCulture), Text(TimeProvider.System.GetUtcNow()));
        repo.Write(
            ArtifactPaths.ActiveRun,
            $$"""{"repo":"{{repo.Root}}","pid":{{pid}},"pgid":{{pid}},"loop_id":"{{TempRepo.Loop}}","iteration":1,"stage":"loop_start","updated_at":"{{now}}"}""");
        repo.Write(
            ArtifactPaths.State,
            $$"""{"active":true,"loop_index":0,"iteration":1,"current_loop_id":"{{TempRepo.Loop}}","updated_at":"{{now}}"}""");
        repo.Append(
            TempRepo.Log,
            $$"""{"timestamp":"{{now}}","event":"loop_start","loop_id":"{{TempRepo.Loop}}","run_id":"{{now}}","iteration":1}""" + "\n");
    }

    public void Dispose()
    {
        if (!run.HasExited)
        {
            run.Kill();
            run.WaitForExit();
        }

        run.Dispose();
        repo.Dispose();
    }

    [Theory]
    [InlineData("the loop's directory", $"{ArtifactPaths.Loops}/{TempRepo.Loop}")]
    [InlineData(".superloop", ArtifactPaths.Root)]
    [InlineData("everything below .superloop", $"{ArtifactPaths.Loops}/{TempRepo.Loop}")]
    public async Task The_loop_is_listed_as_running_with_what_is_missing(string gone, string named)
    {
        Vanish(gone);

        var shown = await RunAsync("loops", "--json", "--repo", repo.Root);

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        using var list = JsonDocument.Parse(shown.Output);
        var loop = Assert.Single(list.RootElement.GetProperty("loops").EnumerateArray());
        Assert.Equal((TempRepo.Loop, "running"), (loop.GetProperty("loopId").GetString(), loop.GetProperty("lifecycle").GetString()));
        Assert.StartsWith(
            $"required artifact missing: {repo.Full(named)} (process {run.Id} is running", loop.GetProperty("fault").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the loop's directory", "superloop.sh cancel")]
    [InlineData(".superloop", "kill -TERM -- -")]
    [InlineData("everything below .superloop", "kill -TERM -- -")]
    public async Task The_run_can_be_cancelled(string gone, string command)
    {
        Vanish(gone);

        var shown = await RunAsync("control", "--repo", repo.Root, "--loop", TempRepo.Loop, "--intent", "cancel", "--by", "ada");

        Assert.True(shown.ExitCode == 0, shown.Output + shown.Error);
        using var row = JsonDocument.Parse(shown.Output);
        Assert.Equal("confirmed", row.RootElement.GetProperty("status").GetString());
        Assert.Contains(command, row.RootElement.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.True(run.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal(gone == ".superloop", !Directory.Exists(repo.Full(ArtifactPaths.Root)));
    }

    [Fact]
    public async Task A_loop_whose_run_has_exited_is_not_listed_when_its_directory_is_gone()
    {
        run.Kill();
        run.WaitForExit();
        Vanish("the loop's directory");

        var shown = await RunAsync("loops", "--json", "--repo", repo.Root);

        using var list = JsonDocument.Parse(shown.Output);
        Assert.Empty(list.RootElement.GetProperty("loops").EnumerateArray());
    }

    private void Vanish(string gone)
    {
        var moved = repo.Full("moved-away");
        if (gone == "the loop's directory")
        {
            Directory.Move(repo.Full(ArtifactPaths.Loop(TempRepo.Loop)), moved);
            return;
        }

        Directory.Move(repo.Full(ArtifactPaths.Root), moved);
        if (gone != ".superloop")
        {
            // As where an empty disk is mounted over it.
            Directory.CreateDirectory(repo.Full(ArtifactPaths.Root));
        }
    }

    private static async Task<Shown> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new VerbContext(new HostFileSystem(), TimeProvider.System, Environment, static () => Guid.NewGuid().ToString("N"));
        var code = await CommandLine.RunAsync(
            args, context, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }

    private static string? Environment(string name) => name == "PATH" ? System.Environment.GetEnvironmentVariable(name) : null;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
