using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>heartbeat.v1.json, which newer runtimes write (docs/contract.md, "Runtime artifacts").</summary>
public sealed record Heartbeat(DateTimeOffset Timestamp, string? Status, string? Stage, JsonElement Raw)
{
    public static ArtifactParse<Heartbeat> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<Heartbeat>.ParseObject(utf8, static root =>
        root.Time("timestamp") is not { } timestamp
            ? (null, "\"timestamp\" must be an ISO 8601 time")
            : (new Heartbeat(timestamp, root.Text("status"), root.Text("stage"), root), null));
}
