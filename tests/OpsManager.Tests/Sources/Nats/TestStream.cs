using System.Globalization;
using System.IO.Abstractions;
using System.Security.Cryptography;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Serialization;
using OpsManager.Sources.Nats;
using OpsManager.Sources.Sprite;
using OpsManager.Testing.Nats;
using Xunit;

namespace OpsManager.Tests.Sources.Nats;

/// <summary>The fleet's stream on a real server, what a test publishes into it word for word, and a fleet that reads it.</summary>
internal sealed class TestStream : IAsyncDisposable
{
    private readonly NatsConnection connection;
    private readonly NatsJSContext context;
    private readonly NatsFleet fleet;
    private readonly Dictionary<string, long> previous = new(StringComparer.Ordinal);

    private TestStream(NatsServer server, NatsConnection connection)
    {
        Settings = new NatsSettings { Servers = [server.Url] };
        this.connection = connection;
        context = new NatsJSContext(connection);
        fleet = NatsFleet.Start(Settings, TimeProvider.System, WatchedSpriteOptions);
    }

    public static SpriteOptions WatchedSpriteOptions => Sprite.WatchedSprite.Quick;

    public NatsSettings Settings { get; }

    public NatsFleet Fleet => fleet;

    public static async Task<TestStream> CreateAsync(NatsServer server)
    {
        var connection = await NatsClient.OpenAsync(
            new NatsSettings { Servers = [server.Url] }, "test", Sprite.WatchedSprite.Patience, TestContext.Current.CancellationToken);
        var stream = new TestStream(server, connection);
        await stream.MakeAsync();
        return stream;
    }

    /// <summary>Deletes the stream and makes it again: its numbers begin at 1.</summary>
    public async Task MakeAgainAsync()
    {
        await context.DeleteStreamAsync(Settings.Stream, TestContext.Current.CancellationToken);
        previous.Clear();
        await MakeAsync();
    }

    /// <summary>Publishes every loop of a repository as it is now.</summary>
    public async Task<NatsFleet> PublishAsync(string root, string sprite, string log = "log-1")
    {
        using var by = new PathTransport(new FileSystem(), TimeProvider.System, root, "trace-of-test");
        foreach (var loop in (await by.LoopsAsync(TestContext.Current.CancellationToken))!.Loops)
        {
            await PublishAsync(by, sprite, loop.LoopId, log);
        }

        return fleet;
    }

    /// <summary>An event of a loop, or another text in its place.</summary>
    public Task EventAsync(string sprite, string loop, string log, long line, long before, byte[] body) => SendAsync(
        FleetSubject.Events(sprite, loop), body,
        (FleetHeaders.Log, log), (FleetHeaders.Line, Text(line)), (FleetHeaders.Previous, Text(before)));

    /// <summary>Any message.</summary>
    public async Task SendAsync(FleetSubject subject, byte[] body, params (string Name, string Value)[] headers)
    {
        var all = new NatsHeaders();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        var answer = await context.PublishAsync(
            subject.Text(Settings.Prefix), body, NatsRawSerializer<byte[]>.Default, headers: all,
            cancellationToken: TestContext.Current.CancellationToken);
        answer.EnsureSuccess();
    }

    /// <summary>Drops what is older in the stream, as its limits would.</summary>
    public async Task PurgeAsync(FleetSubject subject, int keep) => await context.PurgeStreamAsync(
        Settings.Stream, new StreamPurgeRequest { Filter = subject.Text(Settings.Prefix), Keep = (ulong)keep },
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        fleet.Dispose();
        await connection.DisposeAsync();
    }

    private async Task MakeAsync() => await context.CreateStreamAsync(
        new StreamConfig(
            NatsSettings.DefaultStream,
            [.. FleetSubject.StreamSubjects(FleetSubject.DefaultPrefix)])
        {
            AllowDirect = true,
        },
        TestContext.Current.CancellationToken);

    private async Task PublishAsync(PathTransport by, string sprite, string loop, string log)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (snapshot, _, _, _) = await by.SnapshotAsync(loop, null, cancel);
        foreach (var file in SnapshotExtras.From(snapshot!).Files ?? [])
        {
            var whole = await by.FileAsync(loop, file.Name, 0, cancel);
            await SendAsync(
                FleetSubject.FileOf(sprite, loop, file.Name), whole!.Value.ToArray(), (FleetHeaders.Offset, "0"), (FleetHeaders.Log, log));
        }

        var before = previous.GetValueOrDefault(sprite + loop + log);
        for (var cursor = before; cursor < snapshot!.Cursor.Lines;)
        {
            var page = await by.EventsAsync(loop, cursor, 1000, cancel);
            foreach (var one in page.Events)
            {
                await EventAsync(
                    sprite, loop, log, one.Sequence.Value, before,
                    JsonSerializer.SerializeToUtf8Bytes(one, ContractJson.Default.EventEnvelope));
                before = one.Sequence.Value;
            }

            cursor = page.Cursor.EventLineOffset;
        }

        previous[sprite + loop + log] = before;
        var body = JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractJson.Default.SnapshotEnvelope);
        await SendAsync(
            FleetSubject.Snapshot(sprite, loop), body, (FleetHeaders.Tag, Convert.ToHexString(SHA256.HashData(body))),
            (FleetHeaders.Line, Text(snapshot.Cursor.Lines)), (FleetHeaders.Log, log));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
