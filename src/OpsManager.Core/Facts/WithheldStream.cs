using OpsManager.Core.Events;

namespace OpsManager.Core.Facts;

/// <summary>
/// The event stream of a loop where it is switched off. It is followed for what a snapshot says of it, its length and its newest
/// event, and nothing else of it is used.
/// </summary>
/// <param name="Count">Rows of the log that were seen.</param>
/// <param name="Newest">The newest event; null where there is none.</param>
public sealed record WithheldStream(EventLog Log, int Count, EventMoment? Newest)
{
    public static WithheldStream From(EventLog log, int count, WithheldStream? before)
    {
        var known = ReferenceEquals(before?.Log, log) ? before : null;
        for (var row = count - 1; row >= (known?.Count ?? 0); row--)
        {
            if (log[row].IsEvent)
            {
                return new(log, count, log.Moment(row));
            }
        }

        return new(log, count, known?.Newest);
    }
}
