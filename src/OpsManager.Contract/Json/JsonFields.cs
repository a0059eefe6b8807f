using System.Globalization;
using System.Text.Json;

namespace OpsManager.Contract.Json;

/// <summary>Tolerant look-ups in what the runtime wrote: a field that is absent or of another type is null, a number may come as text.</summary>
public static class JsonFields
{
    /// <summary>Longest word (a role, a name, an id) that is kept of a row, in characters.</summary>
    public const int MaxWordChars = 200;

    /// <summary>Longest text (a note, a command, its output) that is kept of a row, in characters.</summary>
    public const int MaxNoteChars = 4096;

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Text of which at most <see cref="MaxWordChars"/> are kept: rows are many, and whoever writes them may write anything.</summary>
    public static string? Word(this JsonElement element, string name) => Cut(element.Text(name), MaxWordChars);

    /// <summary>Text of which at most <see cref="MaxNoteChars"/> are kept.</summary>
    public static string? Note(this JsonElement element, string name) => Cut(element.Text(name), MaxNoteChars);

    /// <summary>The first <paramref name="most"/> characters, and never half of a pair.</summary>
    public static string? Cut(string? text, int most) =>
        text is null || text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    public static bool? Flag(this JsonElement element, string name) => element.Field(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static int? Number(this JsonElement element, string name) => element.Field(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { ValueKind: JsonValueKind.String } value when int.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time : null;
}
