using OpsManager.Service.Options;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

public sealed class PublishingServiceTests
{
    [Fact]
    public async Task A_service_that_publishes_answers_and_publishes_the_same_loops()
    {
        await using var stream = await FleetStream.StartAsync();
        using var repo = FleetPublisherTests.Repo();
        await using (var service = await RunningService.StartAsync(
            repo.Root, change: options => options with { Publish = new PublishOptions(FleetStream.Sprite, stream.Settings) }))
        {
            RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count == 1);
            using var snapshot = await service.GetAsync($"/ops/snapshot?loopId={LiveRepo.Loop}");
            Assert.Equal(snapshot.Headers.ETag!.Tag, stream.Snapshots(LiveRepo.Loop)[0].Tag);
            repo.Append("iteration_end");
            RunningService.Until(() => stream.Snapshots(LiveRepo.Loop) is [.., { Line: 3 }]);
        }

        Assert.True(File.Exists(FleetOutboxTests.CursorOf(repo)));
        FleetOutboxTests.AssertIsLog(stream, repo);
    }
}
