using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Json;

/// <summary>
/// The one reader of whole numbers in artifacts: 64 bit, also where they are written as <c>3.0</c> (docs/contract.md, "Tolerance on
/// read").
/// </summary>
public static class WholeNumber
{
    /// <summary>The number at the reader, or the one in its text; null where it is no whole number of 64 bit.</summary>
    public static long? From(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetInt64(out var number) ? number : reader.TryGetDecimal(out var wide) ? Whole(wide) : null,
        JsonTokenType.String when reader.ValueIsEscaped => Parse(reader.GetString()),
        JsonTokenType.String =>
            long.TryParse(reader.ValueSpan, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    /// <inheritdoc cref="From(ref Utf8JsonReader)"/>
    public static long? From(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } value =>
            value.TryGetInt64(out var number) ? number : value.TryGetDecimal(out var wide) ? Whole(wide) : null,
        { ValueKind: JsonValueKind.String } value => Parse(value.GetString()),
        _ => null,
    };

    private static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Whole(decimal number) =>
        number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
}

/// <summary>Our own records' 64 bit numbers: one written as <c>3.0</c> is read, text is not.</summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && WholeNumber.From(ref reader) is { } number
            ? number
            : throw new JsonException($"The JSON value could not be converted to {typeToConvert}.");

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>The same for numbers of 32 bit.</summary>
internal sealed class WholeInt32Converter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && WholeNumber.From(ref reader) is >= int.MinValue and <= int.MaxValue and var number
            ? (int)number
            : throw new JsonException($"The JSON value could not be converted to {typeToConvert}.");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
