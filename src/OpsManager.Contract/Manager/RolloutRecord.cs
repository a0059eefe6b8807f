using System.Text.Json;
using System.Text.Json.Serialization;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Manager;

/// <summary>How far a loop is trusted to the manager.</summary>
[JsonConverter(typeof(WordConverter<RolloutStage>))]
public enum RolloutStage
{
    /// <summary>It is only watched.</summary>
    [JsonStringEnumMemberName("passive")] Passive,

    /// <summary>Operators may act on it.</summary>
    [JsonStringEnumMemberName("assisted")] Assisted,
}

/// <summary>rollout.json: the stage of one loop, with who set it, when and why (docs/rollout.md). Every manager on the directory obeys it.</summary>
public sealed record RolloutRecord
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required RolloutStage Stage { get; init; }

    public required DateTimeOffset? ChangedAt { get; init; }

    public required string? ChangedBy { get; init; }

    public required string? Reason { get; init; }

    public static ArtifactParse<RolloutRecord> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<RolloutRecord>.ParseObject(utf8, Of);

    /// <summary>Reads the file; a stage that is none of the two words makes it invalid, and then nobody may act.</summary>
    public static ArtifactParse<RolloutRecord> Of(JsonElement root) => ArtifactParse<RolloutRecord>.NotAnObject(root)
        ?? (StageOf(root.Text("stage")) is { } stage
            ? ArtifactParse<RolloutRecord>.Of(new()
            {
                Stage = stage,
                ChangedAt = root.Time("changedAt"),
                ChangedBy = root.Word("changedBy"),
                Reason = root.Note("reason"),
            })
            : ArtifactParse<RolloutRecord>.Invalid("\"stage\" must be passive or assisted"));

    private static RolloutStage? StageOf(string? word) => word switch
    {
        "passive" => RolloutStage.Passive,
        "assisted" => RolloutStage.Assisted,
        _ => null,
    };
}
