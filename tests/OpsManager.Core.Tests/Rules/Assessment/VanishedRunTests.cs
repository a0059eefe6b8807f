using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Tapes;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Tests.Rules.Control;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Rules.Assessment;

/// <summary>
/// What is said of a run whose directory is missing: how sure, since when, and of which process (docs/contract.md, "A directory that is
/// missing"). The run starts three seconds after its claim; the directory goes at the ninth.
/// </summary>
public sealed class VanishedRunTests
{
    private const string Command = $"bash superloop.sh run --repo {WatchedRepo.Path} --loop {Loop}";

    private readonly WatchedRepo repo = new();

    private Ruling Ruling => repo.Look().Verdict.Ruling;

    [Fact]
    public void Its_process_is_named_with_less_certainty_where_active_run_is_missing_too()
    {
        Claimed();
        RemoveLoop();
        Assert.Equal((Lifecycle.Running, Confidence.High), (Ruling.Lifecycle, Ruling.Confidence));

        repo.Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Put(".superloop/other", "x");
        Assert.Equal((Lifecycle.Running, Confidence.Medium), (Ruling.Lifecycle, Ruling.Confidence));
    }

    [Fact]
    public void It_is_running_since_its_start_and_the_directory_is_missing_since_it_went()
    {
        Claimed();
        RemoveLoop();

        Assert.Equal(WatchedRepo.Start.AddSeconds(3), Ruling.Since);
        Assert.Equal(WatchedRepo.Start.AddSeconds(9), Vanished().Since);
    }

    [Fact]
    public void Where_nothing_of_it_was_ever_read_both_hold_since_its_claim()
    {
        repo.ActiveRun(ActiveRun(WatchedRepo.Pid, 2)).State(State(true)).Process(alive: true).Wait(8);

        Assert.Equal(WatchedRepo.Start.AddSeconds(2), Ruling.Since);
        Assert.Equal(WatchedRepo.Start.AddSeconds(2), Vanished().Since);
    }

    [Fact]
    public void A_process_that_is_held_still_is_paused()
    {
        Claimed();
        RemoveLoop();
        Assert.Null(Ruling.Display);

        repo.Apply(new TapeProcess(default, 0, WatchedRepo.Pid, true) { State = ProcessState.Stopped });
        Assert.Equal((Lifecycle.Running, "paused"), (Ruling.Lifecycle, Ruling.Display));
        Assert.StartsWith("process 4711 is stopped, but", Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_alert_says_that_the_process_has_exited_once_it_has()
    {
        Claimed();
        RemoveLoop().Look();
        Assert.DoesNotContain("has exited", Vanished().Evidence[0].Fact, StringComparison.Ordinal);

        repo.Wait(1).Process(alive: false).Look();
        Assert.Contains("has exited", Vanished().Evidence[0].Fact, StringComparison.Ordinal);
        Assert.Equal((Lifecycle.Unknown, WatchedRepo.Start.AddSeconds(10)), (Ruling.Lifecycle, Ruling.Since));
    }

    // A run that is found by its command line.

    [Fact]
    public void A_process_that_was_found_is_running_since_the_start_of_its_run()
    {
        var found = new RunSearch(ProcessFate.Alive, "process 5 is running") { Pid = 5, StartedAt = WatchedRepo.Start.AddSeconds(1) };
        repo.State(State(true)).Events(Event("loop_start", 3)).Look();
        Search(found);
        Vanish();
        var ruling = repo.Loop.Verdict.Ruling;
        Assert.Equal(
            (Lifecycle.Running, Confidence.Medium, WatchedRepo.Start.AddSeconds(3)), (ruling.Lifecycle, ruling.Confidence, ruling.Since));
        Assert.StartsWith("process 5 is running", ruling.Reason, StringComparison.Ordinal);
        Assert.Null(ruling.Display);

        Search(found with { State = ProcessState.Frozen });
        Assert.Equal("paused", repo.Loop.Verdict.Ruling.Display);

        repo.Wait(1);
        Search(new RunSearch(ProcessFate.Gone, "no process on this host runs this loop"));
        Assert.Equal((Lifecycle.Unknown, repo.Now), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Since));
        Assert.StartsWith("process 5 has exited", repo.Loop.Verdict.Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_was_found_without_any_file_is_running_since_its_own_start()
    {
        repo.Apply(Found()).Put(".superloop/other", "x").Wait(61);

        Assert.Equal((Lifecycle.Running, WatchedRepo.Start.AddSeconds(1)), (Ruling.Lifecycle, Ruling.Since));
    }

    [Fact]
    public void Where_the_claim_is_not_ours_the_process_that_was_found_counts_to_its_end()
    {
        repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Events(Event("loop_start", 3)).Look();
        repo.Fold(new ProcessSeen(repo.Now, WatchedRepo.Path, new ProcessSighting(WatchedRepo.Pid, ProcessFate.NotOurs, "not ours")));
        Search(new RunSearch(ProcessFate.Alive, "process 5 is running") { Pid = 5 });
        Vanish();
        Assert.Equal((Lifecycle.Running, Confidence.Medium), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Confidence));
        Assert.StartsWith("process 5 is running, but", repo.Loop.Verdict.Ruling.Reason, StringComparison.Ordinal);

        repo.Wait(1);
        Search(new RunSearch(ProcessFate.Gone, "no process on this host runs this loop"));
        Assert.Equal((Lifecycle.Unknown, repo.Now), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Since));
        Assert.StartsWith("process 5 has exited", repo.Loop.Verdict.Ruling.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_that_claimed_the_run_counts_before_one_that_was_found_earlier()
    {
        Claimed();
        Search(new RunSearch(ProcessFate.Alive, "process 5 is running") { Pid = 5 });
        repo.Wait(1);
        Search(new RunSearch(ProcessFate.Gone, "no process on this host runs this loop"));
        Vanish();
        repo.Wait(5);
        repo.Fold(new ProcessSeen(
            repo.Now, WatchedRepo.Path, new ProcessSighting(WatchedRepo.Pid, ProcessFate.Gone, "process 4711 has exited")));

        Assert.Equal((Lifecycle.Unknown, repo.Now), (repo.Loop.Verdict.Lifecycle, repo.Loop.Verdict.Ruling.Since));
        Assert.StartsWith("process 4711 has exited", repo.Loop.Verdict.Ruling.Reason, StringComparison.Ordinal);
    }

    // .superloop itself is missing.

    [Fact]
    public void A_run_that_had_failed_stays_so_while_superloop_is_missing()
    {
        Claimed();
        repo.Wait(1).Process(alive: false).Look();
        Assert.Equal(Lifecycle.Failed, repo.Loop.Verdict.Lifecycle);

        RemoveLoop().Remove(ArtifactPaths.State).Remove(ArtifactPaths.ActiveRun).Look();
        Assert.True(repo.Repo.IsMissing);
        Assert.Equal(Lifecycle.Failed, repo.Loop.Verdict.Lifecycle);
    }

    [Fact]
    public void That_superloop_is_missing_explains_the_directory_even_while_a_cancel_is_carried_out()
    {
        Claimed();
        new CancelRows(Events: 2).Started(repo.Wait(4), 4).Look();
        repo.Fold(new SourceFailed(repo.Now, WatchedRepo.Path, ".superloop is missing") { IsMissing = true });
        Vanish();

        Assert.Equal(FindingCodes.SourceFailed, Vanished(look: false).ExplainedBy);
    }

    [Fact]
    public void The_silence_of_a_run_whose_directory_is_missing_follows_from_that()
    {
        Claimed();
        repo.Heartbeat(Heartbeat(4)).Look();
        RemoveLoop().Remove(ArtifactPaths.Heartbeat(Loop)).Wait(1000).Look();

        foreach (var code in new[] { FindingCodes.IngestStale, FindingCodes.HeartbeatStale })
        {
            Assert.Equal(FindingCodes.LoopVanished, Assert.Single(repo.Loop.Verdict.Findings, found => found.Code == code).ExplainedBy);
        }

        Assert.Equal(FindingCodes.LoopVanished, Assert.Single(repo.Loop.Verdict.Alerts).Code);
    }

    private void Claimed() => repo.State(State(true)).ActiveRun(ActiveRun(WatchedRepo.Pid)).Process(alive: true)
        .Events(Event("loop_start", 3), Event("role_start", 4)).Look();

    private static TapeProcess Found() =>
        new(default, 0, WatchedRepo.Pid, true) { Command = Command, Loop = Loop, StartedAt = WatchedRepo.Start.AddSeconds(1) };

    private void Search(RunSearch search) => repo.Fold(new RunSearched(repo.Now, WatchedRepo.Path, Loop, search));

    private void Vanish() => repo.Fold(new LoopVanished(repo.Now, WatchedRepo.Path, Loop) { IsHeld = true });

    private FindingRecord Vanished(bool look = true) => Assert.Single(
        (look ? repo.Look() : repo.Loop).Verdict.Findings, static found => found.Code == FindingCodes.LoopVanished);

    private WatchedRepo RemoveLoop() =>
        repo.Wait((WatchedRepo.Start.AddSeconds(9) - repo.Now).TotalSeconds).Remove(ArtifactPaths.Events(Loop));
}
