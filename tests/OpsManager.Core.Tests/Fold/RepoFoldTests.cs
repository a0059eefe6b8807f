using System.Text;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Core.Tests.Fold;

public sealed class RepoFoldTests
{
    private static readonly DateTimeOffset At = WatchedRepo.Start;

    private readonly RepoModel repo = new(WatchedRepo.Path) { Now = At };

    [Fact]
    public void The_newest_moment_seen_never_goes_back()
    {
        var later = RepoFold.Apply(repo, new Ticked(At.AddSeconds(5), repo.Path));
        Assert.Equal(At.AddSeconds(5), later.Now);
        Assert.Equal(At.AddSeconds(5), RepoFold.Apply(later, new Ticked(At, repo.Path)).Now);
    }

    [Fact]
    public void A_run_that_claims_a_loop_shows_it_before_its_directory_is_there()
    {
        var claimed = RepoFold.Apply(repo, Claim(pid: 42));
        var loop = Assert.Single(claimed.Loops.Values);
        Assert.Equal((Loop, 42, false), (loop.Id, loop.Claim!.Pid, loop.Exists));
    }

    [Fact]
    public void What_a_host_says_of_a_process_is_said_of_the_loop_that_it_claimed()
    {
        var sighted = RepoFold.Apply(RepoFold.Apply(repo, Claim(pid: 42)), Sighting(42));
        Assert.True(sighted.Loops[Loop].Claim!.IsGone);
        var other = RepoFold.Apply(RepoFold.Apply(repo, Claim(pid: 42)), Sighting(43));
        Assert.False(other.Loops[Loop].Claim!.IsGone);
    }

    [Fact]
    public void A_loop_that_is_gone_is_known_again_when_it_comes_back()
    {
        var claimed = RepoFold.Apply(repo, Claim(pid: 42));
        var gone = RepoFold.Apply(claimed, new LoopVanished(At, repo.Path, Loop));
        Assert.Empty(gone.Loops);
        var back = RepoFold.Apply(gone, new LoopAppeared(At, repo.Path, Loop));
        Assert.Equal((42, true), (back.Loops[Loop].Claim!.Pid, back.Loops[Loop].Exists));
    }

    [Fact]
    public void A_source_that_fails_again_has_failed_since_the_first_time()
    {
        var failed = RepoFold.Apply(repo, new SourceFailed(At, repo.Path, "first"));
        failed = RepoFold.Apply(failed, new SourceFailed(At.AddSeconds(9), repo.Path, "second"));
        Assert.Equal((At, "first"), failed.Failure);
        Assert.Null(RepoFold.Apply(failed, new SourceRecovered(At.AddSeconds(10), repo.Path)).Failure);
    }

    [Fact]
    public void A_repository_that_is_opened_again_is_known_as_it_is_watched_and_not_as_it_was_read()
    {
        var before = RepoFold.Apply(repo with { SnapshotOnly = true }, Claim(pid: 42));
        var opened = RepoFold.Apply(before, new RepoOpened(At.AddSeconds(1), repo.Path, "a tape"));
        Assert.Empty(opened.Loops);
        Assert.Equal((true, "a tape", At.AddSeconds(1)), (opened.SnapshotOnly, opened.Replay, opened.Now));
    }

    private ActiveRunSeen Claim(int pid)
    {
        var run = OpsManager.Contract.Artifacts.ActiveRun.Parse(Encoding.UTF8.GetBytes(ActiveRun(pid))).Value;
        return new ActiveRunSeen(At, repo.Path, new ArtifactReading<ActiveRun>(ArtifactCondition.Present, run, null, null));
    }

    private ProcessSeen Sighting(int pid) => new(At, repo.Path, new ProcessSighting(pid, ProcessFate.Gone, "it has exited"));
}
