using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using OpsManager.Contract.Json;
using OpsManager.Contract.Text;
using OpsManager.Sources.Nats;

namespace OpsManager.Service.Publish;

/// <summary>
/// The stream as a publisher uses it: a message in, its sequence number back, and the last message of a subject. While the server is
/// away everything waits here.
/// </summary>
internal sealed class FleetBus : IAsyncDisposable
{
    /// <summary>What the trouble is of while the server is away.</summary>
    public const string Server = "server";

    /// <summary>What a message may have beside its body.</summary>
    private const int HeaderRoom = 16 * 1024;

    private const string ExpectedStream = "Nats-Expected-Stream";
    private const string SequenceHeader = "Nats-Sequence";

    /// <summary>How long the server may take to answer.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly NatsConnection connection;
    private readonly NatsSettings settings;
    private readonly TimeProvider time;
    private readonly TroubleNotes notes;
    private readonly SemaphoreSlim opening = new(1, 1);

    /// <summary>Requests that are not answered yet, by their subjects: a refusal and a lost connection end them at once.</summary>
    private readonly ConcurrentDictionary<string, TaskCompletionSource<BusFault>> open = new(StringComparer.Ordinal);

    /// <summary>Whether the connection is open now.</summary>
    public bool IsConnected => connection.ConnectionState == NatsConnectionState.Open;

    public FleetBus(NatsSettings settings, string name, TimeProvider time, TroubleNotes notes)
    {
        (this.settings, this.time, this.notes) = (settings, time, notes);
        connection = NatsClient.Create(settings, name);
        connection.ConnectionOpened += (_, _) =>
        {
            notes.End(Server, $"{settings.Shown} is connected again; what waited is being published.");
            return default;
        };
        connection.ConnectionDisconnected += (_, _) =>
        {
            var words = $"{settings.Shown} is disconnected. Nothing is lost: it is published when the server is back.";
            notes.Begin(Server, words);
            EndAll(new BusFault(BusFaultKind.Away, words));
            return default;
        };
        connection.ServerError += (_, error) =>
        {
            if (NatsClient.Refusal(error.Error) is { } refusal)
            {
                // Said though the connection is known to be lost: this is why it does not come back.
                notes.Say(Server, Unusable(refusal));
            }

            var refused = open.Where(one => error.Error.Contains($"\"{one.Key}\"", StringComparison.OrdinalIgnoreCase));
            foreach (var (subject, answer) in refused)
            {
                answer.TrySetResult(new BusFault(
                    BusFaultKind.Denied,
                    $"{settings.Shown} refuses {subject}: give this user the permission; see docs/fleet.md, \"Who may what\"."));
            }

            return default;
        };
    }

    /// <summary>Longest body of a message, in bytes.</summary>
    public int MaxBody => Math.Max(1024, (connection.ServerInfo?.MaxPayload ?? 0) - HeaderRoom);

    public NatsConnection Connection => connection;

    /// <summary>Waits until the connection is open.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        var backoff = new Backoff(time);
        while (connection.ConnectionState != NatsConnectionState.Open)
        {
            await opening.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await connection.ConnectAsync().AsTask().WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (Exception error) when (error is NatsException or TimeoutException or IOException or FormatException)
            {
                notes.Begin(Server, Unusable(NatsClient.Reason(error)));
                await backoff.WaitAsync(cancel).ConfigureAwait(false);
            }
            finally
            {
                opening.Release();
            }
        }
    }

    /// <summary>Puts a message into the stream.</summary>
    /// <returns>Its sequence number, and whether the server had it already by its message id.</returns>
    /// <exception cref="BusFault">It was not taken, or nothing is known of it.</exception>
    public async Task<(ulong Sequence, bool IsDuplicate)> PublishAsync(
        string subject, ReadOnlyMemory<byte> body, NatsHeaders headers, CancellationToken cancel)
    {
        headers[ExpectedStream] = settings.Stream;
        var answer = await StoredAsync(subject, body, headers, cancel).ConfigureAwait(false);
        var root = Parsed(answer.Data);
        if (root.Field("error") is { } error)
        {
            throw BusRefusal.From(settings, subject, error);
        }

        return root.Whole("seq") is > 0 and var sequence
            ? ((ulong)sequence, root.Field("duplicate")?.ValueKind == JsonValueKind.True)
            : throw new BusFault(BusFaultKind.Other, $"{settings.Shown} answers {subject} with something that is no acknowledgement.");
    }

    /// <summary>The last message of a subject; null where the stream has none.</summary>
    /// <exception cref="BusFault">It cannot be asked for.</exception>
    public async Task<BusMessage?> LastAsync(string subject, CancellationToken cancel)
    {
        var answer = await DirectAsync(subject, cancel).ConfigureAwait(false);
        if (answer.Headers is not { } headers || headers.Code == 404)
        {
            return null;
        }

        return headers.TryGetLastValue(SequenceHeader, out var text)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && headers.Code is 0 or 200
                ? new BusMessage(sequence, headers, answer.Data ?? [])
                : throw new BusFault(
                    BusFaultKind.Other,
                    $"{settings.Shown} does not give the last message of {subject}: {SafeText.Clean(headers.MessageText)}");
    }

    /// <summary>The first message that the stream still has; null where that is not told.</summary>
    public async Task<ulong?> FirstSequenceAsync(CancellationToken cancel)
    {
        try
        {
            var info = await InfoAsync(cancel).ConfigureAwait(false);
            return info.Field("state")?.Whole("first_seq") is >= 0 and var first ? (ulong)first : null;
        }
        catch (BusFault fault) when (fault.Kind != BusFaultKind.Away)
        {
            // Not every user may ask: then it is published again what may be there no longer.
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync().ConfigureAwait(false);
        opening.Dispose();
    }

    private string Unusable(string reason) =>
        $"{settings.Shown} cannot be used: {reason}. Nothing is lost: it is tried again until it can.";

    /// <summary>Of a stream that is missing, or gives no message directly, the server does not answer at all.</summary>
    private async Task<NatsMsg<byte[]>> DirectAsync(string subject, CancellationToken cancel)
    {
        var direct = $"$JS.API.DIRECT.GET.{settings.Stream}.{subject}";
        try
        {
            return await RequestAsync(direct, default, null, cancel).ConfigureAwait(false);
        }
        catch (BusFault silent) when (silent is { Kind: BusFaultKind.Away, InnerException: NatsNoReplyException })
        {
            var info = await InfoAsync(cancel).ConfigureAwait(false);
            if (info.Field("error") is { } error)
            {
                throw BusRefusal.IsNoStream(error)
                    ? BusRefusal.NoStream(settings, subject, silent)
                    : BusRefusal.From(settings, subject, error);
            }

            // It may have been made a moment ago.
            return info.Field("config")?.Field("allow_direct")?.ValueKind == JsonValueKind.True
                ? await RequestAsync(direct, default, null, cancel).ConfigureAwait(false)
                : throw new BusFault(BusFaultKind.Other, $"Stream {settings.Stream} has no direct access: set its allow_direct.", silent);
        }
    }

    /// <summary>Nobody takes a message where the stream is missing, and where it is there and a cluster has lost its leader.</summary>
    private async Task<NatsMsg<byte[]>> StoredAsync(
        string subject, ReadOnlyMemory<byte> body, NatsHeaders headers, CancellationToken cancel)
    {
        try
        {
            return await RequestAsync(subject, body, headers, cancel).ConfigureAwait(false);
        }
        catch (BusFault nobody) when (nobody is { Kind: BusFaultKind.NoStream, InnerException: NatsNoRespondersException })
        {
            JsonElement info;
            try
            {
                info = await InfoAsync(cancel).ConfigureAwait(false);
            }
            catch (BusFault fault) when (fault.Kind is BusFaultKind.NoStream or BusFaultKind.Denied)
            {
                // No stream at all, or this user may not ask.
                throw nobody;
            }

            throw info.Field("error") is { } error && BusRefusal.IsNoStream(error)
                ? nobody
                : BusRefusal.NoTaker(settings, subject, nobody);
        }
    }

    private async Task<JsonElement> InfoAsync(CancellationToken cancel) =>
        Parsed((await RequestAsync($"$JS.API.STREAM.INFO.{settings.Stream}", default, null, cancel).ConfigureAwait(false)).Data);

    private async Task<NatsMsg<byte[]>> RequestAsync(
        string subject, ReadOnlyMemory<byte> body, NatsHeaders? headers, CancellationToken cancel)
    {
        await OpenAsync(cancel).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ended = open.GetOrAdd(
            subject, static _ => new TaskCompletionSource<BusFault>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            var answer = connection.RequestAsync(
                subject, body, headers, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = AnswerWithin }, cancellationToken: limit.Token).AsTask();
            await Task.WhenAny(answer, ended.Task).ConfigureAwait(false);
            if (!answer.IsCompletedSuccessfully && ended.Task.IsCompleted)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw await ended.Task.ConfigureAwait(false);
            }

            return await answer.ConfigureAwait(false);
        }
        catch (NatsNoRespondersException error)
        {
            throw BusRefusal.NoStream(settings, subject, error);
        }
        catch (Exception error) when (error is NatsException or TimeoutException or IOException)
        {
            throw new BusFault(BusFaultKind.Away, $"{settings.Shown} did not acknowledge {subject}: {NatsClient.Reason(error)}", error);
        }
        finally
        {
            open.TryRemove(subject, out _);
        }
    }

    private void EndAll(BusFault why)
    {
        foreach (var (_, answer) in open)
        {
            answer.TrySetResult(why);
        }
    }

    private JsonElement Parsed(byte[]? text)
    {
        try
        {
            using var document = JsonDocument.Parse(text ?? []);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new BusFault(BusFaultKind.Other, $"{settings.Shown} answers with something that is not JSON.", error);
        }
    }
}
