using NATS.Client.Core;
using NATS.Client.JetStream;

namespace OpsManager.Sources.Nats;

/// <summary>Takes what a consumer of the stream hands out, one message after the other, and sees when one is missing.</summary>
/// <param name="take">Takes one message.</param>
/// <param name="hasAll">Ended when everything that was there has been taken; null where nobody waits for it.</param>
internal sealed class FleetConsumer(
    INatsJSConsumer consumer, StreamReader reader, Func<FleetMessage, CancellationToken, Task> take, TaskCompletionSource? hasAll = null)
{
    /// <summary>Messages that the server sends at once.</summary>
    private const int Batch = 1000;

    private readonly ulong first = (ulong)consumer.Info.NumPending;
    private ulong taken;

    /// <exception cref="NatsException">A message is missing, or the server does not answer.</exception>
    public async Task TakeAllAsync(CancellationToken cancel)
    {
        Told(first);
        var messages = consumer.ConsumeAsync(NatsRawSerializer<byte[]>.Default, new NatsJSConsumeOpts { MaxMsgs = Batch }, cancel);
        await foreach (var message in messages.ConfigureAwait(false))
        {
            if (message.Metadata is not { } metadata || metadata.Sequence.Consumer != taken + 1)
            {
                throw new NatsException("a message was lost on its way; the stream is read again from the last one");
            }

            if (reader.From(message) is { } one)
            {
                await take(one, cancel).ConfigureAwait(false);
            }

            Volatile.Write(ref taken, taken + 1);
            Told(metadata.NumPending);
        }
    }

    /// <summary>Looks whether the consumer is there still: a server that was started again has forgotten it.</summary>
    /// <exception cref="NatsException">It is not, or the server does not answer.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var (pending, delivered) = await reader.CheckAsync(consumer, cancel).ConfigureAwait(false);
        if (delivered == Volatile.Read(ref taken))
        {
            Told(pending);
        }
    }

    /// <summary>Some servers count too many that are still to come: those that were there at first are counted here too.</summary>
    private void Told(ulong pending)
    {
        if (pending == 0 || Volatile.Read(ref taken) >= first)
        {
            hasAll?.TrySetResult();
        }
    }
}
