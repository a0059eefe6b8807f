using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>A row of decisions.jsonl: what a person decided on an approval (docs/contract.md, "Runtime artifacts").</summary>
/// <param name="Word"><c>approved</c> or <c>rejected</c>, as the runtime wrote it.</param>
/// <param name="Note">At most <see cref="JsonFields.MaxNoteChars"/> characters of it.</param>
public sealed record Decision(DateTimeOffset? Timestamp, string? RunId, long? Iteration, string Word, string? By, string? Note)
{
    public static ArtifactParse<Decision> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<Decision>.ParseObject(utf8, Parse);

    /// <summary>Reads one row.</summary>
    public static ArtifactParse<Decision> Parse(JsonElement root) =>
        ArtifactParse<Decision>.NotAnObject(root)
        ?? (root.Word("decision") is { Length: > 0 } word
            ? ArtifactParse<Decision>.From(
                new(root.Time("timestamp"), root.Word("run_id"), root.Whole("iteration"), word, root.Word("by"), root.Note("note")))
            : ArtifactParse<Decision>.Invalid("\"decision\" must be text"));
}
