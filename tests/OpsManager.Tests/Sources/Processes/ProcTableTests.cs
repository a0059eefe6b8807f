using System.IO.Abstractions.TestingHelpers;
using OpsManager.Contract;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>docs/contract.md, "What the runtime really does", point 13, over a made-up /proc.</summary>
public sealed class ProcTableTests
{
    private const int TooManyFiles = 24;
    private const int Denied = 13;
    private const int NotPermitted = 1;

    private readonly ProcText proc = new();

    [Fact]
    public void A_process_that_started_before_its_claim_lives() =>
        Assert.Equal(new ProcessSighting(ProcText.Pid, ProcessFate.Alive, "process 4242 is running", 359_900),
            Look(proc.Process(startedAt: -1)));

    [Fact]
    public void A_number_that_no_process_has_is_gone() =>
        Assert.Equal(new ProcessSighting(ProcText.Pid, ProcessFate.Gone, "process 4242 has exited"), Look(proc));

    [Theory]
    [InlineData('Z')]
    [InlineData('X')]
    public void A_zombie_is_gone(char state) =>
        Assert.Equal((ProcessFate.Gone, "process 4242 has exited: it is a zombie"), Said(Look(proc.Process(state: state))));

    [Theory]
    [InlineData('R')]
    [InlineData('D')]
    [InlineData('I')]
    public void A_process_that_runs_or_waits_lives(char state) =>
        Assert.Equal((ProcessFate.Alive, ProcessState.Running), State(Look(proc.Process(state: state))));

    [Theory]
    [InlineData('T')]
    [InlineData('t')]
    public void A_process_that_is_stopped_lives_and_is_said_to_be_stopped(char state)
    {
        var sighting = Look(proc.Process(state: state));

        Assert.Equal((ProcessFate.Alive, ProcessState.Stopped), State(sighting));
        Assert.Equal($"process 4242 is stopped (state {state} in /proc/4242/stat)", sighting.Fact);
    }

    [Theory]
    [InlineData("0::/build/run", "/sys/fs/cgroup/build/run/cgroup.events", "populated 1\nfrozen 1\n", ProcessState.Frozen)]
    [InlineData("0::/build/run", "/sys/fs/cgroup/unified/build/run/cgroup.events", "populated 1\nfrozen 1\n", ProcessState.Frozen)]
    [InlineData("0::/build/run", "/sys/fs/cgroup/build/run/cgroup.events", "populated 1\nfrozen 0\n", ProcessState.Running)]
    [InlineData("7:freezer:/docker/x\n0::/", "/sys/fs/cgroup/freezer/docker/x/freezer.state", "FROZEN\n", ProcessState.Frozen)]
    [InlineData("7:freezer:/docker/x\n0::/", "/sys/fs/cgroup/freezer/docker/x/freezer.state", "THAWED\n", ProcessState.Running)]
    [InlineData("0::/../../etc", "/sys/fs/cgroup/../../etc/cgroup.events", "frozen 1\n", ProcessState.Running)]
    [InlineData("0::/", "/sys/fs/cgroup/cgroup.events", "frozen 1\n", ProcessState.Running)]
    [InlineData("what", "/sys/fs/cgroup/cgroup.events", "frozen 1\n", ProcessState.Running)]
    public void A_process_whose_control_group_is_frozen_lives_and_is_said_to_be_frozen(string group, string path, string text,
        ProcessState expected) =>
        Assert.Equal((ProcessFate.Alive, expected), State(Look(proc.Process().Put("/proc/4242/cgroup", group + "\n").Put(path, text))));

    [Fact]
    public void A_process_that_goes_on_is_at_work_again()
    {
        var table = Table(proc.Process(state: 'T'));
        Assert.Equal(ProcessState.Stopped, table.Inspect(ProcText.Claim()).State);

        proc.Process();
        Assert.Equal((ProcessFate.Alive, ProcessState.Running), State(table.Inspect(ProcText.Claim())));
    }

    [Theory]
    [InlineData("a) Z 1 (b")]
    [InlineData("(((")]
    [InlineData("x) R 9 9 9")]
    [InlineData("")]
    public void The_name_of_a_process_may_hold_anything(string name) =>
        Assert.Equal(ProcessFate.Alive, Look(proc.Process(name: name)).Fate);

    // What cannot be read is unknown.

    [Theory]
    [InlineData(Denied)]
    [InlineData(NotPermitted)]
    [InlineData(TooManyFiles)]
    public void A_process_that_cannot_be_looked_at_is_neither_alive_nor_gone(int error)
    {
        var sighting = Look(proc.Process().Fault("/proc/4242/stat", error));

        Assert.Equal(ProcessFate.Unreadable, sighting.Fate);
        Assert.StartsWith("process 4242 cannot be checked: ", sighting.Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_proc_hides_and_the_kernel_knows_is_not_gone() =>
        Assert.Equal((ProcessFate.Unreadable, "process 4242 exists, but /proc does not show it (hidden from this user)"),
            Said(Look(proc.Process().Hide(ProcText.Pid))));

    [Fact]
    public void A_process_whose_command_line_cannot_be_read_may_be_the_run_or_not() =>
        Assert.Equal(ProcessFate.Unreadable, Look(proc.Process().Fault("/proc/4242/cmdline", Denied)).Fate);

    [Theory]
    [InlineData("")]
    [InlineData("4242 (x")]
    [InlineData("4242 (x) S 1")]
    [InlineData("4242 (x) S 1 x 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 5 1000")]
    [InlineData("\0\0\0")]
    public void A_line_that_is_not_what_it_should_be_tells_nothing(string text) =>
        Assert.Equal(ProcessFate.Unreadable, Look(proc.Process().Put("/proc/4242/stat", text)).Fate);

    [Fact]
    public void A_captured_process_that_cannot_be_looked_at_is_not_gone_either() =>
        Assert.Equal(ProcessFate.Unreadable,
            Table(proc.Process().Fault("/proc/4242/stat", TooManyFiles)).Inspect(new CapturedProcess(ProcText.Pid, 359_000)).Fate);

    // The claimant is who was there before the claim, in its group, with the runtime's command line.

    [Theory]
    [InlineData(3, ProcessFate.NotOurs)]
    [InlineData(3.5, ProcessFate.Gone)]
    [InlineData(500, ProcessFate.Gone)]
    public void A_process_of_another_command_that_started_after_the_claim_has_the_number_since(double startedAt, ProcessFate expected) =>
        Assert.Equal(expected, Look(proc.Process(startedAt, command: "vim notes")).Fate);

    [Fact]
    public void Another_process_is_said_to_be_one_with_both_times() =>
        Assert.Equal(
            "process 4242 has exited: a later process has its number now; it started at 19:00:30Z, and active-run.json is from 19:00:00Z",
            Look(proc.Process(30, command: "vim notes")).Fact);

    [Fact]
    public void After_a_pause_of_the_host_a_process_of_the_claimed_group_that_runs_the_runtime_is_believed()
    {
        Assert.Equal(ProcessFate.Alive, Look(proc.Process(startedAt: 3600)).Fate);
        Assert.Equal(ProcessFate.Gone, Look(new ProcText().Process(startedAt: 3600, group: 99)).Fate);
        Assert.Equal(ProcessFate.Gone, Look(new ProcText().Process(startedAt: 3600, command: "python train.py")).Fate);
    }

    [Fact]
    public void An_older_process_with_another_command_is_not_the_claimant()
    {
        var sighting = Look(proc.Process(command: "sleep 600"));

        Assert.Equal((ProcessFate.NotOurs, "active-run.json says process 4242 runs a loop, but process 4242 here (sleep 600) is not "
            + "the runtime"),
            Said(sighting));
        Assert.True(sighting.IsElsewhere);
    }

    [Fact]
    public void An_older_process_of_another_group_is_not_the_claimant() =>
        Assert.Equal(
            (ProcessFate.NotOurs, "active-run.json says process 4242 of group 999999 runs a loop, but process 4242 here is in group 4242"),
            Said(Table(proc.Process()).Inspect(ProcText.Claim(group: 999_999))));

    [Fact]
    public void Process_1_of_this_host_is_not_that_of_a_container() =>
        Assert.Equal(ProcessFate.NotOurs, Table(proc).Inspect(ProcText.Claim(pid: 1, group: 1)).Fate);

    [Fact]
    public void Process_1_is_the_claimant_where_it_is_the_runtime() =>
        Assert.Equal(ProcessFate.Alive, Table(proc.Process(-3599, pid: 1, parent: 0)).Inspect(ProcText.Claim(pid: 1, group: 1)).Fate);

    [Fact]
    public void A_claim_without_a_time_is_judged_by_group_and_command()
    {
        Assert.Equal(ProcessFate.Alive, Table(proc.Process(startedAt: 500)).Inspect(ProcText.Claim(at: null)).Fate);
        Assert.Equal(ProcessFate.NotOurs, Table(proc.Process(startedAt: 500, command: "vim")).Inspect(ProcText.Claim(at: null)).Fate);
        Assert.Equal(ProcessFate.NotOurs, Table(proc.Process(startedAt: 500)).Inspect(ProcText.Claim(at: null, group: 7)).Fate);
    }

    [Fact]
    public void A_host_that_does_not_tell_when_it_booted_is_judged_by_group_and_command()
    {
        Assert.Equal(ProcessFate.Alive, Look(proc.Process(startedAt: 500).Put("/proc/stat", "cpu 1 2 3\n")).Fate);
        Assert.Equal(ProcessFate.NotOurs, Look(proc.Process(startedAt: 500, command: "vim")).Fate);
    }

    [Theory]
    [InlineData("/opt/superloop/superloop.sh run")]
    [InlineData("/usr/local/bin/superloop run --repo=/srv/app")]
    [InlineData("bash -x ./superloop.sh run --loop a")]
    [InlineData("superloop: running")]
    public void The_runtime_is_known_by_its_command_line(string command) =>
        Assert.Equal(ProcessFate.Alive, Look(proc.Process(command: command)).Fate);

    [Fact]
    public void A_claim_of_another_repository_says_nothing_of_this_one()
    {
        var sighting = Table(proc.Process().Directory("/somewhere/else", 99)).Inspect(ProcText.Claim(repo: "/somewhere/else"));

        Assert.Equal((ProcessFate.NotOurs, "active-run.json belongs to another repository, /somewhere/else"), Said(sighting));
        Assert.False(sighting.IsElsewhere);
    }

    [Fact]
    public void A_claim_of_a_path_that_is_not_on_this_host_was_written_elsewhere()
    {
        var sighting = Table(proc.Process()).Inspect(ProcText.Claim(repo: "/workspace"));

        Assert.Equal((ProcessFate.NotOurs, "active-run.json belongs to repository /workspace, which is not on this host"), Said(sighting));
        Assert.True(sighting.IsElsewhere);
    }

    [Theory]
    [InlineData("/home/ada/link-to-app")]
    [InlineData("/srv/app/.")]
    [InlineData(".")]
    [InlineData(null)]
    public void A_claim_that_leads_to_this_repository_by_another_path_is_ours(string? repo)
    {
        proc.Process().Directory("/home/ada/link-to-app", 77).Directory("/srv/app/.", 77);

        Assert.Equal(ProcessFate.Alive, Table(proc).Inspect(ProcText.Claim(repo: repo)).Fate);
    }

    [Fact]
    public void A_path_that_cannot_be_looked_at_rules_nothing_out() =>
        Assert.Equal(ProcessFate.Alive,
            Table(proc.Process().Fault("/home/bob/app", Denied)).Inspect(ProcText.Claim(repo: "/home/bob/app")).Fate);

    [Fact]
    public void A_process_that_was_seen_and_has_another_start_now_is_another_one()
    {
        var table = Table(proc.Process(startedAt: -10));
        Assert.Equal(ProcessFate.Alive, table.Inspect(ProcText.Claim()).Fate);

        proc.Process(startedAt: -5);
        Assert.Equal(
            (ProcessFate.Gone, "process 4242 has exited: a later process has its number now"), Said(table.Inspect(ProcText.Claim())));
    }

    [Fact]
    public void A_claim_that_is_renewed_by_the_same_process_lives_on()
    {
        var table = Table(proc.Process(startedAt: -10));

        Assert.All(Enumerable.Range(0, 5), at => Assert.Equal(ProcessFate.Alive, table.Inspect(ProcText.Claim(at * 60)).Fate));
    }

    [Fact]
    public void A_host_without_a_process_table_can_tell_nothing()
    {
        var table = ProcTable.Open(new MockFileSystem());

        Assert.IsType<NoProcessTable>(table);
        Assert.Equal(ProcessFate.NotObservable, table.Inspect(ProcText.Claim()).Fate);
        Assert.Equal(ProcessFate.NotObservable, table.Search("a", default, isFresh: true).Fate);
    }

    internal static ProcTable Table(ProcText proc) => new(proc, ProcText.Repo);

    private static ProcessSighting Look(ProcText proc) => Table(proc).Inspect(ProcText.Claim());

    private static (ProcessFate, string) Said(ProcessSighting sighting) => (sighting.Fate, sighting.Fact);

    private static (ProcessFate, ProcessState) State(ProcessSighting sighting) => (sighting.Fate, sighting.State);
}
