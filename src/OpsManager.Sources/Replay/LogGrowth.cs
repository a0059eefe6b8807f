using OpsManager.Core.Facts.Observations;

namespace OpsManager.Sources.Replay;

/// <summary>
/// A log grew and nothing else was seen: most looks at a long recording are that, and all of one log share one of these.
/// </summary>
internal sealed class LogGrowth(EventsSeen first) : ILookSeen
{
    public IEnumerable<Observation> At(DateTimeOffset at, int rows) => [Seen(at, rows)];

    /// <summary>Whether an observation can be made again from its time and its rows alone.</summary>
    public bool Makes(EventsSeen seen) => ReferenceEquals(seen.Log, first.Log) && Seen(seen.At, seen.Count) == seen;

    private EventsSeen Seen(DateTimeOffset at, int rows)
    {
        ref readonly var last = ref first.Log[rows - 1];
        return first with { At = at, Count = rows, Stamp = new FileStamp(last.Offset + last.Length + 1, at) };
    }
}
