using System.Globalization;
using System.Text;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Contract.Fleet;
using OpsManager.Service.Publish;
using OpsManager.Sources.Nats;
using OpsManager.Testing.Nats;
using Xunit;

namespace OpsManager.Tests.Service.Publish;

/// <summary>The fleet's stream on a real server, as a test looks at it: from a connection of its own.</summary>
internal sealed class FleetStream : IAsyncDisposable
{
    public const string Sprite = "box";

    private readonly NatsConnection connection;

    private FleetStream(NatsServer server, NatsConnection connection) => (Server, this.connection) = (server, connection);

    public NatsServer Server { get; }

    public NatsSettings Settings => new() { Servers = [Server.Url] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="more">Further lines of the server's configuration.</param>
    /// <param name="window">How long the server knows a message id again.</param>
    public static async Task<FleetStream> StartAsync(string more = "", bool hasStream = true, TimeSpan? window = null)
    {
        var server = NatsServer.Start(more);
        var stream = new FleetStream(server, new NatsConnection(new NatsOpts { Url = server.Url, Name = "test", MaxReconnectRetry = -1 }));
        if (hasStream)
        {
            await stream.CreateAsync(window);
        }

        return stream;
    }

    public async Task CreateAsync(TimeSpan? window = null) => await new NatsJSContext(connection).CreateStreamAsync(
        new StreamConfig(
            NatsSettings.DefaultStream,
            [.. FleetSubject.StreamSubjects(FleetSubject.DefaultPrefix)])
        {
            AllowDirect = true,
            DuplicateWindow = window ?? TimeSpan.FromMinutes(2),
        },
        Cancel);

    public async Task DeleteAsync() => await new NatsJSContext(connection).DeleteStreamAsync(NatsSettings.DefaultStream, Cancel);

    /// <summary>Puts a message where another publisher would.</summary>
    public async Task PutAsync(string subject, string body, params (string Name, string Value)[] headers)
    {
        var all = new NatsHeaders();
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        var stored = await new NatsJSContext(connection).PublishAsync(
            subject, Encoding.UTF8.GetBytes(body), headers: all, cancellationToken: Cancel);
        stored.EnsureSuccess();
    }

    /// <summary>Number of the last message of the stream; 0 while it cannot be asked.</summary>
    public ulong Last()
    {
        try
        {
            var context = new NatsJSContext(connection);
            return Run(async limit => (await context.GetStreamAsync(NatsSettings.DefaultStream, cancellationToken: limit))
                .Info.State.LastSeq);
        }
        catch (Exception error) when (error is NatsException or OperationCanceledException)
        {
            return 0;
        }
    }

    /// <summary>Every message of a subject, in order.</summary>
    public IReadOnlyList<BusMessage> Messages(string subject)
    {
        var found = new List<BusMessage>();
        for (var sequence = 1UL; sequence <= Last(); sequence++)
        {
            if (Message(sequence) is { } message && message.Headers["Nats-Subject"] == subject)
            {
                found.Add(message);
            }
        }

        return found;
    }

    public IReadOnlyList<BusMessage> Events(string loop) => Messages(FleetSubject.Events(Sprite, loop).Text("superloop.v1"));

    public IReadOnlyList<BusMessage> Snapshots(string loop) => Messages(FleetSubject.Snapshot(Sprite, loop).Text("superloop.v1"));

    public IReadOnlyList<BusMessage> Files(string loop, string name) =>
        Messages(FleetSubject.FileOf(Sprite, loop, name).Text("superloop.v1"));

    /// <summary>The lines of a loop's events, as log, number and the line itself; parts are put together.</summary>
    public IReadOnlyList<(string Log, long Line, string Raw)> Lines(string loop) =>
    [
        .. Whole(Events(loop)).Select(static one =>
        {
            using var document = JsonDocument.Parse(one.Body);
            return (one.First.Log!, one.First.Line!.Value, document.RootElement.GetProperty("event").GetProperty("raw").GetRawText());
        }),
    ];

    /// <summary>Messages of a subject with their parts put together; an attempt that was broken off is passed over.</summary>
    public static IReadOnlyList<(BusMessage First, byte[] Body)> Whole(IReadOnlyList<BusMessage> messages)
    {
        var found = new List<(BusMessage First, byte[] Body)>();
        List<BusMessage> parts = [];
        foreach (var message in messages)
        {
            if (message.Part.Index == 1)
            {
                parts.Clear();
            }

            parts.Add(message);
            Assert.Equal(parts.Count, message.Part.Index);
            if (message.Part.Index > 1)
            {
                Assert.Equal(parts[0].Sequence.ToString(CultureInfo.InvariantCulture), message.Headers[FleetHeaders.FirstSequence]);
            }

            if (!message.IsCutOff)
            {
                found.Add((parts[0], [.. parts.SelectMany(static part => part.Body)]));
                parts.Clear();
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        Server.Dispose();
    }

    private BusMessage? Message(ulong sequence)
    {
        var answer = Run(async limit => await connection.RequestAsync<string, byte[]>(
            $"$JS.API.DIRECT.GET.{NatsSettings.DefaultStream}", $$"""{"seq":{{sequence.ToString(CultureInfo.InvariantCulture)}}}""",
            cancellationToken: limit));
        return answer.Headers is { Code: 0 } headers ? new BusMessage(sequence, headers, answer.Data ?? []) : null;
    }

    private static T Run<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return Task.Run(() => ask(limit.Token), limit.Token).GetAwaiter().GetResult();
    }
}
