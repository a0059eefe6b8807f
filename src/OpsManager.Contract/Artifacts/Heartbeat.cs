using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>heartbeat.v1.json, which newer runtimes write (docs/contract.md, "Runtime artifacts").</summary>
public sealed record Heartbeat(DateTimeOffset Timestamp, string? Status, string? Stage, JsonElement Raw)
{
    public static ArtifactParse<Heartbeat> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<Heartbeat>.ParseObject(utf8, Parse);

    /// <summary>Reads what is in a file, or in a snapshot that carries it.</summary>
    public static ArtifactParse<Heartbeat> Parse(JsonElement root) =>
        ArtifactParse<Heartbeat>.NotAnObject(root)
        ?? (root.Time("timestamp") is { } timestamp
            ? ArtifactParse<Heartbeat>.From(new(timestamp, root.Text("status"), root.Text("stage"), root))
            : ArtifactParse<Heartbeat>.Invalid("\"timestamp\" must be an ISO 8601 time"));
}
