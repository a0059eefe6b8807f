using System.Diagnostics;
using System.Globalization;
using System.IO.Abstractions;
using OpsManager.Contract;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Sources.Local;
using OpsManager.Tests.Service;
using Xunit;
using static OpsManager.Testing.RuntimeText;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A run that nothing claims, with a real process, is shown over the service as where it stands.</summary>
public sealed class SpriteUnclaimedTests
{
    [Fact]
    public async Task An_unclaimed_run_that_runs_and_is_stopped_is_shown_over_its_service_as_it_is()
    {
        using var repo = new TempRepo();
        repo.Write("superloop.sh", "echo started\nread -r nothing\n");
        repo.Append(TempRepo.Log, Event("loop_start"));
        repo.Write(ArtifactPaths.State, State(true));
        var start = new ProcessStartInfo("bash", ["superloop.sh", "run", "--repo", ".", "--loop", TempRepo.Loop])
        {
            WorkingDirectory = repo.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var run = Process.Start(start)!;
        try
        {
            Assert.Equal("started", await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            await using var service = await RunningService.StartAsync(repo.Root);
            using var sprite = new WatchedSprite(service.Address);

            // Events of the test are of another day, so that the process has started late: that is told as well.
            await AgreesAsync(repo, sprite, static ruling => ruling is { Lifecycle: Lifecycle.Running, IsPaused: false });
            await SignalAsync("STOP", run);
            await AgreesAsync(repo, sprite, static ruling => ruling is { Lifecycle: Lifecycle.Running, IsPaused: true });
        }
        finally
        {
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task AgreesAsync(TempRepo repo, WatchedSprite sprite, Func<Ruling, bool> isSo)
    {
        bool Is(RepoModel model) => model.Loops.TryGetValue(TempRepo.Loop, out var loop) && isSo(loop.Verdict.Ruling);
        var there = (await sprite.UntilAsync(Is)).Loops[TempRepo.Loop];
        var here = await new LoopReader(new FileSystem(), TimeProvider.System, FoldOptions.Default).ReadAsync(repo.Root, TempRepo.Loop,
            TestContext.Current.CancellationToken);

        Assert.Equal(here.Loop.Verdict.Ruling, there.Verdict.Ruling);
        Assert.Equal(here.Loop.Verdict.Findings.Select(static finding => finding.Code),
            there.Verdict.Findings.Select(static finding => finding.Code));
    }

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
