using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>The newest snapshot of a loop in the stream.</summary>
/// <param name="Log">The identity of the log that it is of.</param>
/// <param name="Lines">The lines of its cursor.</param>
/// <param name="At">When the server took it.</param>
internal sealed record KeptSnapshot(string Tag, string Log, long Lines, DateTimeOffset At, ReadOnlyMemory<byte> Body)
{
    /// <summary>Null where the message does not say what it is.</summary>
    public static KeptSnapshot? From(FleetMessage message) =>
        message.Text(FleetHeaders.Tag) is { } tag
        && message.Text(FleetHeaders.Log) is { } log
        && message.Number(FleetHeaders.Line) is { } lines
            ? new KeptSnapshot(tag, log, lines, message.At, message.Body)
            : null;
}
