using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>
/// The result of reading one small runtime artifact. Empty or half-written text is <see cref="MayBeTorn"/>: the runtime
/// truncates before it writes, so it is "being written" until it has stayed so (docs/contract.md, "Torn reads").
/// </summary>
public readonly record struct ArtifactParse<T>(T? Value, string? Fault, bool MayBeTorn)
    where T : class
{
    public static ArtifactParse<T> From(T value) => new(value, null, false);

    public static ArtifactParse<T> Torn(string fault) => new(null, fault, true);

    public static ArtifactParse<T> Invalid(string fault) => new(null, fault, false);

    /// <summary>Parses one JSON object and hands it to <paramref name="read"/>.</summary>
    public static ArtifactParse<T> ParseObject(ReadOnlyMemory<byte> utf8, Func<JsonElement, ArtifactParse<T>> read)
    {
        var text = ArtifactText.WithoutMark(utf8);
        if (ArtifactText.IsBlank(text.Span))
        {
            return Torn("the file is empty");
        }

        // Half a character at the end is how a half-written file may look.
        if (!ArtifactText.IsUtf8(text.Span))
        {
            return Torn(ArtifactText.NotUtf8);
        }

        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(text));
            return read(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            return Torn(ArtifactText.Fault(error));
        }
    }

    /// <summary>The fault of a value that should have been an object; null where it is one.</summary>
    public static ArtifactParse<T>? NotAnObject(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object ? null : Invalid($"expected an object, found {ArtifactText.Kind(root.ValueKind)}");
}
