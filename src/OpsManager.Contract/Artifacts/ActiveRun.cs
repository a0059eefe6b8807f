using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>active-run.json: the process that claims the repository (docs/contract.md, "Runtime artifacts").</summary>
public sealed record ActiveRun(
    int Pid, int? ProcessGroup, string? LoopId, long? Iteration, string? Stage, DateTimeOffset? UpdatedAt, JsonElement Raw)
{
    /// <summary>The repository that the run was started for, by its path where it runs; null where the file does not say.</summary>
    public string? Repo { get; init; }

    public static ArtifactParse<ActiveRun> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<ActiveRun>.ParseObject(utf8, Parse);

    /// <summary>Reads what is in a file, or in a snapshot that carries it.</summary>
    public static ArtifactParse<ActiveRun> Parse(JsonElement root) =>
        ArtifactParse<ActiveRun>.NotAnObject(root)
        ?? (root.Number("pid") is > 0 and var pid
            ? ArtifactParse<ActiveRun>.From(
                new(pid, root.Number("pgid"), root.Text("loop_id"), root.Whole("iteration"), root.Text("stage"),
                root.Time("updated_at"), root)
                { Repo = root.Note("repo") })
            : ArtifactParse<ActiveRun>.Invalid("\"pid\" must be a positive number"));
}
