using System.Globalization;
using NATS.Client.Core;
using OpsManager.Contract.Fleet;

namespace OpsManager.Service.Publish;

/// <summary>
/// Writes the messages of one subject, each behind the one that it expects there: nothing is doubled, and nothing of another publisher
/// comes between. After every doubt the last message has to be looked at (<see cref="LastAsync"/>, <see cref="Align"/>).
/// </summary>
/// <param name="publisher">The id of this process.</param>
internal sealed class SubjectWriter(FleetBus bus, string subject, string publisher)
{
    private const string MessageId = "Nats-Msg-Id";
    private const string ExpectedSequence = "Nats-Expected-Last-Subject-Sequence";

    /// <summary>Messages that were begun again since the last success: the server remembers the ids of the first attempt.</summary>
    private int attempt;

    public string Subject => subject;

    /// <summary>Whether the last message of the subject is known.</summary>
    public bool IsAligned { get; private set; }

    /// <summary>Number of the last message of the subject; 0 where there is none.</summary>
    public ulong LastSequence { get; private set; }

    /// <exception cref="BusFault">It cannot be asked for.</exception>
    public Task<BusMessage?> LastAsync(CancellationToken cancel) => bus.LastAsync(subject, cancel);

    /// <summary>The last message was looked at: it has this number.</summary>
    public void Align(ulong sequence) => (LastSequence, IsAligned) = (sequence, true);

    /// <summary>Sends one message, in parts where it is too large for the server.</summary>
    /// <param name="id">The message id, by which the server knows it again for a while; null for none.</param>
    /// <returns>False where another message is the last one, or the server had this one: look at the last one first.</returns>
    /// <exception cref="BusFault">It was not taken, or nothing is known of it.</exception>
    public async Task<bool> TrySendAsync(
        ReadOnlyMemory<byte> body, (string Name, string? Value)[] headers, string? id, CancellationToken cancel)
    {
        var count = Math.Max(1, (body.Length + bus.MaxBody - 1) / bus.MaxBody);
        var size = (body.Length + count - 1) / count;
        var first = 0UL;
        for (var part = 1; part <= count; part++)
        {
            var all = Headers(headers, count == 1 ? null : part, count, first);
            if (id is not null)
            {
                all[MessageId] = Id(id, count == 1 ? null : part);
            }

            var bytes = body[((part - 1) * size)..Math.Min(body.Length, part * size)];
            if (!await TrySendPartAsync(bytes, all, cancel).ConfigureAwait(false))
            {
                return false;
            }

            first = first == 0 ? LastSequence : first;
        }

        attempt = 0;
        return true;
    }

    private async Task<bool> TrySendPartAsync(ReadOnlyMemory<byte> bytes, NatsHeaders headers, CancellationToken cancel)
    {
        // Until the answer is here, nothing is known.
        IsAligned = false;
        attempt++;
        headers[ExpectedSequence] = LastSequence.ToString(CultureInfo.InvariantCulture);
        try
        {
            var (sequence, isDuplicate) = await bus.PublishAsync(subject, bytes, headers, cancel).ConfigureAwait(false);
            if (isDuplicate)
            {
                return false;
            }

            Align(sequence);
            attempt--;
            return true;
        }
        catch (BusFault fault) when (fault.Kind == BusFaultKind.WrongSequence)
        {
            return false;
        }
    }

    private NatsHeaders Headers((string Name, string? Value)[] headers, int? part, int count, ulong first)
    {
        var all = new NatsHeaders { [FleetHeaders.Publisher] = publisher };
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                all[name] = value;
            }
        }

        if (part is { } index)
        {
            all[FleetHeaders.Part] = string.Create(CultureInfo.InvariantCulture, $"{index}/{count}");
            if (index > 1)
            {
                all[FleetHeaders.FirstSequence] = first.ToString(CultureInfo.InvariantCulture);
            }
        }

        return all;
    }

    private string Id(string id, int? part)
    {
        var again = attempt == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}/{publisher}-{attempt}");
        return part is { } index ? string.Create(CultureInfo.InvariantCulture, $"{again}/{index}") : again;
    }
}
