using OpsManager.Contract.Fleet;
using OpsManager.Testing.Nats;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

public sealed class MissingLinesTests : IDisposable
{
    private readonly NatsServer server = NatsServer.Start();
    private readonly TempRepo repo = new();

    [Fact]
    public async Task Lines_that_were_removed_from_the_middle_of_a_log_are_named()
    {
        await using var stream = await TestStream.CreateAsync(server);
        repo.Write(TempRepo.Log, string.Concat(Enumerable.Range(1, 10).Select(
            static line => RuntimeText.Event(line == 1 ? "loop_start" : "role_start", line))));
        await stream.PublishAsync(repo.Root, "app");
        var events = new List<ulong>();
        await foreach (var one in stream.Fleet.Reader.FromAsync(
            FleetSubject.Events("app", TempRepo.Loop), 1, TestContext.Current.CancellationToken))
        {
            events.Add(one.Sequence);
        }

        await stream.RemoveAsync(events[5]);
        await stream.RemoveAsync(events[6]);
        using var later = OpsManager.Sources.Nats.NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: later.Sprite("app"));

        var read = await sprite.UntilAsync(static one => one.Sprite?.LoopFault is not null);

        Assert.Contains("lines 6 to 7 of its log are no longer in stream SUPERLOOP", read.Sprite!.LoopFault, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        server.Dispose();
        repo.Dispose();
    }
}
