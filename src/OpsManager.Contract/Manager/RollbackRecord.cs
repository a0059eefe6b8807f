using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>The rollback of a loop, in rollout.json (docs/rollout.md).</summary>
public sealed record RollbackRecord
{
    /// <summary>A code of docs/rollout.md; one that is not known here is a rollback all the same.</summary>
    public required string Cause { get; init; }

    /// <summary>The cause in one sentence.</summary>
    public required string? Why { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the incident note: <c>incidents/ID.md</c> beside this file.</summary>
    public required string? Incident { get; init; }

    /// <summary>The newest line of the log that was read while nothing was wrong; null where none was.</summary>
    public required long? LastGoodCursor { get; init; }

    /// <summary>The stage that comes back when the loop is re-armed.</summary>
    public required RolloutStage StageBefore { get; init; }

    /// <summary>Reads it; null where it names no cause or no time.</summary>
    public static RollbackRecord? Parse(JsonElement rollback) =>
        rollback.Word("cause") is { Length: > 0 } cause && rollback.Time("at") is { } at
        ? new()
        {
            Cause = cause,
            Why = rollback.Note("why"),
            At = at,
            Incident = rollback.Word("incident"),
            LastGoodCursor = rollback.Field("lastGoodCursor") is { ValueKind: JsonValueKind.Number } number
                ? WholeNumber.From(number)
                : null,
            StageBefore = RolloutRecord.StageOf(rollback.Text("stageBefore")) ?? RolloutStage.Passive,
        }
        : null;
}
