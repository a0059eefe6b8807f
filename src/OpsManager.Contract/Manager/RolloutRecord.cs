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

/// <summary>
/// rollout.json: the stage of one loop, with who set it, when and why (docs/rollout.md). Every manager on the directory obeys
/// it.
/// </summary>
public sealed record RolloutRecord
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    /// <summary>Passive while the loop is rolled back, so that a manager that knows of stages only obeys as well.</summary>
    public required RolloutStage Stage { get; init; }

    public required DateTimeOffset? ChangedAt { get; init; }

    public required string? ChangedBy { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Why the manager rolled the loop back; null where it did not, or an operator has re-armed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RollbackRecord? Rollback { get; init; }

    /// <summary>The newest arming after a rollback; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RearmRecord? Rearm { get; init; }

    public static ArtifactParse<RolloutRecord> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<RolloutRecord>.ParseObject(utf8, Parse);

    /// <summary>
    /// Reads the file. A stage that is none of the two words, or a rollback that is none, makes it invalid, and then nobody may
    /// act.
    /// </summary>
    public static ArtifactParse<RolloutRecord> Parse(JsonElement root)
    {
        if (ArtifactParse<RolloutRecord>.NotAnObject(root) is { } fault)
        {
            return fault;
        }

        if (StageOf(root.Text("stage")) is not { } stage)
        {
            return ArtifactParse<RolloutRecord>.Invalid("\"stage\" must be passive or assisted");
        }

        var rollback = root.Field("rollback") is { } back ? RollbackRecord.Parse(back) : null;
        if (rollback is null && root.Field("rollback") is not null)
        {
            return ArtifactParse<RolloutRecord>.Invalid("\"rollback\" must be an object with a cause and a time");
        }

        return ArtifactParse<RolloutRecord>.From(new()
        {
            Stage = stage,
            ChangedAt = root.Time("changedAt"),
            ChangedBy = root.Word("changedBy"),
            Reason = root.Note("reason"),
            Rollback = rollback,
            Rearm = root.Field("rearm") is { } armed ? RearmRecord.Parse(armed) : null,
        });
    }

    internal static RolloutStage? StageOf(string? word) => word switch
    {
        "passive" => RolloutStage.Passive,
        "assisted" => RolloutStage.Assisted,
        _ => null,
    };
}
