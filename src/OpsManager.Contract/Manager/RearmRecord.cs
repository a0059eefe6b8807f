using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>
/// That an operator has re-armed a loop after a rollback, and what they have seen and accepted by that (docs/rollout.md).
/// </summary>
public sealed record RearmRecord
{
    public required DateTimeOffset At { get; init; }

    public required string? By { get; init; }

    public required string? Reason { get; init; }

    /// <summary>The incident that it ended.</summary>
    public required string? Incident { get; init; }

    /// <summary>Lines of the log then: what was counted before no longer binds, this does.</summary>
    public required long EventLineOffset { get; init; }

    /// <summary>Rows of intents.jsonl then: these were seen by the operator, and are not audited again.</summary>
    public required long IntentRows { get; init; }

    /// <summary>The manager's cursor then, which no longer binds; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AcceptedCursor? Cursor { get; init; }

    /// <summary>Whether a cursor is the one that was accepted. It is recognised by its content: clocks may be set back.</summary>
    public bool Accepts(CursorFile kept) =>
        Cursor is { } accepted && accepted.EventLineOffset == kept.EventLineOffset && accepted.UpdatedAt == kept.UpdatedAt;

    /// <summary>Reads it; null where it has no time.</summary>
    public static RearmRecord? Parse(JsonElement rearm) => rearm.Time("at") is { } at
        ? new()
        {
            At = at,
            By = rearm.Word("by"),
            Reason = rearm.Note("reason"),
            Incident = rearm.Word("incident"),
            EventLineOffset = Count(rearm, "eventLineOffset"),
            IntentRows = Count(rearm, "intentRows"),
            Cursor = rearm.Field("cursor") is { } cursor && cursor.Time("updatedAt") is { } updated
                ? new AcceptedCursor(Count(cursor, "eventLineOffset"), updated)
                : null,
        }
        : null;

    private static long Count(JsonElement rearm, string name) =>
        rearm.Field(name) is { ValueKind: JsonValueKind.Number } number && WholeNumber.From(number) is { } count
            ? Math.Max(0, count)
            : 0;
}

/// <summary>A cursor as it was when a loop was re-armed.</summary>
public sealed record AcceptedCursor(long EventLineOffset, DateTimeOffset UpdatedAt);
