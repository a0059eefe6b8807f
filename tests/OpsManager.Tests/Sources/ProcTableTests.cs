using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using System.IO.Abstractions.TestingHelpers;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Observations;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources;

public sealed class ProcTableTests
{
    private readonly ProcText proc = new();

    [Fact]
    public void A_process_that_started_before_its_claim_lives()
    {
        var sighting = Look(proc.Process(startedAt: -1));

        Assert.Equal(new ProcessSighting(ProcText.Pid, ProcessFate.Alive, "process 4242 lives", 359_900), sighting);
    }

    [Fact]
    public void A_number_that_no_process_has_is_gone() => Assert.Equal(new ProcessSighting(ProcText.Pid, ProcessFate.Gone, "process 4242 is gone"), Look(proc));

    [Theory]
    [InlineData('Z')]
    [InlineData('X')]
    public void A_zombie_is_gone(char state) => Assert.Equal((ProcessFate.Gone, "process 4242 is a zombie: it has ended"), Said(Look(proc.Process(state: state))));

    [Theory]
    [InlineData('R')]
    [InlineData('D')]
    [InlineData('T')]
    [InlineData('t')]
    [InlineData('I')]
    public void A_process_that_runs_waits_or_is_stopped_lives(char state) => Assert.Equal(ProcessFate.Alive, Look(proc.Process(state: state)).Fate);

    [Theory]
    [InlineData("a) Z 1 (b")]
    [InlineData("(((")]
    [InlineData("x) R 9 9 9")]
    [InlineData("")]
    public void The_name_of_a_process_may_hold_anything(string name) => Assert.Equal(ProcessFate.Alive, Look(proc.Process(name: name)).Fate);

    [Theory]
    [InlineData(3, ProcessFate.Alive)]
    [InlineData(3.5, ProcessFate.Gone)]
    [InlineData(500, ProcessFate.Gone)]
    public void A_process_that_started_after_its_claim_is_another_one(double startedAt, ProcessFate expected) =>
        Assert.Equal(expected, Look(proc.Process(startedAt, command: "vim notes")).Fate);

    [Fact]
    public void Another_process_is_said_to_be_one_with_both_times() =>
        Assert.Equal("process 4242 is another one now: it started 19:00:30, after the claim of 19:00:00", Look(proc.Process(30, command: "vim notes")).Fact);

    [Fact]
    public void After_a_jump_of_the_clock_a_process_of_the_claimed_group_that_runs_the_runtime_is_believed()
    {
        Assert.Equal(ProcessFate.Alive, Look(proc.Process(startedAt: 3600)).Fate);
        Assert.Equal(ProcessFate.Gone, Look(new ProcText().Process(startedAt: 3600, group: 99)).Fate);
        Assert.Equal(ProcessFate.Gone, Look(new ProcText().Process(startedAt: 3600, command: "python train.py")).Fate);
    }

    [Fact]
    public void A_claim_without_a_time_is_believed() => Assert.Equal(ProcessFate.Alive, new ProcTable(proc.Process(startedAt: 500, command: "vim").Files).Look(ProcText.Claim(at: null)).Fate);

    [Fact]
    public void A_host_that_does_not_tell_when_it_booted_is_believed()
    {
        proc.Process(startedAt: 500, command: "vim").Files.AddFile("/proc/stat", new MockFileData("cpu 1 2 3\n"));

        Assert.Equal(ProcessFate.Alive, Look(proc).Fate);
    }

    [Fact]
    public void A_process_that_was_seen_and_has_another_start_now_is_another_one()
    {
        var table = new ProcTable(proc.Process(startedAt: -10).Files);
        Assert.Equal(ProcessFate.Alive, table.Look(ProcText.Claim()).Fate);

        proc.Process(startedAt: -5);
        Assert.Equal((ProcessFate.Gone, "process 4242 is another one now: it started later"), Said(table.Look(ProcText.Claim())));
    }

    [Fact]
    public void A_claim_that_is_renewed_by_the_same_process_lives_on()
    {
        var table = new ProcTable(proc.Process(startedAt: -10).Files);

        Assert.All(Enumerable.Range(0, 5), at => Assert.Equal(ProcessFate.Alive, table.Look(ProcText.Claim(at * 60)).Fate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4242 (x")]
    [InlineData("4242 (x) S 1")]
    [InlineData("\0\0\0")]
    public void A_line_that_cannot_be_read_is_no_process(string text)
    {
        proc.Files.AddFile($"/proc/{ProcText.Pid}/stat", new MockFileData(text));

        Assert.Equal(ProcessFate.Gone, Look(proc).Fate);
    }

    [Fact]
    public void A_host_without_a_process_table_can_tell_nothing()
    {
        var table = ProcTable.Open(new MockFileSystem());

        Assert.IsType<NoProcessTable>(table);
        Assert.Equal(ProcessFate.NotObservable, table.Look(ProcText.Claim()).Fate);
    }

    [Fact]
    public void A_real_child_lives_until_it_is_killed()
    {
        using var child = Start("exec sleep 60");
        var table = ProcTable.Open(new FileSystem());
        Assert.IsType<ProcTable>(table);
        var claim = Claim(child.Id);

        try
        {
            Assert.Equal(ProcessFate.Alive, table.Look(claim).Fate);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }

        Assert.Equal(ProcessFate.Gone, table.Look(claim).Fate);
    }

    [Fact]
    public void A_real_child_that_nobody_reaps_is_gone()
    {
        // The shell becomes a sleep, which never asks how its own child ended. The child waits for that, or the shell would ask.
        using var parent = Start("(until grep -q '^sleep' /proc/$$/comm; do :; done) & echo $!; exec sleep 60");
        try
        {
            var zombie = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{zombie}/stat").Contains(") Z ", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));

            Assert.Equal((ProcessFate.Gone, $"process {zombie} is a zombie: it has ended"), Said(ProcTable.Open(new FileSystem()).Look(Claim(zombie))));
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [Fact]
    public void A_real_process_that_is_younger_than_the_claim_is_another_one()
    {
        using var child = Start("exec sleep 60");
        try
        {
            var claim = new ActiveRun(child.Id, 1, "a", 1, null, new DateTimeOffset(child.StartTime.ToUniversalTime(), TimeSpan.Zero).AddMinutes(-5), default);

            Assert.Equal(ProcessFate.Gone, ProcTable.Open(new FileSystem()).Look(claim).Fate);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    private static ProcessSighting Look(ProcText proc) => new ProcTable(proc.Files).Look(ProcText.Claim());

    private static (ProcessFate, string) Said(ProcessSighting sighting) => (sighting.Fate, sighting.Fact);

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true })!;

    private static ActiveRun Claim(int pid) => new(pid, pid, "a", 1, "loop_start", TimeProvider.System.GetUtcNow(), default);
}
