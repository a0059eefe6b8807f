using System.Globalization;
using System.IO.Abstractions;
using System.Text.RegularExpressions;
using OpsManager.Contract.Words;
using OpsManager.Core.Fold;
using OpsManager.Core.Model;
using OpsManager.Sources.Local;
using OpsManager.Sources.Nats;
using OpsManager.Tests.Service.Publish;
using OpsManager.Tests.Sources.Sprite;
using Xunit;
using FleetStream = OpsManager.Tests.Service.Publish.FleetStream;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>
/// The clocks of the sprite, the server and the screen differ by hours. What is shown is what a reader of the files by the screen's clock
/// shows; the server's clock makes no difference to anything.
/// </summary>
public sealed partial class NatsClockTests : IDisposable
{
    private readonly LiveRepo repo = new();

    /// <param name="sprite">Hours by which the sprite's clock is ahead of the server's.</param>
    /// <param name="screen">The same of the screen's.</param>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(0, -5)]
    [InlineData(5, 0)]
    [InlineData(5, 5)]
    [InlineData(-5, -5)]
    [InlineData(-30, 30)]
    public async Task A_clock_that_is_hours_ahead_or_behind_changes_no_lifecycle_and_is_found_where_the_files_would_tell_it(
        int sprite, int screen)
    {
        await using var stream = await FleetStream.StartAsync();
        SetClock there = new(TimeProvider.System) { Offset = TimeSpan.FromHours(sprite) }, here = new(TimeProvider.System)
        {
            Offset = TimeSpan.FromHours(screen),
        };
        Shift(there.Offset);
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings, clock: there);
        using var fleet = NatsFleet.Start(stream.Settings, here, WatchedSprite.Quick);
        using var watched = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite), clock: here);

        var loop = await watched.LoopAsync(LiveRepo.Loop, 2);

        // As the files say where they are, by the clock there, and by the clock here.
        LoopModel own = await ReadAsync(there), local = await ReadAsync(here);
        Assert.Equal(
            (own.Verdict.Lifecycle, own.Verdict.Ruling.Reason, own.Projected.Status),
            (loop.Verdict.Lifecycle, loop.Verdict.Ruling.Reason, loop.Projected.Status));
        Assert.Equal(Codes(local), Codes(loop));
        Assert.Equal(sprite > screen, Codes(loop).Contains(FindingCodes.ClockSkew, StringComparison.Ordinal));
        // When it was read is by the clock here.
        Assert.InRange(watched.Newest!.Sprite!.GoodAt!.Value, here.GetUtcNow().AddHours(-1), here.GetUtcNow());
        Assert.Empty(publisher.Told);
    }

    [Fact]
    public async Task Clocks_that_are_set_while_events_come_hold_nothing_up()
    {
        await using var stream = await FleetStream.StartAsync();
        SetClock there = new(TimeProvider.System), here = new(TimeProvider.System);
        await using var publisher = RunningPublisher.Start(repo.Root, stream.Settings, clock: there);
        using var fleet = NatsFleet.Start(stream.Settings, here, WatchedSprite.Quick);
        using var watched = new WatchedSprite(null, first: fleet.Sprite(FleetStream.Sprite), clock: here);
        var lines = 2;
        var before = await watched.LoopAsync(LiveRepo.Loop, lines);

        foreach (var (sprite, screen) in ((int, int)[])[(3, 0), (-3, 0), (0, 3), (0, -3), (48, -48)])
        {
            (there.Offset, here.Offset) = (TimeSpan.FromHours(sprite), TimeSpan.FromHours(screen));
            FleetOutboxTests.Add(repo, 3);
            var loop = await watched.LoopAsync(LiveRepo.Loop, lines += 3);
            Assert.Equal(before.Verdict.Lifecycle, loop.Verdict.Lifecycle);
        }

        CopiedLog.AssertIs(repo, watched);
        FleetOutboxTests.AssertIsLog(stream, repo);
        Assert.Empty(publisher.Told);
    }

    public void Dispose() => repo.Dispose();

    private static string Codes(LoopModel loop) =>
        string.Join(',', loop.Verdict.Findings.Select(static finding => finding.Code).Order(StringComparer.Ordinal));

    private async Task<LoopModel> ReadAsync(TimeProvider clock) =>
        (await new LoopReader(new FileSystem(), clock, FoldOptions.Default).ReadAsync(
            repo.Root, LiveRepo.Loop, TestContext.Current.CancellationToken)).Loop;

    /// <summary>The run has written its files by a clock that is so far ahead.</summary>
    private void Shift(TimeSpan by)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(repo.Root, ".superloop"), "*.json*", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, Time().Replace(File.ReadAllText(file), match => DateTimeOffset
                .Parse(match.Value, CultureInfo.InvariantCulture)
                .Add(by)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
