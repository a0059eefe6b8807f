using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Artifacts;

/// <summary>
/// approval.json: present while an approval is pending, or decided and not yet consumed (docs/contract.md, "Runtime
/// artifacts").
/// </summary>
public sealed record Approval(
    string Status,
    string? RunId,
    long? Iteration,
    DateTimeOffset? RequestedAt,
    string? DecidedBy,
    string? DecidedNote,
    DateTimeOffset? DecidedAt,
    JsonElement Raw)
{
    public bool IsPending => Status == DecisionWords.Pending;

    public bool IsDecided => Status is DecisionWords.Approved or DecisionWords.Rejected;

    public static ArtifactParse<Approval> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<Approval>.ParseObject(utf8, Parse);

    /// <summary>Reads what is in a file, or in a snapshot that carries it.</summary>
    public static ArtifactParse<Approval> Parse(JsonElement root)
    {
        if (ArtifactParse<Approval>.NotAnObject(root) is { } fault)
        {
            return fault;
        }

        if (root.Text("status") is not { Length: > 0 } status)
        {
            return ArtifactParse<Approval>.Invalid("\"status\" must be text");
        }

        var decision = root.Field("decision");
        return ArtifactParse<Approval>.From(new(
            status,
            root.Text("run_id"),
            root.Whole("iteration"),
            root.Time("requested_at"),
            root.Text("decided_by") ?? decision?.Text("by"),
            root.Text("decided_note") ?? decision?.Text("note"),
            root.Time("decided_at") ?? decision?.Time("at"),
            root));
    }
}
