using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>Values of an event's data as short pieces of a sentence. Every piece is bounded, whatever an agent wrote.</summary>
internal static class PayloadText
{
    /// <summary>Longest piece, in characters.</summary>
    public const int MaxPiece = 200;

    /// <summary>Longest message or note, in characters.</summary>
    public const int MaxNote = 500;

    private const int MaxFields = 12;
    private const int MaxListed = 2;

    public static string? Word(JsonElement? data, string name) => data?.Text(name) is { Length: > 0 } text ? Cut(text, MaxPiece) : null;

    public static long? Number(JsonElement? data, string name) => data?.Whole(name);

    public static bool? Flag(JsonElement? data, string name) => data?.Flag(name) ?? (data?.Text(name) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    });

    public static JsonElement? Inner(JsonElement? data, string name) => data?.Field(name);

    /// <summary>The first texts of a list, and how many more there are; null where there is none.</summary>
    public static string? Listed(JsonElement? data, string name)
    {
        if (data?.Field(name) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 and var count)
        {
            return null;
        }

        count = list.GetArrayLength();
        var shown = list.EnumerateArray().Take(MaxListed)
            .Select(static one => one.ValueKind == JsonValueKind.String ? Cut(one.GetString()!, MaxPiece) : "…");
        var rest = count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $" and {count - MaxListed} more") : "";
        return string.Join(", ", shown) + rest;
    }

    /// <summary>The scalar fields of the data, short: paths as the names of their files.</summary>
    public static string Fields(JsonElement? data, params ReadOnlySpan<string> without)
    {
        if (data is not { ValueKind: JsonValueKind.Object } fields)
        {
            return "";
        }

        var words = new StringBuilder();
        var count = 0;
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                || without.Contains(field.Name))
            {
                continue;
            }

            if (++count > MaxFields)
            {
                return words.Append("  …").ToString();
            }

            var value = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
            words.Append(words.Length == 0 ? "" : "  ").Append(Cut(field.Name, 60)).Append('=').Append(Cut(FileName(value), MaxPiece));
        }

        return words.ToString();
    }

    /// <summary>A path as the name of its file; any other text as it is.</summary>
    public static string FileName(string value)
    {
        var slash = value.LastIndexOf('/');
        return slash >= 0 && slash < value.Length - 1 && !value.Contains(' ', StringComparison.Ordinal)
            && !value.Contains("://", StringComparison.Ordinal)
            ? value[(slash + 1)..]
            : value;
    }

    public static string Cut(string text, int most) => text.Length <= most ? text : $"{JsonFields.Cut(text, most)}…";

    /// <summary>"max_iterations" as "max iterations".</summary>
    public static string Plain(string word) => Cut(word, MaxPiece).Replace('_', ' ');

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>"1 child", "3 children".</summary>
    public static string Count(long number, string one, string many) => $"{Text(number)} {(number == 1 ? one : many)}";

    /// <summary>"45s", "5m", "1h30m".</summary>
    public static string Duration(long seconds) => seconds switch
    {
        < 0 => Text(seconds) + "s",
        < 60 => $"{Text(seconds)}s",
        < 3600 => seconds % 60 == 0 ? $"{Text(seconds / 60)}m" : $"{Text(seconds / 60)}m{seconds % 60:00}s",
        _ => seconds % 3600 < 60 ? $"{Text(seconds / 3600)}h" : $"{Text(seconds / 3600)}h{seconds % 3600 / 60:00}m",
    };
}
