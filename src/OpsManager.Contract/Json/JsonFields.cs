using System.Text.Json;

namespace OpsManager.Contract.Json;

/// <summary>
/// Tolerant look-ups in what the runtime wrote: a field that is absent or of another type is null, a number may come as text.
/// </summary>
public static class JsonFields
{
    /// <summary>Longest word (a role, a name, an id) that is kept of a row, in characters.</summary>
    public const int MaxWordChars = 200;

    /// <summary>Longest text (a note, a command, its output) that is kept of a row, in characters.</summary>
    public const int MaxNoteChars = 4096;

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>
    /// Text of which at most <see cref="MaxWordChars"/> are kept: rows are many, and whoever writes them may write anything.
    /// </summary>
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

    /// <summary>A whole number of 64 bit, however it is written; null where it is none.</summary>
    public static long? Whole(this JsonElement element, string name) => WholeNumber.From(element.Field(name));

    /// <summary>The same where only 32 bit make sense.</summary>
    public static int? Number(this JsonElement element, string name) =>
        element.Whole(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } value && IsoTime.TryParse(value.GetString(), out var time)
            ? time
            : null;
}
