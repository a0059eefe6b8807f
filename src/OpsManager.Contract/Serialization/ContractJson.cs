using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Fleet;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Service;
using OpsManager.Contract.Tapes;

namespace OpsManager.Contract.Serialization;

/// <summary>Serialisers made at compile time: strict in what is written, tolerant of unknown fields in what is read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(UtcSecondsConverter), typeof(WholeNumberConverter), typeof(WholeInt32Converter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(SnapshotEnvelope))]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(CursorFile))]
[JsonSerializable(typeof(PublishCursor))]
[JsonSerializable(typeof(PublisherNote))]
[JsonSerializable(typeof(ManagerState))]
[JsonSerializable(typeof(HealthRecord))]
[JsonSerializable(typeof(SequenceRecord))]
[JsonSerializable(typeof(StatusRecord))]
[JsonSerializable(typeof(ReconcileRow))]
[JsonSerializable(typeof(ConfirmReport))]
[JsonSerializable(typeof(IntentRow))]
[JsonSerializable(typeof(Confirmation))]
[JsonSerializable(typeof(ControlInvocation))]
[JsonSerializable(typeof(ControlRow))]
[JsonSerializable(typeof(LockHolder))]
[JsonSerializable(typeof(EscalationRow))]
[JsonSerializable(typeof(EscalationState))]
[JsonSerializable(typeof(ToldEscalations))]
[JsonSerializable(typeof(FleetStatus))]
[JsonSerializable(typeof(RolloutRecord))]
[JsonSerializable(typeof(IncidentEntry))]
[JsonSerializable(typeof(IReadOnlyList<IncidentEntry>))]
[JsonSerializable(typeof(TransportHealth))]
[JsonSerializable(typeof(ManagerHeartbeat))]
[JsonSerializable(typeof(HeartbeatRow))]
[JsonSerializable(typeof(SequenceRow))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(CursorRef))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(MomentReport))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(NoticeRecord))]
[JsonSerializable(typeof(LoopList))]
[JsonSerializable(typeof(LogList))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(ControlBody))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(ServiceError))]
[JsonSerializable(typeof(ServiceHealth))]
[JsonSerializable(typeof(Dictionary<string, IdempotencyEntry>))]
[JsonSerializable(typeof(AssessmentRecord))]
[JsonSerializable(typeof(ProcessRecord))]
[JsonSerializable(typeof(RunSearchRecord))]
[JsonSerializable(typeof(IReadOnlyList<FileEntryRecord>))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement?), TypeInfoPropertyName = "JsonElementNullable")]
public sealed partial class ContractJson : JsonSerializerContext
{
    private static ContractJson? indented;

    /// <summary>One line, or indented for reading.</summary>
    public static string Write<T>(T value, JsonTypeInfo<T> type, bool pretty = false) =>
        JsonSerializer.Serialize(value, pretty ? Indented<T>() : type);

    /// <summary>
    /// A value that may have been written by another tool: a byte order mark is skipped, <c>NaN</c> reads as null (docs/contract.md,
    /// "Tolerance on read").
    /// </summary>
    /// <exception cref="JsonException">It is not what it should be, or is null.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(JsonText.Mend(JsonText.WithoutMark(utf8)).Span, type) ?? throw new JsonException("it holds null");

    /// <summary>The same where it decides nothing: null for half of it, or something else.</summary>
    public static T? TryRead<T>(string? text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return text is { Length: > 0 } ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonTypeInfo<T> Indented<T>()
    {
        indented ??= new ContractJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
        return (JsonTypeInfo<T>)indented.GetTypeInfo(typeof(T))!;
    }
}
