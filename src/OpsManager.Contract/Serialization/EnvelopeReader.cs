using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// Reads envelopes that somebody else wrote: unknown fields are kept, everything else is checked, and a fault is a
/// <see cref="ContractException"/> that names where it is (docs/contract.md, "Fail closed").
/// </summary>
public static class EnvelopeReader
{
    /// <param name="where">The file, and the line where there is one, for the message.</param>
    /// <param name="loopId">The loop that it must speak of; null where any will do.</param>
    public static SnapshotEnvelope Snapshot(ReadOnlyMemory<byte> utf8, string where, string? loopId = null)
    {
        const string What = "snapshot envelope is invalid";
        var root = Parse(utf8, where);
        CheckHead(root, ContractVersion.SnapshotEnvelope, What, where);
        var envelope = Read(root, ContractJson.Default.SnapshotEnvelope, What, where);
        CheckLoop(envelope.Source, loopId, What, where);
        if (envelope.Cursor.EventLineOffset > envelope.Cursor.Lines)
        {
            var (offset, lines) = (envelope.Cursor.EventLineOffset, envelope.Cursor.Lines);
            throw Fault(What, where, $"cursor.eventLineOffset ({offset}) is beyond cursor.eventLineCount ({lines})");
        }

        return envelope;
    }

    /// <inheritdoc cref="Snapshot"/>
    public static EventEnvelope Event(ReadOnlyMemory<byte> utf8, string where, string? loopId = null) =>
        Event(Parse(utf8, where), where, loopId);

    /// <inheritdoc cref="Snapshot"/>
    public static EventEnvelope Event(JsonElement root, string where, string? loopId = null)
    {
        const string What = "event envelope is invalid";
        CheckHead(root, ContractVersion.EventEnvelope, What, where);
        var envelope = Read(root, ContractJson.Default.EventEnvelope, What, where);
        CheckLoop(envelope.Source, loopId, What, where);
        return envelope.Event switch
        {
            { Name.Length: 0 } => throw Fault(What, where, "event.name is empty"),
            { Timestamp.Length: 0 } => throw Fault(What, where, "event.timestamp is empty"),
            _ => CheckPosition(envelope, What, where),
        };
    }

    private static EventEnvelope CheckPosition(EventEnvelope envelope, string what, string where)
    {
        var (sequence, cursor) = (envelope.Sequence, envelope.Cursor);
        return sequence.Source != ContractVersion.SequenceSource
            ? throw Fault(what, where, $"sequence.source must be \"{ContractVersion.SequenceSource}\"")
            : sequence.Value < 1 ? throw Fault(what, where, $"sequence.value is {sequence.Value}; lines count from 1")
            : cursor.EventLineOffset < 1 || cursor.EventLineOffset > cursor.Lines
                ? throw Fault(what, where, $"cursor.eventLineOffset is {cursor.EventLineOffset} of {cursor.Lines} lines")
            : envelope;
    }

    /// <summary>One JSON value.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8, string where)
    {
        if (!ArtifactText.IsUtf8(utf8.Span))
        {
            throw new ContractException(FailureCodes.ServiceResponseInvalid, $"invalid JSON in {where}: {ArtifactText.NotUtf8}");
        }

        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(ArtifactText.WithoutMark(utf8)));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"invalid JSON in {where}: {ArtifactText.Fault(error)}", error);
        }
    }

    private static void CheckHead(JsonElement root, string type, string what, string where)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Fault(what, where, $"expected an object, found {ArtifactText.Kind(root.ValueKind)}");
        }

        if (root.Text("schemaVersion") != ContractVersion.V1)
        {
            throw Fault(what, where, $"schemaVersion must be \"{ContractVersion.V1}\", found {Shown(root, "schemaVersion")}");
        }

        if (root.Text("envelopeType") != type)
        {
            throw Fault(what, where, $"envelopeType must be \"{type}\", found {Shown(root, "envelopeType")}");
        }
    }

    private static T Read<T>(JsonElement root, JsonTypeInfo<T> type, string what, string where)
    {
        try
        {
            return root.Deserialize(type)!;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            var path = (error as JsonException)?.Path is { Length: > 1 } found ? $"{found}: " : "";
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"{what}: {where}: {path}{Bounded(ArtifactText.Fault(error.Message))}", error);
        }
    }

    private static void CheckLoop(SourceRef source, string? loopId, string what, string where)
    {
        if (loopId is not null && source.LoopId != loopId)
        {
            throw Fault(what, where, $"source.loopId is \"{source.LoopId}\", expected \"{loopId}\"");
        }
    }

    private static string Shown(JsonElement root, string field) => root.Field(field) is { } value ? Bounded(value.GetRawText()) : "none";

    private static string Bounded(string text) => text.Length <= 200 ? text : text[..200] + "…";

    private static ContractException Fault(string what, string where, string fault) =>
        new(FailureCodes.ServiceResponseInvalid, $"{what}: {where}: {fault}");
}
