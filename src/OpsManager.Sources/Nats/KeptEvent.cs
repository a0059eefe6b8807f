using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>An event as it came from the stream.</summary>
/// <param name="Log">The identity of its log.</param>
/// <param name="Line">Its line in it, from 1.</param>
/// <param name="Previous">The line of the event before it; 0 for the first.</param>
internal sealed record KeptEvent(string Log, long Line, long Previous, ulong Sequence, ReadOnlyMemory<byte> Body)
{
    /// <summary>Null where the message does not say what it is.</summary>
    public static KeptEvent? From(FleetMessage message) =>
        message.Text(FleetHeaders.Log) is { } log
        && message.Number(FleetHeaders.Line) is > 0 and var line
        && message.Number(FleetHeaders.Previous) is { } previous
        && previous < line
            ? new KeptEvent(log, line, previous, message.Sequence, message.Body)
            : null;
}
