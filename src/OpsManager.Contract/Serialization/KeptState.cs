using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// What is taken of a state.json that was kept before, by this or by another tool: <c>transition.currentState</c> and
/// <c>cursor.eventLineOffset</c> bind, everything else may be absent or of another kind (docs/contract.md, "Tolerance on read").
/// </summary>
/// <param name="CurrentState">Null where it is none of the seven words.</param>
/// <param name="EventLineOffset">Lines; null where there is no such number.</param>
public sealed record KeptState(Lifecycle? CurrentState, long? EventLineOffset, JsonElement Root)
{
    /// <exception cref="JsonException">It is no object.</exception>
    public static KeptState From(JsonElement root) => root.ValueKind == JsonValueKind.Object
        ? new(
            LifecycleWords.TryParse(root.Field("transition")?.Text("currentState"), out var state) ? state : null,
            root.Field("cursor")?.Whole("eventLineOffset") is >= 0 and var offset ? offset : null,
            root)
        : throw new JsonException("expected an object");

    /// <summary>How far the word can be relied on; null where the state does not say.</summary>
    public Confidence? Confidence => Root.Field("transition")?.Text("confidence") switch
    {
        "low" => Manager.Confidence.Low,
        "medium" => Manager.Confidence.Medium,
        "high" => Manager.Confidence.High,
        _ => null,
    };

    /// <summary>The sequence diagnostics that were kept with it; null where there are none.</summary>
    public SequenceRecord? Sequence => KeptSequence.From(Root.Field("sequence"));

    /// <summary>One of the records of a whole state; null where there is none of its shape.</summary>
    public T? Part<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Root.Field(name)?.Deserialize(type);
        }
        catch (JsonException)
        {
            // Another tool's, or an older one's: it is not needed.
            return null;
        }
    }
}
