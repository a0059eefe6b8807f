using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Service;

/// <summary>
/// The loops of a repository: what <c>GET /ops/loops</c> answers and the verb <c>loops</c> prints (docs/contract.md, "Service";
/// additive).
/// </summary>
public sealed record LoopList
{
    public bool Ok { get; init; } = true;

    public required string SchemaVersion { get; init; }

    public string? TraceId { get; init; }

    public required string RepoPath { get; init; }

    public required IReadOnlyList<LoopEntry> Loops { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>One loop and its state.</summary>
public sealed record LoopEntry
{
    public required string LoopId { get; init; }

    /// <summary>The assessment's word; null where the loop cannot be read.</summary>
    public required Lifecycle? Lifecycle { get; init; }

    /// <summary>The word for people where it is not the lifecycle's own, such as <c>paused</c>; absent where it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Display { get; init; }

    /// <summary>The contract status; null where the loop cannot be read.</summary>
    public required Lifecycle? Status { get; init; }

    /// <summary>The <c>ETag</c> of its snapshot now; a caller that has this one need not ask. Absent where it is unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SnapshotTag { get; init; }

    /// <summary>Why the loop cannot be read; absent where it can.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fault { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
