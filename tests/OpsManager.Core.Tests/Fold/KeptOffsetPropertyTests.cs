using CsCheck;
using Xunit;

namespace OpsManager.Core.Tests.Fold;

public sealed class KeptOffsetPropertyTests
{
    [Fact]
    public void The_kept_offset_never_moves_back_although_the_loop_goes_and_comes() => RandomRun.Steps(40).Sample(
        steps =>
        {
            var repo = new WatchedRepo().Wait(1);
            var run = new RandomRun(repo);
            var kept = 0L;
            foreach (var step in steps)
            {
                run.Do(step);
                if (repo.Fleet.Loop(WatchedRepo.Path, RuntimeText.Loop) is { } loop)
                {
                    Assert.True(loop.KeptOffset >= kept, $"{loop.KeptOffset} after {kept}");
                    kept = loop.KeptOffset;
                }
            }
        },
        iter: 1500,
        threads: 1);
}
