using OpsManager.Core.Events;
using OpsManager.Sources.Local;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Timeline;

/// <summary>Lines of a log in words, read when they became visible.</summary>
/// <param name="Numbers">Which lines these are, from 0, in ascending order.</param>
internal sealed record VisibleLines(LoopKey Loop, EventLog Log, IReadOnlyList<int> Numbers, IReadOnlyList<EventLine> Lines)
{
    /// <summary>Whether these are the lines that a window shows.</summary>
    public bool AreOf(TimelineWindow window) =>
        ReferenceEquals(Log, window.Rows.Log) && Loop == LoopKey.From(window.Rows.Loop) && Numbers.SequenceEqual(window.Lines);

    /// <summary>A line of a log, where it was read; else null.</summary>
    public EventLine? Find(EventLog? log, int number)
    {
        for (var at = 0; ReferenceEquals(log, Log) && at < Numbers.Count; at++)
        {
            if (Numbers[at] == number)
            {
                return Lines[at];
            }
        }

        return null;
    }
}
