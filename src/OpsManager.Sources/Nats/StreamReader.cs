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

    /// <summary>The messages of one subject from a number on, as far as there are any now.</summary>
    /// <exception cref="NatsException">The server does not answer, or refuses.</exception>
    public async IAsyncEnumerable<FleetMessage> FromAsync(
        FleetSubject subject, ulong sequence, [EnumeratorCancellation] CancellationToken cancel)
    {
        var consumer = await ConsumerAsync(
            subject.Text(settings.Prefix), ConsumerConfigDeliverPolicy.ByStartSequence, sequence, cancel).ConfigureAwait(false);
        try
        {
            // A fetch ends only when the server has waited for more: what there is now was counted when the consumer was made.
            for (var isMore = consumer.Info.NumPending > 0; isMore;)
            {
                isMore = false;
                var batch = consumer.FetchNoWaitAsync(
                    new NatsJSFetchOpts { MaxMsgs = Batch, Expires = patience }, NatsRawSerializer<byte[]>.Default, cancel);
                await foreach (var message in batch.ConfigureAwait(false))
                {
                    if (From(message) is { } one)
                    {
                        yield return one;
                    }

                    isMore = message.Metadata is { NumPending: > 0 };
                    if (!isMore)
                    {
                        break;
                    }
                }
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
        return await context.CreateOrUpdateConsumerAsync(settings.Stream, new ConsumerConfig
        {
            Name = $"ops-manager-{Guid.NewGuid():N}",
            DeliverPolicy = from,
            OptStartSeq = from == ConsumerConfigDeliverPolicy.ByStartSequence ? Math.Max(1, sequence) : 0,
            FilterSubject = subjects,
            AckPolicy = ConsumerConfigAckPolicy.None,
            MemStorage = true,
            NumReplicas = 1,
            InactiveThreshold = TimeSpan.FromMinutes(1),
        }, end.Token).ConfigureAwait(false);
    }

    /// <summary>How many messages a consumer has still to deliver, and how many it has delivered.</summary>
    /// <exception cref="NatsException">It is no longer there, or the server does not answer.</exception>
    public async Task<(ulong Pending, ulong Delivered)> CheckAsync(INatsJSConsumer consumer, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var now = await context.GetConsumerAsync(settings.Stream, consumer.Info.Name, end.Token).ConfigureAwait(false);
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
        var answer = await connection.RequestAsync<byte[], byte[]>(
            $"$JS.API.DIRECT.GET.{settings.Stream}{of}", request,
            requestSerializer: NatsRawSerializer<byte[]>.Default, replySerializer: NatsRawSerializer<byte[]>.Default,
            replyOpts: new NatsSubOpts { Timeout = patience }, cancellationToken: cancel).ConfigureAwait(false);
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
