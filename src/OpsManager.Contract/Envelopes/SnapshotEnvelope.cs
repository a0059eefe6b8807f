using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Envelopes;

/// <summary>What a loop's artifacts said at one moment: <c>loop_run_snapshot</c> of docs/contract.md.</summary>
public sealed record SnapshotEnvelope
{
    public required string SchemaVersion { get; init; }

    public required string EnvelopeType { get; init; }

    public required DateTimeOffset EmittedAt { get; init; }

    /// <summary>Always written; absent where an older tool wrote it.</summary>
    public string? TraceId { get; init; }

    public required SourceRef Source { get; init; }

    public required SnapshotRun Run { get; init; }

    public required SnapshotRuntime Runtime { get; init; }

    public required SnapshotArtifacts Artifacts { get; init; }

    public required SequenceRef Sequence { get; init; }

    public required CursorRef Cursor { get; init; }

    public required SnapshotHealth Health { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The run that the snapshot speaks of. <c>Summary</c> is the last entry of run-summary.json.</summary>
public sealed record SnapshotRun
{
    public required string RunId { get; init; }

    public required long Iteration { get; init; }

    public required Lifecycle Status { get; init; }

    public required JsonElement? Summary { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The small artifacts as the runtime wrote them, null where a file is absent.</summary>
public sealed record SnapshotRuntime
{
    public required JsonElement? SuperloopState { get; init; }

    public required JsonElement? ActiveRun { get; init; }

    public required JsonElement? Approval { get; init; }

    /// <summary>Always written; absent where an older tool wrote it.</summary>
    public JsonElement? Heartbeat { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>The files behind the snapshot.</summary>
public sealed record SnapshotArtifacts
{
    public required ArtifactRef Events { get; init; }

    public required ArtifactRef RunSummary { get; init; }

    public required ArtifactRef State { get; init; }

    public required ArtifactRef ActiveRun { get; init; }

    public required ArtifactRef Approval { get; init; }

    /// <summary>Always written; absent where an older tool wrote it.</summary>
    public ArtifactRef? Heartbeat { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>One file: path relative to the repository, size in bytes, newlines counted, mtime in whole seconds since 1970 UTC.</summary>
public sealed record ArtifactRef
{
    public required string Path { get; init; }

    public required bool Exists { get; init; }

    public required long SizeBytes { get; init; }

    public required long LineCount { get; init; }

    public required string? Sha256 { get; init; }

    public required long? MtimeEpoch { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Facts of the snapshot that health is judged by.</summary>
public sealed record SnapshotHealth
{
    public required long EventCount { get; init; }

    public required string? LastEventAt { get; init; }

    public required string? LastEventName { get; init; }

    public required string? LastSummaryAt { get; init; }

    public required bool HasPendingApproval { get; init; }

    public required JsonElement? Gates { get; init; }

    public required JsonElement? Stuck { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
