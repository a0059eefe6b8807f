using System.Text.Json;
using CsCheck;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Projection;
using Xunit;

namespace OpsManager.Core.Tests.Fold;

public sealed class FoldPropertyTests
{
    private const int Iterations = 1500;

    [Fact]
    public void The_kept_offset_never_moves_back() => RandomRun.Steps(40).Sample(
        steps =>
        {
            var repo = Repo();
            var run = new RandomRun(repo);
            var kept = 0L;
            foreach (var step in steps)
            {
                run.Do(step);
                var now = repo.Fleet.Loop(WatchedRepo.Path, RuntimeText.Loop)?.KeptOffset ?? 0;
                Assert.True(now >= kept, $"{now} after {kept}");
                kept = now;
            }
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void Folding_step_by_step_says_what_folding_from_scratch_says() => RandomRun.Steps(40).Sample(
        steps =>
        {
            var repo = Repo();
            var run = new RandomRun(repo);
            steps.ForEach(run.Do);
            run.Settle();

            var fresh = new WatchedRepo(files: repo.Files).Wait((repo.Now - WatchedRepo.Start).TotalSeconds);
            fresh.Look();
            fresh.Fold(new KeptCursorSeen(repo.Now, WatchedRepo.Path, RuntimeText.Loop, Cursor(repo.Loop.KeptOffset)));

            Assert.Equal(Said(fresh.Loop.Projected), Said(repo.Loop.Projected));
            Assert.Equal(fresh.Loop.Tally, repo.Loop.Tally);
            Assert.Equal(repo.Loop.Tally.Lines, repo.Loop.Log!.Count);
            Assert.Equal(fresh.Loop.Density.Bins(100), repo.Loop.Density.Bins(100));

            // Some of a verdict is memory, because the shared files speak of one loop and one process only. With the same memory
            // the files must lead to the same ruling, whatever the way to them was.
            var facing = fresh.Loop with { Claim = repo.Loop.Claim };
            var facingRepo = fresh.Repo with { ProcessesObservable = repo.Repo.ProcessesObservable };
            Assert.Equal(repo.Loop.Verdict.Ruling, Rulebook.Decide(facingRepo, facing, facingRepo.Cancels, repo.Loop.Verdict));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void What_the_contract_fixes_never_depends_on_processes() => RandomRun.Steps(30).Sample(
        steps =>
        {
            var asDrawn = Saying(steps, RandomProcesses.AsDrawn);

            Assert.Equal(asDrawn, Saying(steps, RandomProcesses.Inverted));
            Assert.Equal(asDrawn, Saying(steps, RandomProcesses.None));
        },
        iter: Iterations / 3,
        threads: 1);

    [Fact]
    public void A_verdict_always_has_words_and_evidence() => RandomRun.Steps(40).Sample(
        steps =>
        {
            var repo = Repo();
            var run = new RandomRun(repo);
            foreach (var step in steps)
            {
                run.Do(step);
                foreach (var loop in repo.Fleet.Loops)
                {
                    Assert.NotEmpty(loop.Verdict.Ruling.Reason);
                    Assert.All(loop.Verdict.Findings, static finding => Assert.NotEmpty(finding.Evidence));
                    Assert.Equal(
                        loop.Verdict.Findings.Count,
                        loop.Verdict.Findings.Select(static finding => (finding.Code, finding.Evidence[0].Path)).Distinct().Count());
                    Assert.Equal(loop.Projected.Status != loop.Verdict.Lifecycle, loop.Verdict.Has(FindingCodes.StatusDisagreement));
                    Assert.Equal(loop.Projected.Flags.Any, loop.Health.Codes.Contains(HealthCodes.DivergenceDetected));
                    Assert.NotEmpty(Assessor.Record(repo.Repo, loop, loop.Verdict).Evidence);
                }
            }
        },
        iter: Iterations / 3,
        threads: 1);

    private static List<string> Saying(List<RandomStep> steps, RandomProcesses processes)
    {
        var repo = Repo();
        var run = new RandomRun(repo, processes);
        var said = new List<string>();
        foreach (var step in steps)
        {
            run.Do(step);
            said.AddRange(repo.Fleet.Loops.Select(
                static loop => $"{loop.Id} {Said(loop.Projected)} {loop.Health.Status} {string.Join(',', loop.Health.Codes)}"));
        }

        return said;
    }

    /// <summary>A repository whose loop's directory stays, whatever becomes of the files in it.</summary>
    private static WatchedRepo Repo() => new WatchedRepo().Put($"{ArtifactPaths.Loop(RuntimeText.Loop)}/plan.md", "x").Wait(1);

    /// <summary>JSON values are equal where their text is.</summary>
    private static string Said(Projected projected) =>
        (projected with { Gates = null, Stuck = null }) + Text(projected.Gates) + Text(projected.Stuck);

    private static string Text(JsonElement? value) => value?.GetRawText() ?? "null";

    private static CursorFile Cursor(long offset) => new()
    {
        SchemaVersion = ContractVersion.V1,
        RepoPath = WatchedRepo.Path,
        LoopId = RuntimeText.Loop,
        EventsFile = ArtifactPaths.Events(RuntimeText.Loop),
        EventLineOffset = offset,
        EventLineCount = offset,
        UpdatedAt = WatchedRepo.Start,
    };
}
