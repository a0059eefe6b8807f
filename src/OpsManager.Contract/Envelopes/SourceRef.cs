using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Envelopes;

/// <summary>Which loop of which repository something was read from.</summary>
public sealed record SourceRef
{
    public required string RepoPath { get; init; }

    public required string LoopId { get; init; }

    [JsonExtensionData] public IDictionary<string, JsonElement>? Unknown { get; set; }
}
