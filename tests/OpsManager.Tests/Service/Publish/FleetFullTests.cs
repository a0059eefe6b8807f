using NATS.Client.JetStream.Models;
using OpsManager.Sources.Nats;
using OpsManager.Tests.Sources.Nats;
using OpsManager.Tests.Sources.Sprite;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>A stream that keeps what is old, and has no room for what is new.</summary>
public sealed class FleetFullTests
{
    [Fact]
    public async Task A_full_stream_is_said_once_and_when_it_has_room_everything_arrives_once()
    {
        await using var stream = await FleetStream.StartAsync(hasStream: false);
        await stream.ApplyAsync(static config => Limit(config, 64 * 1024));
        // Its process runs: it is looked at all the time, though nothing of it has to be sent.
        using var repo = new LiveRepo();
        repo.AddLoop("nightly run");
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        using var fleet = NatsFleet.Start(stream.Settings, TimeProvider.System, WatchedSprite.Quick);
        using var sprite = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite));
        await sprite.LoopAsync(LiveRepo.Loop, 2);

        Fill(repo);
        RunningService.Until(() => publisher.Told.Any(IsFull));
        publisher.Glance(4);
        var full = stream.Lines(LiveRepo.Loop).Count;
        Assert.InRange(full, 2, 401);
        // What is there is shown as it is: the newest snapshot, and the lines that it has seen.
        var shown = await sprite.LoopAsync(LiveRepo.Loop, 2);
        Assert.InRange(shown.Tally.Lines, 2, full);
        var told = Assert.Single(publisher.Told);
        Assert.Contains("Raise its max_bytes, or let it discard old messages", told, StringComparison.Ordinal);

        await stream.ApplyAsync(static config => Limit(config, 64 * 1024 * 1024));
        await sprite.LoopAsync(LiveRepo.Loop, 402);
        CopiedLog.AssertIs(repo, sprite);
        FleetOutboxTests.AssertIsLog(stream, repo);
        RunningService.Until(() => publisher.Told.Count == 2);
        Assert.Contains("takes messages", publisher.Told.Last(), StringComparison.Ordinal);
        publisher.Glance(2);
        Assert.Equal(2, publisher.Told.Count);
    }

    [Fact]
    public async Task A_full_stream_of_one_loop_is_not_over_because_another_loop_has_nothing_to_send()
    {
        await using var stream = await FleetStream.StartAsync(hasStream: false);
        await stream.ApplyAsync(static config => Limit(config, 64 * 1024));
        using var repo = new LiveRepo();
        repo.AddLoop("nightly run");
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings);
        RunningService.Until(() => stream.Snapshots(LiveRepo.Loop).Count > 0 && stream.Snapshots("nightly run").Count > 0);

        // Of the loop whose process does not run, so that the other one is looked at meanwhile.
        File.AppendAllText(
            Path.Combine(repo.Root, ".superloop", "loops", "nightly run", "events.jsonl"), string.Concat(Enumerable.Range(0, 400).Select(
                static number => """{"timestamp":"2026-11-22T19:30:00Z","event":"note","loop_id":"nightly run","""
                    + $$""" "data":{"n":{{number}} } }"""
                    + "\n")));
        RunningService.Until(() => publisher.Told.Any(IsFull));
        publisher.Glance(5);

        Assert.Single(publisher.Told);
    }

    private static bool IsFull(string words) => words.Contains("Stream SUPERLOOP is full", StringComparison.Ordinal);

    private static void Fill(LiveRepo repo) => FleetOutboxTests.Add(repo, 400);

    private static void Limit(StreamConfig config, long bytes) => (config.Discard, config.MaxBytes) = (StreamConfigDiscard.New, bytes);
}
