using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// Reads sequence diagnostics that were kept before, by this or by another tool. What the next judgement goes by is taken:
/// <c>snapshot.current</c>, <c>events.last</c>, <c>driftActive</c> and our cursor. Everything else may be absent or of another kind.
/// </summary>
public static class KeptSequence
{
    /// <summary>Null where it is no object.</summary>
    public static SequenceRecord? From(JsonElement? kept)
    {
        if (kept is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var drift = root.Flag("driftActive") ?? false;
        var status = drift ? SequenceRecord.OrderingDrift : SequenceRecord.Ok;
        return new SequenceRecord
        {
            Status = status,
            ReasonCode = root.Text("reasonCode"),
            DriftActive = drift,
            Violations = [],
            Snapshot = Snapshot(root.Field("snapshot")),
            Events = Events(root.Field("events")),
            Transition = new SequenceTransition { PreviousStatus = null, CurrentStatus = status, Changed = false },
            Cursor = Cursor(root.Field("cursor")),
        };
    }

    private static SnapshotSequence Snapshot(JsonElement? kept) => new()
    {
        Previous = Line(kept, "previous"),
        Current = Line(kept, "current"),
        Monotonic = true,
        Regressed = false,
        Missing = false,
    };

    private static EventSequence Events(JsonElement? kept) => new()
    {
        IngestedCount = 0,
        PreviousLast = Line(kept, "previousLast"),
        First = Line(kept, "first"),
        Last = Line(kept, "last"),
        MonotonicWithinBatch = true,
        MonotonicAcrossBatches = true,
        Regressed = false,
        Missing = false,
    };

    private static SequenceCursor? Cursor(JsonElement? kept) =>
        kept?.Text("file") is { } file && Line(kept, "after") is { } after
            ? new SequenceCursor { File = file, Before = Line(kept, "before"), After = after }
            : null;

    private static long? Line(JsonElement? kept, string name) => kept?.Whole(name) is >= 0 and var line ? line : null;
}
