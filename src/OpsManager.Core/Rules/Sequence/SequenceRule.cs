using OpsManager.Contract.Manager;

namespace OpsManager.Core.Rules.Sequence;

/// <summary>Judges whether snapshots and events came in order (docs/contract.md, "Sequence diagnostics").</summary>
public static class SequenceRule
{
    /// <param name="before">What was judged before; null the first time.</param>
    /// <param name="snapshotSequence">The snapshot's number; null where it has none.</param>
    /// <param name="events">The batch that came with it.</param>
    /// <param name="fromStart">
    /// Reading over from the start was asked for, so that events that go back are no regression. In a log that has fewer lines they
    /// are one.
    /// </param>
    public static SequenceRecord Judge(SequenceRecord? before, long? snapshotSequence, IngestedEvents events, bool fromStart)
    {
        var previousSnapshot = before?.Snapshot.Current ?? before?.Snapshot.Previous;
        var isCut = snapshotSequence < previousSnapshot;
        var previousLast = fromStart && !isCut ? null : before?.Events.Last ?? before?.Events.PreviousLast;
        var snapshot = new SnapshotSequence
        {
            Previous = previousSnapshot,
            Current = snapshotSequence,
            Missing = snapshotSequence is null,
            Regressed = isCut,
            Monotonic = snapshotSequence is not null && !isCut,
        };
        var regressed = events.First <= previousLast;
        var batch = new EventSequence
        {
            IngestedCount = events.Count,
            PreviousLast = previousLast,
            First = events.First,
            Last = events.Last,
            MonotonicWithinBatch = !events.NonMonotonic,
            MonotonicAcrossBatches = !regressed,
            Regressed = regressed,
            Missing = events.Missing,
        };
        var violations = Violations(snapshot, batch);
        var status = violations.Count == 0 ? SequenceRecord.Ok : SequenceRecord.OrderingDrift;
        return new SequenceRecord
        {
            Status = status,
            ReasonCode = violations.Count == 0 ? null : violations[0],
            DriftActive = violations.Count > 0,
            Violations = violations,
            Snapshot = snapshot,
            Events = batch,
            Transition = new SequenceTransition
            {
                PreviousStatus = before?.Status,
                CurrentStatus = status,
                Changed = before is not null && before.Status != status,
                PreviousDriftActive = before?.DriftActive ?? false,
                TransitionedToDrift = violations.Count > 0 && before?.DriftActive != true,
                RecoveredFromDrift = violations.Count == 0 && before?.DriftActive == true,
            },
        };
    }

    /// <summary>
    /// What was judged before, as it stood when the cursor was written: of a pass that was ended before it wrote its cursor, the events
    /// come again, and that is no drift. What it saw of the log's length holds all the same.
    /// </summary>
    /// <param name="cursorFile">Where this pass keeps its cursor.</param>
    /// <param name="cursor">Lines handed out, as the cursor says; null where there is none.</param>
    public static SequenceRecord? Finished(SequenceRecord? before, string cursorFile, long? cursor) =>
        before is { Cursor: { } moved } && moved.File == cursorFile && moved.Before == cursor && moved.After != cursor
            ? before with { Events = before.Events with { Last = null } }
            : before;

    private static List<string> Violations(SnapshotSequence snapshot, EventSequence events)
    {
        var violations = new List<string>();
        void When(bool wrong, string violation)
        {
            if (wrong)
            {
                violations.Add(violation);
            }
        }

        When(snapshot.Missing, SequenceViolations.SnapshotMissing);
        When(snapshot.Regressed, SequenceViolations.SnapshotRegression);
        When(events.Missing, SequenceViolations.EventMissing);
        When(!events.MonotonicWithinBatch, SequenceViolations.EventNonMonotonic);
        When(events.Regressed, SequenceViolations.EventRegression);
        return violations;
    }
}
