using Microsoft.Extensions.Time.Testing;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Fold;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Sprite;
using OpsManager.Sources;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Local;
using Xunit;

namespace OpsManager.Tests.Sources;

/// <summary>Sources that are read once: whole, or named, and none waits for another.</summary>
public sealed class FleetReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_source_that_says_nothing_is_left_when_its_time_is_up_and_the_others_are_read()
    {
        var silent = new MadeSource("/silent");
        using var repo = new TempRepo();
        var reading = Reader(2).ReadAsync(
            [silent, LocalSource.Open(new System.IO.Abstractions.FileSystem(), repo.Root, FollowOptions.Default)],
            TestContext.Current.CancellationToken);

        await TimeRunsAsync(reading);

        var read = await reading;
        Assert.Equal([(false, SourceCondition.NotRead), (true, SourceCondition.Read)], read.Select(static one =>
            (one.IsWhole, SourceStanding.From(one.Repo).Condition)));
        Assert.Equal((1, 1), silent.Uses);
    }

    [Fact]
    public async Task Only_so_many_are_read_at_a_time()
    {
        MadeSource[] sources = [.. Enumerable.Range(0, 3).Select(static i => new MadeSource($"/s{i}"))];
        var reading = Reader(2).ReadAsync(sources, TestContext.Current.CancellationToken);
        Assert.Equal([1, 1, 0], sources.Select(static source => source.Uses.Begun));

        await TimeRunsAsync(reading);

        Assert.Equal([(1, 1), (1, 1), (1, 1)], sources.Select(static source => source.Uses));
    }

    [Fact]
    public async Task A_copy_is_read_when_it_was_looked_at_after_the_sprite_had_answered()
    {
        var source = new MadeSource("/copy");
        var reading = Reader(1).ReadAsync([source], TestContext.Current.CancellationToken);
        var now = time.GetUtcNow();
        var sprite = new SpriteState { Name = "shop" };
        StateSeen state = new(now, "/copy", new(ArtifactCondition.Missing, null, null, null));
        source.Say(new SpriteSeen(now, "/copy", sprite with { GoodAt = now.AddHours(-1) }), state, new Ticked(now, "/copy"));
        Assert.False(reading.IsCompleted);

        var good = now.AddSeconds(1);
        source.Say(new SpriteSeen(good, "/copy", sprite with { ConnectionMode = ConnectionMode.Service, GoodAt = good }));
        Assert.False(reading.IsCompleted);
        source.Say(new Ticked(good.AddSeconds(1), "/copy"));

        Assert.True(Assert.Single(await reading).IsWhole);
    }

    [Fact]
    public async Task A_sprite_that_fails_is_unreachable_once_all_ways_were_tried()
    {
        var source = new MadeSource("/copy");
        var reading = Reader(1).ReadAsync([source], TestContext.Current.CancellationToken);
        var now = time.GetUtcNow();
        var failed = new SpriteState { Name = "shop", ConnectionMode = ConnectionMode.LastKnown, Fault = "refused", FaultSince = now };
        source.Say(new SpriteSeen(now, "/copy", failed));
        Assert.False(reading.IsCompleted);

        source.Say(new SpriteSeen(now, "/copy", failed with { NextTryAt = now.AddSeconds(8) }));

        var read = Assert.Single(await reading);
        Assert.Equal((true, "refused"), (read.IsWhole, SourceStanding.From(read.Repo).Fault));
    }

    [Fact]
    public async Task A_cancelled_reading_leaves_all_sources()
    {
        using var cancel = new CancellationTokenSource();
        var source = new MadeSource("/silent");
        var reading = Reader(1).ReadAsync([source], cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal((1, 1), source.Uses);
    }

    private FleetReader Reader(int atOnce) => new(FoldOptions.Default, time, atOnce, Patience);

    /// <summary>The clock runs while real work waits on it.</summary>
    private async Task TimeRunsAsync(Task work)
    {
        using var steps = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!work.IsCompleted)
        {
            await steps.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }
}
