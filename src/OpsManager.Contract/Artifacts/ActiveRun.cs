using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>active-run.json: the process that claims the repository (docs/contract.md, "Runtime artifacts").</summary>
public sealed record ActiveRun(int Pid, int? ProcessGroup, string? LoopId, int? Iteration, string? Stage, DateTimeOffset? UpdatedAt, JsonElement Raw)
{
    public static ArtifactParse<ActiveRun> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<ActiveRun>.ParseObject(utf8, static root =>
        root.Number("pid") is not (> 0 and var pid)
            ? (null, "\"pid\" must be a positive number")
            : (new ActiveRun(pid, root.Number("pgid"), root.Text("loop_id"), root.Number("iteration"), root.Text("stage"), root.Time("updated_at"), root), null));
}
