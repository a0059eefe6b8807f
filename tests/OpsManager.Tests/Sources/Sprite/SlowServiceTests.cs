using System.Globalization;
using System.IO.Abstractions;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OpsManager.Contract;
using OpsManager.Contract.Service;
using OpsManager.Core.Fold;
using OpsManager.Sources.Sprite;
using OpsManager.Tests.Service;
using OpsManager.Tests.Verbs;
using Xunit;

namespace OpsManager.Tests.Sources.Sprite;

/// <summary>A plain v1 service that needs time for each event is slow, and not unreachable.</summary>
public sealed class SlowServiceTests : IDisposable
{
    private readonly Shell shell = Shell.At("long-run");
    private readonly TempRepo copy = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        copy.Dispose();
        shell.Dispose();
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Every_event_comes_however_long_each_takes(double seconds)
    {
        using var slow = Slow(TimeSpan.FromSeconds(seconds));

        var reading = await ReadAsync(slow);

        var lines = File.ReadLines(shell.Full($".superloop/loops/{Shell.Loop}/events.jsonl")).Count();
        Assert.True(lines > 15);
        Assert.Equal(lines, reading.Loop.Tally.Lines);
        // A request that is given up goes on costing the service: after the first ones none is.
        Assert.InRange(slow.GivenUp, 0, 3);
        Assert.All(slow.Asked.Skip(slow.GivenUp + 2), asked => Assert.True(asked * seconds <= 6));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(11, 11)]
    public async Task No_more_events_are_asked_for_than_are_wanted(long upTo, int lines)
    {
        using var slow = Slow(TimeSpan.FromSeconds(0.4));

        var reading = await ReadAsync(slow, upTo: upTo);

        Assert.Equal(lines, reading.Loop.Tally.Lines);
        Assert.Equal(lines, slow.Asked.Sum());
    }

    [Fact]
    public async Task A_fast_one_is_asked_for_more_and_more()
    {
        using var slow = Slow(TimeSpan.Zero);

        await ReadAsync(slow);

        Assert.Equal([8, 16, 32], slow.Asked.Take(3));
    }

    [Fact]
    public async Task What_was_read_is_kept_where_the_pass_is_ended_and_said_meanwhile()
    {
        using var end = new CancellationTokenSource();
        using var slow = Slow(TimeSpan.FromSeconds(0.4));
        var said = new List<ReadProgress>();
        void Told(ReadProgress read)
        {
            said.Add(read);
            if (said.Count == 2)
            {
                end.Cancel();
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(slow, Told, end.Token));
        using var again = Slow(TimeSpan.FromSeconds(0.4));
        await ReadAsync(again);

        Assert.Equal((8L, 16L), (said[0].Read, said[1].Read));
        Assert.Equal($"reading 16 of {said[0].Total} events of loop {Shell.Loop}", said[1].Text);
        // The first and the last event that were kept are compared, and then it goes on behind them.
        Assert.Equal(16, again.From.First(static from => from > 15));
    }

    [Fact]
    public async Task A_real_one_comes_through_where_a_page_takes_longer_than_a_request_may()
    {
        await using var service = await RunningService.StartAsync(shell.Root);
        var snapshot = JsonNode.Parse(await service.Http.GetStringAsync($"ops/snapshot?loopId={Shell.Loop}", Cancel))!.AsObject();
        snapshot.Remove("files");
        await using var plain = new ScriptedService((path, _) =>
        {
            if (!path.StartsWith("/ops/events", StringComparison.Ordinal))
            {
                return ScriptedService.Json(200, snapshot.ToJsonString());
            }

            var page = service.Http.GetStringAsync(path.TrimStart('/'), Cancel).GetAwaiter().GetResult();
            Thread.Sleep(600 * JsonNode.Parse(page)!["events"]!.AsArray().Count);
            return ScriptedService.Json(200, page);
        });
        using var http = SpriteHttp.NewClient();
        // Eight events take longer than a request may, four do not, and one leaves a busy machine more than two seconds.
        var options = SpriteOptions.Default with { Timeout = TimeSpan.FromSeconds(3) };
        var client = new SpriteHttp(
            http, new SpriteAddress(new Uri(plain.Address), static () => null, static () => null), "t", TimeProvider.System, options);
        var transport = new ServiceTransport(client);

        var reading = await new SpriteReader(
            new FileSystem(), TimeProvider.System, FoldOptions.Default, transport, copy.Root, options)
        { UpTo = 20 }
            .ReadAsync(Shell.Loop, Cancel);

        Assert.True(reading.Loop.Tally.Lines > 15);
        Assert.Equal(0, client.Budget.Failed);
        Assert.Null(client.OpenSince);
    }

    private Task<OpsManager.Sources.Local.LoopReading> ReadAsync(
        SlowTransport by, Action<ReadProgress>? progress = null, CancellationToken? end = null, long? upTo = null) =>
        new SpriteReader(new FileSystem(), by.Time, FoldOptions.Default, by, copy.Root, SpriteOptions.Default)
        {
            Progress = progress,
            UpTo = upTo,
        }
            .ReadAsync(Shell.Loop, end ?? Cancel);

    private SlowTransport Slow(TimeSpan each)
    {
        var time = new FakeTimeProvider(shell.Time.GetUtcNow());
        return new SlowTransport(new PathTransport(new FileSystem(), time, shell.Root, "t"), time, each);
    }

    /// <summary>Lets virtual time pass for each event that is asked for.</summary>
    private sealed class SlowTransport(PathTransport inner, FakeTimeProvider time, TimeSpan each) : ILoopTransport, IDisposable
    {
        public FakeTimeProvider Time => time;

        public List<int> Asked { get; } = [];

        public List<long> From { get; } = [];

        public int GivenUp { get; private set; }

        public string Word => "service";

        public bool HandsOutFiles => true;

        public bool MayBeSlow => true;

        public Task<LoopList?> LoopsAsync(CancellationToken cancel) => inner.LoopsAsync(cancel);

        public async Task<TaggedSnapshot> SnapshotAsync(string loop, string? known, CancellationToken cancel)
        {
            var (snapshot, tag, _, _) = await inner.SnapshotAsync(loop, known, cancel);
            return new(snapshot is null ? null : snapshot with { Unknown = null }, tag);
        }

        public async Task<EventPage?> TryEventsAsync(string loop, long cursor, int most, CancellationToken cancel)
        {
            var page = await AskAsync(loop, cursor, most, cancel);
            var took = each * page.Events.Count;
            time.Advance(took < SpriteOptions.Default.Timeout ? took : SpriteOptions.Default.Timeout);
            if (took < SpriteOptions.Default.Timeout)
            {
                return page;
            }

            GivenUp++;
            return null;
        }

        public async Task<EventPage> EventsAsync(string loop, long cursor, int most, CancellationToken cancel)
        {
            var page = await AskAsync(loop, cursor, most, cancel);
            var took = each * page.Events.Count;
            time.Advance(took);
            return took < SpriteOptions.Default.Timeout
                ? page
                : throw new ContractException(
                    FailureCodes.ServiceRequestFailed, string.Create(CultureInfo.InvariantCulture, $"no answer within {took}"));
        }

        public Task<ReadOnlyMemory<byte>?> FileAsync(string loop, string name, long offset, CancellationToken cancel) =>
            inner.FileAsync(loop, name, offset, cancel);

        public void Dispose() => inner.Dispose();

        private async Task<EventPage> AskAsync(string loop, long cursor, int most, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            Asked.Add(most);
            From.Add(cursor);
            return await inner.EventsAsync(loop, cursor, most, cancel);
        }
    }
}
