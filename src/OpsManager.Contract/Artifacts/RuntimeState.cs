using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>state.json: one per repository, though a repository may hold many loops (docs/contract.md, "Runtime artifacts").</summary>
public sealed record RuntimeState(bool Active, int? Iteration, string? CurrentLoopId, DateTimeOffset? UpdatedAt, JsonElement Raw)
{
    public static ArtifactParse<RuntimeState> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<RuntimeState>.ParseObject(utf8, static root =>
        root.Flag("active") is not { } active
            ? (null, "\"active\" must be true or false")
            : (new RuntimeState(active, root.Number("iteration"), root.Text("current_loop_id"), root.Time("updated_at"), root), null));

    /// <summary>Whether the state says that <paramref name="loopId"/> is at work.</summary>
    public bool IsActiveFor(string loopId) => Active && CurrentLoopId == loopId;
}
