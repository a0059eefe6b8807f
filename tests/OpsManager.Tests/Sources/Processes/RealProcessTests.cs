using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>
/// The process table of this host, with children that are what they are in a run: a script of the runtime's name, stopped,
/// continued and killed.
/// </summary>
public sealed class RealProcessTests : IDisposable
{
    private readonly TempRepo repo = new();
    private readonly List<Process> children = [];
    private readonly IProcessTable table;

    public RealProcessTests()
    {
        // It says that it runs, and waits for a line that never comes.
        File.WriteAllText(repo.Full("superloop.sh"), "echo started\nread -r nothing\n");
        table = ProcTable.Open(new FileSystem(), repo.Root);
    }

    public void Dispose()
    {
        foreach (var child in children)
        {
            if (!child.HasExited)
            {
                child.Kill();
                child.WaitForExit();
            }

            child.Dispose();
        }

        repo.Dispose();
    }

    [Fact]
    public void A_run_lives_until_it_is_killed()
    {
        var run = Run("--repo", repo.Root, "--loop", TempRepo.Loop);
        Assert.Equal(ProcessFate.Alive, table.Inspect(Claim(run)).Fate);

        run.Kill();
        run.WaitForExit();
        Assert.Equal((ProcessFate.Gone, $"process {run.Id} has exited"), (table.Inspect(Claim(run)).Fate, table.Inspect(Claim(run)).Fact));
    }

    [Fact]
    public void A_run_that_is_stopped_is_said_to_be_and_goes_on()
    {
        var run = Run("--repo", repo.Root, "--loop", TempRepo.Loop);

        Signal("STOP", run);
        Assert.True(Eventually.Is(() => table.Inspect(Claim(run)).State == ProcessState.Stopped, TimeSpan.FromSeconds(20)));
        Assert.Equal(ProcessFate.Alive, table.Inspect(Claim(run)).Fate);

        Signal("CONT", run);
        Assert.True(Eventually.Is(() => table.Inspect(Claim(run)) is { Fate: ProcessFate.Alive, State: ProcessState.Running },
            TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void The_group_of_a_real_process_counts()
    {
        var run = Run("--repo", repo.Root, "--loop", TempRepo.Loop);

        Assert.Equal(ProcessFate.NotOurs, table.Inspect(Claim(run) with { ProcessGroup = 999_999 }).Fate);
    }

    [Fact]
    public void The_command_of_a_real_process_counts()
    {
        var other = Start("sh", "-c", "echo started; exec sleep 600");

        Assert.Equal(ProcessFate.NotOurs, table.Inspect(Claim(other) with { ProcessGroup = null }).Fate);
    }

    [Fact]
    public void A_real_process_that_is_younger_than_the_claim_and_no_run_is_another_one()
    {
        var other = Start("sh", "-c", "echo started; exec sleep 600");

        Assert.Equal(
            ProcessFate.Gone, table.Inspect(Claim(other) with { UpdatedAt = TimeProvider.System.GetUtcNow().AddMinutes(-5) }).Fate);
    }

    [Fact]
    public void A_link_to_the_repository_is_the_repository()
    {
        var run = Run("--repo", repo.Root, "--loop", TempRepo.Loop);
        File.CreateSymbolicLink(repo.Full("link"), repo.Root);

        Assert.Equal(ProcessFate.Alive, table.Inspect(Claim(run) with { Repo = repo.Full("link") }).Fate);
        Assert.Equal(ProcessFate.NotOurs, table.Inspect(Claim(run) with { Repo = "/" }).Fate);
        Assert.Equal(ProcessFate.NotOurs, table.Inspect(Claim(run) with { Repo = repo.Full("nowhere") }).Fate);
    }

    [Fact]
    public void A_real_child_that_nobody_reaps_is_gone()
    {
        // The shell becomes a sleep, which never asks how its own child ended. The child waits for that, or the shell would ask.
        var parent = Start("sh", "-c", "(until grep -q '^sleep' /proc/$$/comm; do :; done) & echo $!; exec sleep 60");
        var zombie = int.Parse(said[parent], CultureInfo.InvariantCulture);
        Assert.True(Eventually.Is(() => File.ReadAllText($"/proc/{zombie}/stat").Contains(") Z ", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20)));

        var claim = new ActiveRun(zombie, null, TempRepo.Loop, 1, null, null, default);
        Assert.Equal(
            (ProcessFate.Gone, $"process {zombie} has exited: it is a zombie"), (table.Inspect(claim).Fate, table.Inspect(claim).Fact));
    }

    [Fact]
    public void An_unclaimed_run_is_found_by_its_command_line_stopped_and_gone()
    {
        Assert.NotEqual(ProcessFate.Alive, Search().Fate);
        var run = Run("--repo", repo.Root, "--loop", TempRepo.Loop);

        var found = Search();
        Assert.Equal((ProcessFate.Alive, run.Id, ProcessState.Running), (found.Fate, found.Pid, found.State));
        Assert.Equal(TimeProvider.System.GetUtcNow().UtcDateTime, found.StartedAt!.Value.UtcDateTime, TimeSpan.FromMinutes(1));

        Signal("STOP", run);
        Assert.True(Eventually.Is(() => Search().State == ProcessState.Stopped, TimeSpan.FromSeconds(20)));

        run.Kill();
        run.WaitForExit();
        Assert.NotEqual(ProcessFate.Alive, Search().Fate);
    }

    [Fact]
    public void A_run_without_a_repository_in_its_command_is_found_by_its_working_directory()
    {
        var run = Run("--loop", TempRepo.Loop);

        Assert.Equal(run.Id, Search().Pid);
    }

    [Fact]
    public void A_run_of_another_repository_is_not_found()
    {
        using var other = new TempRepo();
        Run("--repo", other.Root, "--loop", TempRepo.Loop);

        Assert.NotEqual(ProcessFate.Alive, Search().Fate);
    }

    private readonly Dictionary<Process, string> said = [];

    private RunSearch Search() => table.Search(TempRepo.Loop, DateTimeOffset.UnixEpoch.AddMinutes(++minutes), isFresh: true);

    private int minutes;

    private Process Run(params string[] arguments) => Start("bash", ["./superloop.sh", "run", .. arguments]);

    /// <summary>A child that has said its first line, so that it is what it will be.</summary>
    private Process Start(string program, params string[] arguments)
    {
        var child = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = repo.Root
        })!;
        children.Add(child);
        said[child] = child.StandardOutput.ReadLine()!;
        if (program != "bash")
        {
            Assert.True(Eventually.Is(() => File.ReadAllText($"/proc/{child.Id}/comm").StartsWith("sleep", StringComparison.Ordinal),
                TimeSpan.FromSeconds(20)));
        }

        return child;
    }

    private static void Signal(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private ActiveRun Claim(Process process)
    {
        var stat = File.Exists($"/proc/{process.Id}/stat") ? File.ReadAllText($"/proc/{process.Id}/stat") : null;
        int? group = stat is null ? null : int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[2], CultureInfo.InvariantCulture);
        return new(process.Id, group, TempRepo.Loop, 1, "loop_start", TimeProvider.System.GetUtcNow(), default) { Repo = repo.Root };
    }
}
