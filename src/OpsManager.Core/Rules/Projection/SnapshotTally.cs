using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Projection;

/// <summary>
/// What is known of a loop's events where only snapshots are used: the newest one's name and time, and how many there are.
/// </summary>
internal static class SnapshotTally
{
    /// <summary>The tally of a loop whose stream is switched off; the one that it has where nothing is different.</summary>
    public static EventTally From(LoopFacts loop, Projected projected, WithheldStream stream)
    {
        if (stream.Newest is not { } newest)
        {
            return Counted(loop, EventTally.Empty, stream);
        }

        // A snapshot's run id and iteration are the summary's where there is one, and of the event's status it tells only that it decided.
        var status = projected.Status == Lifecycle.Failed ? newest.Status : null;
        if (loop.Tally.Newest is { } shown && shown.Name == newest.Name && shown.At == newest.At && shown.RunId == projected.RunId
            && shown.Iteration == projected.Iteration && shown.Status == status)
        {
            return Counted(loop, loop.Tally, stream);
        }

        var log = LastEventLog.Create(
            newest.Name, newest.At is { } at ? UtcSecondsConverter.Text(at) : "", projected.RunId, projected.Iteration, status);
        return Counted(loop, EventTally.Empty.Add(log, 0, log.Count), stream);
    }

    private static EventTally Counted(LoopFacts loop, EventTally tally, WithheldStream stream) =>
        ReferenceEquals(tally, loop.Tally) && tally.Lines == stream.Count ? tally : tally with { Lines = stream.Count };
}
