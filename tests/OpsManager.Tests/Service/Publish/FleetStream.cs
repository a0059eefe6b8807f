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
    private readonly IDisposable owned;

    private FleetStream(IDisposable owned, NatsSettings settings)
    {
        (this.owned, Settings) = (owned, settings);
        connection = NatsClient.Create(settings, "test");
    }

    /// <summary>The server, where it is a single one.</summary>
    public NatsServer Server => (NatsServer)owned;

    /// <summary>How the program reaches it, as the test does.</summary>
    public NatsSettings Settings { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="more">Further lines of the server's configuration.</param>
    /// <param name="window">How long the server knows a message id again.</param>
    public static async Task<FleetStream> StartAsync(string more = "", bool hasStream = true, TimeSpan? window = null)
    {
        var server = NatsServer.Start(more);
        var stream = new FleetStream(server, new NatsSettings { Servers = [server.Url] });
        await stream.OpenAsync();
        if (hasStream)
        {
            await stream.CreateAsync(window);
        }

        return stream;
    }

    /// <summary>The stream on servers of the caller's, as one of their users sees it.</summary>
    public static FleetStream On(NatsSettings settings) => new(Nothing.Instance, settings);

    public async Task CreateAsync(TimeSpan? window = null) =>
        await new NatsJSContext(connection).CreateStreamAsync(Config(window), Cancel);

    /// <summary>Makes it, or changes how it is.</summary>
    public async Task ApplyAsync(Action<StreamConfig> change)
    {
        var config = Config(null);
        change(config);
        await new NatsJSContext(connection).CreateOrUpdateStreamAsync(config, Cancel);
    }

    /// <summary>The server of a cluster that takes its messages now; null where none does.</summary>
    public string? Leader() => Run(async limit =>
        (await new NatsJSContext(connection).GetStreamAsync(NatsSettings.DefaultStream, cancellationToken: limit)).Info.Cluster?.Leader);

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
        var last = Last();
        for (var sequence = 1UL; sequence <= last; sequence++)
        {
            if (Message(sequence) is { } message && message.Headers["Nats-Subject"] == subject)
            {
                found.Add(message);
            }
        }

        return found;
    }

    public IReadOnlyList<BusMessage> Events(string loop, string sprite = Sprite) =>
        Messages(FleetSubject.Events(sprite, loop).Text("superloop.v1"));

    public IReadOnlyList<BusMessage> Snapshots(string loop) => Messages(FleetSubject.Snapshot(Sprite, loop).Text("superloop.v1"));

    public IReadOnlyList<BusMessage> Files(string loop, string name) =>
        Messages(FleetSubject.FileOf(Sprite, loop, name).Text("superloop.v1"));

    /// <summary>The lines of a loop's events, as log, number and the line itself; parts are put together.</summary>
    public IReadOnlyList<(string Log, long Line, string Raw)> Lines(string loop, string sprite = Sprite) =>
    [
        .. Whole(Events(loop, sprite)).Select(static one =>
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
        owned.Dispose();
    }

    /// <summary>A busy host may take longer for a connection than the library waits for one.</summary>
    private async Task OpenAsync()
    {
        while (connection.ConnectionState != NatsConnectionState.Open)
        {
            try
            {
                await connection.ConnectAsync();
            }
            catch (NatsException)
            {
                Cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private static StreamConfig Config(TimeSpan? window) => new(
        NatsSettings.DefaultStream, [.. FleetSubject.StreamSubjects(FleetSubject.DefaultPrefix)])
    {
        AllowDirect = true,
        DuplicateWindow = window ?? TimeSpan.FromMinutes(2),
    };

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

    /// <summary>The servers are the caller's.</summary>
    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}
