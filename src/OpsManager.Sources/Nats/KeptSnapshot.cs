using OpsManager.Contract.Fleet;

namespace OpsManager.Sources.Nats;

/// <summary>The newest snapshot of a loop in the stream.</summary>
/// <param name="Log">The identity of the log that it is of; empty where that has no line yet.</param>
/// <param name="Lines">The lines of its cursor.</param>
/// <param name="From">The first line that it rests on; the lines before it are needed only when somebody looks at the loop.</param>
/// <param name="FromSequence">From where in the stream on these lines are found; 1 where that is not known.</param>
/// <param name="At">When the server took it.</param>
internal sealed record KeptSnapshot(
    string Tag, string Log, long Lines, long From, ulong FromSequence, DateTimeOffset At, ReadOnlyMemory<byte> Body)
{
    /// <summary>Null where the message does not say what it is.</summary>
    public static KeptSnapshot? Read(FleetMessage message)
    {
        if (message.Text(FleetHeaders.Tag) is not { } tag || message.Number(FleetHeaders.Line) is not { } lines)
        {
            return null;
        }

        var from = message.Number(FleetHeaders.From) is { } first && first <= lines ? Math.Max(1, first) : 1;
        var sequence = message.Number(FleetHeaders.FromSequence) is > 0 and var number && (ulong)number < message.Sequence ? number : 1;
        return new KeptSnapshot(
            tag, message.Text(FleetHeaders.Log) ?? "", lines, from, (ulong)sequence, message.At, message.Body);
    }
}
