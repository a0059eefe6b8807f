using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Processes;
using Xunit;

namespace OpsManager.Tests.Sources.Processes;

/// <summary>docs/contract.md, "What the runtime really does", point 12, over a made-up /proc.</summary>
public sealed class RunSearcherTests
{
    private const int Denied = 13;

    private readonly ProcText proc = new();
    private readonly ProcTable table;
    private DateTimeOffset now = WatchedRepo.Start;

    public RunSearcherTests() => table = ProcTableTests.Table(proc);

    [Theory]
    [InlineData("bash superloop.sh run --repo /srv/app --loop a")]
    [InlineData("/usr/local/bin/superloop run --repo=/srv/app --loop=a")]
    [InlineData("/bin/bash -e -x -- ./superloop.sh run --loop a --repo /srv/app --max 3")]
    [InlineData("bash -o pipefail superloop.sh run --repo /srv/app --loop a")]
    [InlineData("-bash superloop.sh run --repo /srv/app --loop a")]
    [InlineData("bash superloop.sh run --loop b --repo /srv/app --loop a")]
    [InlineData("bash superloop.sh run --repo /srv/app")]
    public void A_process_whose_command_line_runs_this_loop_of_this_repository_is_found(string command)
    {
        proc.Process(command: command);

        Assert.Equal((ProcessFate.Alive, ProcText.Pid, 359_000UL), (Search().Fate, Search().Pid, Search().Started));
        Assert.Equal("process 4242 is running, and its command line says it runs this loop", Search().Fact);
        Assert.Equal(WatchedRepo.Start.AddSeconds(-10), Search().StartedAt);
    }

    [Theory]
    [InlineData("bash superloop.sh run --repo /srv/app --loop b")]
    [InlineData("bash superloop.sh run --repo /srv/other --loop a")]
    [InlineData("bash superloop.sh status --repo /srv/app --loop a")]
    [InlineData("bash superloop.sh")]
    [InlineData("vim superloop.sh run --repo /srv/app --loop a")]
    [InlineData("grep superloop.sh run --repo /srv/app --loop a")]
    [InlineData("bash -c superloop.sh run --repo /srv/app --loop a")]
    [InlineData("bash my-superloop.sh run --repo /srv/app --loop a")]
    [InlineData("ops-manager --repo /srv/app superloop")]
    [InlineData("")]
    public void Any_other_command_line_is_none(string command)
    {
        proc.Process(command: command).Directory("/srv/other", 88).Root(ProcText.Pid, "/srv/other");

        Assert.Equal(new RunSearch(ProcessFate.Gone, "no process on this host runs this loop"), Search());
    }

    [Theory]
    [InlineData("bash superloop.sh run --loop a", "/srv/app", true)]
    [InlineData("bash superloop.sh run --repo . --loop a", "/srv/app", true)]
    [InlineData("bash superloop.sh run --repo . --loop a", "/srv/other", false)]
    [InlineData("bash superloop.sh run --loop a", "/srv/other", false)]
    public void A_repository_that_is_not_named_or_relative_is_that_of_the_working_directory(string command, string cwd, bool found)
    {
        proc.Directory("/srv/other", 88).Process(command: command, cwd: cwd);

        Assert.Equal(found ? ProcessFate.Alive : ProcessFate.Gone, Search().Fate);
    }

    [Fact]
    public void A_runtime_that_has_changed_into_its_repository_since_is_found()
    {
        proc.Process(command: "bash superloop.sh run --repo apps/app --loop a", cwd: ProcText.Repo);

        Assert.Equal(ProcessFate.Alive, Search().Fate);
    }

    [Fact]
    public void A_repository_that_has_another_path_in_a_container_is_found_by_what_it_is()
    {
        proc.Process(command: "bash superloop.sh run --repo /workspace --loop a").Directory("/proc/4242/root/workspace", 77);

        Assert.Equal(ProcessFate.Alive, Search().Fate);
    }

    [Fact]
    public void A_process_that_has_ended_is_none() => Assert.Equal(ProcessFate.Gone, Search(proc.Process(state: 'Z')).Fate);

    [Fact]
    public void The_oldest_of_several_is_the_run()
    {
        proc.Process(startedAt: -5, pid: 50).Process(startedAt: -9, pid: 70).Process(startedAt: -7, pid: 60);

        Assert.Equal(70, Search().Pid);
    }

    // What cannot be read decides nothing.

    [Fact]
    public void A_table_that_cannot_be_listed_decides_nothing()
    {
        proc.ListFault = Denied;

        Assert.Equal(ProcessFate.Unreadable, Search().Fate);
        Assert.StartsWith("the process table cannot be read: ", Search().Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_line_that_cannot_be_read_may_be_the_run()
    {
        proc.Process(command: "vim").Fault("/proc/4242/cmdline", Denied);

        Assert.Equal(ProcessFate.Unreadable, Search().Fate);
        Assert.StartsWith("process 4242 cannot be checked: ", Search().Fact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_hides_the_processes_of_others_may_hide_the_run()
    {
        proc.Hide(1);

        Assert.Equal(new RunSearch(ProcessFate.Unreadable, "/proc hides the processes of other users"), Search());
    }

    [Fact]
    public void A_run_that_is_seen_is_found_although_others_are_hidden() =>
        Assert.Equal(ProcessFate.Alive, Search(proc.Hide(1).Process()).Fate);

    [Fact]
    public void A_working_directory_that_cannot_be_read_decides_nothing()
    {
        proc.Process(command: "bash superloop.sh run --repo . --loop a").Fault("/proc/4242/cwd/.", Denied);

        Assert.Equal(ProcessFate.Unreadable, Search().Fate);
    }

    // What an agent starts proves nothing.

    [Fact]
    public void A_run_below_a_run_of_the_same_loop_is_not_a_run_of_its_own()
    {
        proc.Process(startedAt: -60, pid: 50).Process(startedAt: -30, pid: 60, parent: 50,
            command: "node /usr/bin/claude -p x").Process(startedAt: -5, pid: 70, parent: 60);
        Assert.Equal(50, Search().Pid);

        proc.Kill(50).Process(startedAt: -30, pid: 60, parent: 1, command: "node /usr/bin/claude -p x");
        Assert.Equal((ProcessFate.Unreadable, "process 70 runs this loop, but process 60, the agent claude, started it"),
            (Search().Fate, Search().Fact));
    }

    [Fact]
    public void What_a_run_leaves_behind_in_its_group_is_no_run()
    {
        proc.Process(startedAt: -60, pid: 50).Process(startedAt: -5, pid: 70, parent: 50, group: 50);
        Assert.Equal(50, Search().Pid);

        proc.Kill(50).Process(startedAt: -5, pid: 70, parent: 1, group: 50);
        Assert.Equal(ProcessFate.Gone, Search().Fate);
    }

    [Fact]
    public void A_run_that_the_same_script_starts_again_is_a_run()
    {
        proc.Process(-90, pid: 40, command: "sh again.sh").Process(-60, pid: 50, parent: 40, group: 40);
        Assert.Equal(50, Search().Pid);

        proc.Kill(50).Process(-5, pid: 70, parent: 40, group: 40);
        Assert.Equal(70, Search().Pid);
    }

    // What it costs.

    [Fact]
    public void A_run_that_was_found_costs_no_further_search()
    {
        proc.Process();
        Search();
        var (listings, reads) = (proc.Listings, proc.Reads);

        for (var i = 0; i < 100; i++)
        {
            Search(after: 0.25);
        }

        Assert.Equal(listings, proc.Listings);
        Assert.InRange(proc.Reads - reads, 100, 220);
    }

    [Fact]
    public void Where_none_is_found_the_table_is_read_ever_more_seldom()
    {
        for (var i = 0; i < 4 * 60; i++)
        {
            Search(after: 0.25, isFresh: false);
        }

        Assert.InRange(proc.Listings, 10, 20);
    }

    [Fact]
    public void Something_new_of_the_loop_is_reason_to_search_again_at_once_but_not_more_than_four_times_a_second()
    {
        Search(isFresh: false);
        proc.Process();

        Assert.Equal(ProcessFate.Gone, Search(after: 0.05).Fate);
        Assert.Equal(ProcessFate.Alive, Search(after: 0.25).Fate);
    }

    private RunSearch Search(ProcText? _ = null, double after = 1, bool isFresh = true)
    {
        now = now.AddSeconds(after);
        return table.Search("a", now, isFresh);
    }
}
