using NATS.Client.Core;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Service;
using OpsManager.Tests.Service.Publish;
using OpsManager.Tests.Sources.Sprite;
using Xunit;
using FleetStream = OpsManager.Tests.Service.Publish.FleetStream;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>A stream with three replicas, of which the one that leads is killed.</summary>
public sealed class NatsClusterTests
{
    [Fact]
    public async Task The_leader_of_a_stream_that_is_killed_while_events_come_and_go_loses_nothing_and_doubles_nothing()
    {
        using var cluster = NatsCluster.Start();
        var settings = new NatsSettings { Servers = cluster.Urls };
        await using var stream = FleetStream.On(settings);
        await UntilAsync(() => stream.ApplyAsync(static config => config.NumReplicas = 3));
        using var repo = FleetPublisherTests.Repo();
        await using var publisher = RunningPublisher.Start(repo.Root, settings);
        using var fleet = NatsFleet.Start(settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite));
        await sprite.LoopAsync(LiveRepo.Loop, 2);

        FleetOutboxTests.Add(repo, 800);
        RunningService.Until(() => stream.Last() > 200);
        var leader = stream.Leader();
        cluster[leader!].Kill();
        FleetOutboxTests.Add(repo, 50);

        await sprite.LoopAsync(LiveRepo.Loop, 852);
        CopiedLog.AssertIs(repo, sprite);
        FleetOutboxTests.AssertIsLog(stream, repo);
        // The stream is there all the time.
        Assert.DoesNotContain(publisher.Told, static line => line.Contains("fleet init", StringComparison.Ordinal));

        // A second look: whoever was away goes on too.
        cluster[leader!].StartAgain();
        FleetOutboxTests.Add(repo, 1);
        await sprite.LoopAsync(LiveRepo.Loop, 853);
        CopiedLog.AssertIs(repo, sprite);
    }

    /// <summary>Until the servers have found each other and have chosen who leads.</summary>
    private static async Task UntilAsync(Func<Task> make)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(WatchedSprite.Patience);
        while (true)
        {
            try
            {
                await make();
                return;
            }
            catch (NatsException)
            {
                patience.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
                patience.Token.ThrowIfCancellationRequested();
            }
        }
    }
}
