using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>Reads single messages, and ranges of one subject, from the fleet's stream.</summary>
/// <param name="patience">For one answer of the server.</param>
internal sealed class StreamReader(INatsConnection connection, NatsSettings settings, TimeProvider time, TimeSpan patience)
{
    private const int NotFound = 404;

    /// <summary>Messages that the server sends at once.</summary>
    private const int Batch = 500;

    private readonly NatsJSContext context = new(connection);

    /// <summary>For the next message of a fetch: the library ends one that nothing comes of by itself before.</summary>
    private TimeSpan Fetching => patience * 2;

    /// <summary>The newest message of a subject, though it be a part; null where there is none.</summary>
    /// <exception cref="NatsException">The server does not answer, or refuses.</exception>
    public async Task<FleetMessage?> LastAsync(FleetSubject subject, CancellationToken cancel) =>
        await GetAsync($".{subject.Text(settings.Prefix)}", null, cancel).ConfigureAwait(false) is var (sequence, at, headers, body)
            ? new FleetMessage(subject, sequence, at, headers, body)
            : null;

    /// <summary>Whether the stream still has a message: a stream that was deleted and made again does not.</summary>
    /// <exception cref="NatsException">The server does not answer, or refuses.</exception>
    public async Task<bool> HasAsync(TakenMessage message, CancellationToken cancel) =>
        await GetAsync("", Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{message.Sequence}}}")), cancel)
            .ConfigureAwait(false) is { } found && message.IsSame(found.At);

    /// <summary>The messages of one subject from a number on, as far as there are any now; all of them, or an error.</summary>
    /// <exception cref="NatsException">The server does not answer, or refuses, or a message was lost on its way.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    public async IAsyncEnumerable<FleetMessage> FromAsync(
        FleetSubject subject, ulong sequence, [EnumeratorCancellation] CancellationToken cancel)
    {
        var consumer = await ConsumerAsync(
            subject.Text(settings.Prefix), ConsumerConfigDeliverPolicy.ByStartSequence, sequence, cancel).ConfigureAwait(false);
        try
        {
            var (expected, newest, wasEmpty) = (1UL, Math.Max(1, sequence) - 1, false);
            // A fetch ends only when the server has waited for more: what there is now was counted when the consumer was made.
            for (var isMore = consumer.Info.NumPending > 0; isMore;)
            {
                var first = expected;
                using var limit = new CancellationTokenSource(Fetching, time);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
                var batch = consumer.FetchNoWaitAsync(
                    new NatsJSFetchOpts { MaxMsgs = Batch, Expires = patience }, NatsRawSerializer<byte[]>.Default, end.Token)
                    .GetAsyncEnumerator(CancellationToken.None);
                await using var disposed = batch.ConfigureAwait(false);
                while (isMore && await WithinAsync(batch.MoveNextAsync().AsTask(), limit, cancel).ConfigureAwait(false))
                {
                    if (batch.Current.Metadata is not { } metadata || metadata.Sequence.Consumer != expected++)
                    {
                        throw new NatsException("a message was lost on its way");
                    }

                    if (From(batch.Current) is { } one)
                    {
                        yield return one;
                    }

                    (newest, isMore) = (metadata.Sequence.Stream, metadata.NumPending > 0);
                    limit.CancelAfter(Fetching);
                }

                if (isMore && expected == first)
                {
                    // It ends without an error too where the connection was lost, or the server has forgotten the consumer. And some
                    // servers count too many that are still to come: the last message of the subject tells.
                    var last = await LastAsync(subject, cancel).ConfigureAwait(false);
                    isMore = last is not null && last.Value.Sequence > newest;
                    if (isMore && wasEmpty)
                    {
                        throw new NatsException("a message was lost on its way");
                    }
                }

                wasEmpty = expected == first;
            }
        }
        finally
        {
            await DeleteAsync(consumer.Info.Name).ConfigureAwait(false);
        }
    }

    /// <summary>A whole message of which the last part is known: its parts are read from the first on.</summary>
    public async Task<FleetMessage?> WholeAsync(FleetMessage last, CancellationToken cancel)
    {
        if (last.Part is null)
        {
            return last;
        }

        var parts = new MessageParts();
        var first = last.Number(FleetHeaders.FirstSequence) is { } number ? (ulong)number : last.Sequence;
        await foreach (var part in FromAsync(last.Subject, first, cancel).ConfigureAwait(false))
        {
            if (parts.Take(part) is { } whole && whole.Sequence == last.Sequence)
            {
                return whole;
            }

            if (part.Sequence >= last.Sequence)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>
    /// A consumer of the server's memory, which it forgets when nobody reads by it. It has a name, and one subject as a filter: servers
    /// before 2.10 know nothing else.
    /// </summary>
    /// <param name="sequence">Where it begins, if <paramref name="from"/> says so.</param>
    public async Task<INatsJSConsumer> ConsumerAsync(
        string subjects, ConsumerConfigDeliverPolicy from, ulong sequence, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        return await WithinAsync(
            context.CreateOrUpdateConsumerAsync(settings.Stream, new ConsumerConfig
            {
                Name = $"ops-manager-{Guid.NewGuid():N}",
                DeliverPolicy = from,
                OptStartSeq = from == ConsumerConfigDeliverPolicy.ByStartSequence ? Math.Max(1, sequence) : 0,
                FilterSubject = subjects,
                AckPolicy = ConsumerConfigAckPolicy.None,
                MemStorage = true,
                NumReplicas = 1,
                InactiveThreshold = TimeSpan.FromMinutes(1),
            }, end.Token).AsTask(),
            limit, cancel).ConfigureAwait(false);
    }

    /// <summary>How many messages a consumer has still to deliver, and how many it has delivered.</summary>
    /// <exception cref="NatsException">It is no longer there, or the server does not answer.</exception>
    /// <exception cref="TimeoutException">The server does not answer.</exception>
    public async Task<(ulong Pending, ulong Delivered)> CheckAsync(INatsJSConsumer consumer, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var now = await WithinAsync(
            context.GetConsumerAsync(settings.Stream, consumer.Info.Name, end.Token).AsTask(), limit, cancel).ConfigureAwait(false);
        return ((ulong)now.Info.NumPending, (ulong)now.Info.Delivered.ConsumerSeq);
    }

    /// <summary>A message of a consumer; null where its subject is none of ours.</summary>
    public FleetMessage? From(INatsJSMsg<byte[]> message) =>
        message.Metadata is { } metadata && FleetSubject.Parse(settings.Prefix, message.Subject) is { } subject
            ? new FleetMessage(subject, metadata.Sequence.Stream, metadata.Timestamp, message.Headers, message.Data ?? [])
            : null;

    /// <param name="of">What is behind the name of the stream in the subject of the request.</param>
    /// <returns>Null where the stream has no such message.</returns>
    private async Task<(ulong Sequence, DateTimeOffset At, NatsHeaders Headers, byte[] Body)?> GetAsync(
        string of, byte[]? request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var answer = await WithinAsync(
            connection.RequestAsync<byte[], byte[]>(
                $"$JS.API.DIRECT.GET.{settings.Stream}{of}", request,
                requestSerializer: NatsRawSerializer<byte[]>.Default, replySerializer: NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = patience }, cancellationToken: end.Token).AsTask(),
            limit, cancel).ConfigureAwait(false);
        if (answer.Headers is { Code: >= 400 } error)
        {
            return error.Code == NotFound
                ? null
                : throw new NatsException($"stream {settings.Stream} answered {error.Code} {error.MessageText}");
        }

        answer.EnsureSuccess();
        return answer.Headers is { } headers
            && headers.TryGetLastValue("Nats-Sequence", out var text)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && headers.TryGetLastValue("Nats-Time-Stamp", out var stamp)
            && DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? (sequence, at, headers, answer.Data ?? [])
                : throw new NatsException($"stream {settings.Stream} answered without a sequence number");
    }

    /// <summary>
    /// What is asked while the connection is made again waits until it is. Whoever waits so long takes no other way, so it is given up.
    /// </summary>
    /// <param name="limit">What it ends by.</param>
    private static async Task<T> WithinAsync<T>(Task<T> answer, CancellationTokenSource limit, CancellationToken cancel)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException("the stream did not answer in time");
        }
    }

    /// <summary>The server would forget it by itself soon.</summary>
    private async Task DeleteAsync(string name)
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await context.DeleteConsumerAsync(settings.Stream, name, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NatsException or OperationCanceledException)
        {
            // It goes a minute after its last request.
        }
    }
}
