using System.Text.Json;
using OpsManager.Contract.Service;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// The entries of service-idempotency.json. Another tool may have written some: those are not ours to answer from, and stay in the file.
/// </summary>
public static class IdempotencyEntries
{
    /// <summary>Ours, by their keys.</summary>
    public static Dictionary<string, IdempotencyEntry> Known(JsonElement? file)
    {
        var known = new Dictionary<string, IdempotencyEntry>(StringComparer.Ordinal);
        foreach (var field in Fields(file))
        {
            if (Read(field.Value) is { } entry)
            {
                known[field.Name] = entry;
            }
        }

        return known;
    }

    /// <summary>Everything else in the file.</summary>
    public static IEnumerable<JsonProperty> Others(JsonElement? file) => Fields(file).Where(static field => Read(field.Value) is null);

    private static IEnumerable<JsonProperty> Fields(JsonElement? file) =>
        file is { ValueKind: JsonValueKind.Object } root ? root.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static IdempotencyEntry? Read(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.Object ? value.Deserialize(ContractJson.Default.IdempotencyEntry) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
