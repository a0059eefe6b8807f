using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>state.json: one per repository, though a repository may hold many loops (docs/contract.md, "Runtime artifacts").</summary>
public sealed record RuntimeState(bool Active, long? Iteration, string? CurrentLoopId, DateTimeOffset? UpdatedAt, JsonElement Raw)
{
    public static ArtifactParse<RuntimeState> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<RuntimeState>.ParseObject(utf8, Parse);

    /// <summary>Reads what is in a file, or in a snapshot that carries it.</summary>
    public static ArtifactParse<RuntimeState> Parse(JsonElement root) =>
        ArtifactParse<RuntimeState>.NotAnObject(root)
        ?? (root.Flag("active") is { } active
            ? ArtifactParse<RuntimeState>.From(
                new(active, root.Whole("iteration"), root.Text("current_loop_id"), root.Time("updated_at"), root))
            : ArtifactParse<RuntimeState>.Invalid("\"active\" must be true or false"));

    /// <summary>Whether the state says that <paramref name="loopId"/> is at work.</summary>
    public bool IsActiveFor(string loopId) => Active && CurrentLoopId == loopId;
}
