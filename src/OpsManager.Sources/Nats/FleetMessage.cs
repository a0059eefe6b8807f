using NATS.Client.Core;
using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>One message of the stream, as it was kept there (docs/fleet.md, "Messages").</summary>
/// <param name="Sequence">Its number in the stream, from 1.</param>
/// <param name="At">When the server took it, by the server's clock.</param>
internal readonly record struct FleetMessage(
    FleetSubject Subject, ulong Sequence, DateTimeOffset At, NatsHeaders? Headers, ReadOnlyMemory<byte> Body)
{
    /// <inheritdoc cref="MessageHeaders.Text"/>
    public string? Text(string header) => MessageHeaders.Text(Headers, header);

    /// <inheritdoc cref="MessageHeaders.Number"/>
    public long? Number(string header) => MessageHeaders.Number(Headers, header);

    /// <inheritdoc cref="MessageHeaders.Part"/>
    public (int Number, int Count)? Part => MessageHeaders.Part(Headers);
}
