using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>
/// How far a reader has got in one event log (docs/contract.md, "Cursor file"). It never moves back except by an explicit
/// from-start.
/// </summary>
public sealed record CursorFile
{
    public required string SchemaVersion { get; init; }

    public required string RepoPath { get; init; }

    public required string LoopId { get; init; }

    /// <summary>Path of events.jsonl relative to the repository.</summary>
    public required string EventsFile { get; init; }

    /// <summary>Lines already handed out.</summary>
    public required long EventLineOffset { get; init; }

    /// <summary>Complete lines that the log had then.</summary>
    public required long EventLineCount { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// First byte behind the lines that <see cref="Fingerprint"/> covers; null in a cursor of another tool, and where the
    /// fingerprint is of
    /// values.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ByteOffset { get; init; }

    /// <summary>What was read, to recognise a replaced log; null in a cursor of another tool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LogFingerprint? Fingerprint { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
