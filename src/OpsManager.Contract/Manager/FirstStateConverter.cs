using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>A status before another one: where there was none, the word <c>none</c> is written. Null is read too.</summary>
internal sealed class FirstStateConverter : JsonConverter<Lifecycle?>
{
    private const string None = "none";

    public override bool HandleNull => true;

    public override Lifecycle? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String when reader.GetString() == None => null,
            JsonTokenType.String when LifecycleWords.TryParse(reader.GetString(), out var known) => known,
            _ => throw new JsonException("it is no status"),
        };

    public override void Write(Utf8JsonWriter writer, Lifecycle? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.Word() ?? None);
}
