using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Json;

/// <summary>Our own times: UTC, whole seconds, as the runtime writes them. Any ISO 8601 form is read.</summary>
public sealed class UtcSecondsConverter : JsonConverter<DateTimeOffset>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IsoTime.TryRead(ref reader, out var time)
            ? time
            : throw new JsonException($"The JSON value could not be converted to {typeToConvert}.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));
}
