using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Reports;
using OpsManager.Core.Rules.Assessment;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>
/// Runs without a claim, and claims that are not ours (docs/contract.md, "What the runtime really does", points 12 and 13).
/// </summary>
public sealed class UnclaimedRunTests
{
    private const string Command = $"bash superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}";

    private const string Undecided = "state.json is active; nothing shows whether the run's process is still running";

    private readonly WatchedRepo repo = new();

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    // Runtimes up to 0.6.0 write no active-run.json.

    [Fact]
    public void A_run_whose_process_is_found_by_its_command_line_is_running_with_medium_confidence()
    {
        Old().Apply(Found());

        Assert.Equal((Lifecycle.Running, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal("process 4711 is running, and its command line says it runs this loop; no active-run.json says so",
            Ruling.Reason);
        Assert.Empty(repo.Loop.Verdict.Findings);
    }

    [Fact]
    public void A_run_of_which_nobody_can_tell_is_running_with_low_confidence_and_never_failed()
    {
        Old();

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal($"{Undecided} (the recorder searched for no process of this loop)", Ruling.Reason);
        Assert.Empty(repo.Loop.Verdict.Findings);
    }

    [Fact]
    public void A_process_table_that_cannot_be_read_is_no_evidence_of_death()
    {
        Old().Apply(Found() with { IsUnreadable = true });

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_run_whose_process_was_found_and_has_exited_has_failed_since_then()
    {
        Old().Apply(Found());
        Assert.Equal(Lifecycle.Running, Ruling.Lifecycle);

        repo.Wait(5).Apply(Found() with { Alive = false });
        const string Reason = "process 4711, which ran this loop, has exited and no event ended the run";
        Assert.Equal(new Ruling(Lifecycle.Failed, Reason, Confidence.Medium, WatchedRepo.Start.AddSeconds(5)), Ruling);
        Assert.True(repo.Loop.Verdict.Has(FindingCodes.UnclaimedActive));
    }

    [Fact]
    public void A_run_whose_process_is_not_in_a_table_that_was_read_has_failed()
    {
        Old().Apply(Found() with { Alive = false });

        Assert.Equal((Lifecycle.Failed, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal("state.json is active, but no process on this host runs this loop, and no event ended the run", Ruling.Reason);
    }

    [Fact]
    public void A_process_that_started_long_after_the_first_event_leaves_it_in_doubt()
    {
        Old().Apply(Found() with { StartedAt = WatchedRepo.Start.AddSeconds(90) });

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Contains("it started at 19:01:30Z, after the run's first event", Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runtime_that_is_known_to_claim_its_runs_has_died_where_the_claim_is_gone()
    {
        Old().Events(Event("lifecycle_start", 1));

        Assert.Equal((Lifecycle.Failed, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void What_an_earlier_run_wrote_says_nothing_of_the_runtime_of_this_one()
    {
        Old().Events(Event("lifecycle_start", 1), Event("loop_start", 9, run: 9));

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_claim_of_an_earlier_run_is_no_evidence_of_this_one()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start"));
        repo.Look();
        repo.Wait(300).Remove(ArtifactPaths.ActiveRun).Process(alive: false).State(State(true, 300)).Events(Event("loop_start", 300,
            run: 300));

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void A_run_of_an_old_runtime_that_ended_is_what_its_last_event_says()
    {
        Old().Apply(Found()).Events(Event("loop_complete", 5));

        Assert.Equal(Lifecycle.Complete, Ruling.Lifecycle);
    }

    // Claims that are not ours.

    [Fact]
    public void A_claim_among_other_processes_is_no_claim_and_decides_nothing()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Apply(Found() with
        {
            Command = "sleep 600",
            Loop = null
        }).Events(Event("loop_start"));

        Assert.Equal((Lifecycle.Running, Confidence.Low), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal(
            $"{Undecided} (active-run.json says process 4711 runs a loop, but process 4711 here (sleep 600) is not the runtime)",
            Ruling.Reason);
        Assert.Contains(SourceEvidence.All(repo.Repo, repo.Loop), static fact => fact.Source == "process"
            && fact.Fact.Contains("is not the runtime", StringComparison.Ordinal));
    }

    [Fact]
    public void A_claim_of_another_repository_is_no_claim_and_the_process_table_decides()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Events(Event("loop_start"));
        repo.Look();
        var foreign = new ProcessSighting(WatchedRepo.Pid, ProcessFate.NotOurs,
            "active-run.json belongs to another repository, /somewhere/else");
        repo.Fold(new ProcessSeen(repo.Now, WatchedRepo.Path, foreign));
        Assert.Equal((Lifecycle.Running, Confidence.Low), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Confidence));

        repo.Fold(new RunSearched(repo.Now, WatchedRepo.Path, Loop,
            new RunSearch(ProcessFate.Gone, "no process on this host runs this loop")));
        Assert.Equal(Lifecycle.Failed, repo.Loop.Verdict.Lifecycle);

        repo.Fold(new RunSearched(repo.Now, WatchedRepo.Path, Loop, new RunSearch(ProcessFate.Alive, "process 5 is running") { Pid = 5 }));
        Assert.Equal((Lifecycle.Running, Confidence.Medium), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Confidence));
    }

    [Fact]
    public void A_claimed_process_that_cannot_be_looked_at_is_running_and_never_failed()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Events(Event("loop_start"));
        repo.Apply(Found() with { IsUnreadable = true });

        Assert.Equal((Lifecycle.Running, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
        Assert.Equal("active-run.json says process 4711 runs this loop; the recorder could not check process 4711", Ruling.Reason);
        Assert.Empty(repo.Loop.Verdict.Findings);
    }

    // A process that is held still.

    [Theory]
    [InlineData(ProcessState.Stopped, "stopped")]
    [InlineData(ProcessState.Frozen, "frozen")]
    public void A_claimed_process_that_is_held_still_is_paused_and_its_lifecycle_is_running(ProcessState state, string word)
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true).Events(Event("loop_start"));
        Assert.Null(Ruling.Display);
        var before = repo.Fleet;

        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { State = state });
        Assert.Equal((Lifecycle.Running, "paused", Confidence.High), (Ruling.Lifecycle, Ruling.Display, Ruling.Confidence));
        Assert.Equal($"process 4711 is {word}; active-run.json says it runs this loop", Ruling.Reason);
        var change = Assert.Single(Changes.Between(before, repo.Fleet), static change => change.Kind == "lifecycle");
        Assert.Equal(("running", "paused"), (change.What, change.Display));
        Assert.Contains(SourceEvidence.All(repo.Repo, repo.Loop), fact => fact.Source == "process" && fact.Value == word);
        Assert.Equal("paused", Assessor.Record(repo.Repo, repo.Loop, repo.Loop.Verdict).Display);

        before = repo.Fleet;
        repo.Process(alive: true);
        Assert.Null(Ruling.Display);
        change = Assert.Single(Changes.Between(before, repo.Fleet), static change => change.Kind == "lifecycle");
        Assert.Equal(("running", null), (change.What, change.Display));
        Assert.EndsWith(" (was paused)", change.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclaimed_process_that_is_held_still_is_paused_too()
    {
        Old().Apply(Found() with { State = ProcessState.Stopped });

        Assert.Equal((Lifecycle.Running, "paused", Confidence.Medium), (Ruling.Lifecycle, Ruling.Display, Ruling.Confidence));
    }

    /// <summary>The artifacts of a run of a runtime that writes no claim.</summary>
    private WatchedRepo Old() => repo.State(State(true)).Events(Event("loop_start"), Event("role_start", 1, role: "planner"));

    private static TapeProcess Found() => new(default, 0, WatchedRepo.Pid, true) { Command = Command, Loop = Loop };
}
