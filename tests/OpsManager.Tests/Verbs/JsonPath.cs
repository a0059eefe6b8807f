using System.Text.Json;

namespace OpsManager.Tests.Verbs;

/// <summary>Looks fields up in what a verb printed, by names with dots between them.</summary>
internal static class JsonPath
{
    /// <summary>The field as JSON writes it; <c>(absent)</c> where there is none.</summary>
    public static string At(string json, string path) => Find(json, path) is { } found ? Text(found) : "(absent)";

    /// <summary>Several of them, in one text with spaces between them.</summary>
    public static string All(string json, params string[] paths) => string.Join(' ', paths.Select(path => At(json, path)));

    public static JsonElement? Find(string json, string path)
    {
        var at = JsonDocument.Parse(json).RootElement;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
