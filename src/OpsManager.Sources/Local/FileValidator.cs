using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Contract.Tapes;

namespace OpsManager.Sources.Local;

/// <summary>Says what a file of the contract is, or what is wrong with it, for the <c>validate</c> verb.</summary>
public sealed class FileValidator(EnvelopeFile envelopes)
{
    /// <summary>The kind of the file, in words, with how many values it holds.</summary>
    /// <exception cref="ContractException">It is none of the contract's files, or a faulty one; the message names the line.</exception>
    public string Validate(string path)
    {
        var (number, first) = envelopes.Lines(path)
            .Select(static line => (line.Number, Line: (ReadOnlyMemory<byte>)line.Line.ToArray()))
            .FirstOrDefault();
        if (number == 0)
        {
            throw new ContractException(FailureCodes.ServiceResponseInvalid, $"invalid JSON in {path}: the file is empty");
        }

        // A value that is spread over lines is one file; else every line is a value.
        return TryParse(first) is { } root && IsLineFormat(root) ? Lines(path, root) : One(path);
    }

    private static bool IsLineFormat(JsonElement root) =>
        root.Text("envelopeType") == ContractVersion.EventEnvelope || root.Text("tape") is not null;

    private string Lines(string path, JsonElement first)
    {
        if (first.Text("tape") is not null)
        {
            using var stream = new MemoryStream(envelopes.Whole(path).ToArray());
            var tape = TapeReader.Read(path, stream);
            return $"tape v1, {tape.Steps.Count} steps";
        }

        return $"{ContractVersion.EventEnvelope} v1, {envelopes.Events(path, null).Count()} lines";
    }

    private string One(string path)
    {
        var bytes = envelopes.Whole(path);
        var root = EnvelopeReader.Parse(bytes, path);
        return root.Text("envelopeType") switch
        {
            ContractVersion.SnapshotEnvelope => Named(EnvelopeReader.Snapshot(bytes, path), $"{ContractVersion.SnapshotEnvelope} v1"),
            ContractVersion.EventEnvelope => Named(EnvelopeReader.Event(bytes, path), $"{ContractVersion.EventEnvelope} v1"),
            { } other => throw new ContractException(
                FailureCodes.ServiceResponseInvalid,
                $"{path}: envelopeType is \"{other}\"; it must be {ContractVersion.SnapshotEnvelope} or {ContractVersion.EventEnvelope}"),
            null when root.Field("violations") is not null => Record(root, path, ContractJson.Default.SequenceRecord, "sequence state"),
            null when root.Field("visibility") is not null => Record(root, path, ContractJson.Default.StatusRecord, "status"),
            null when root.Field("failureStreak") is not null =>
                Record(root, path, ContractJson.Default.TransportHealth, "transport health"),
            null when root.Field("freshnessStatus") is not null
                || root.Field("lagSeconds") is not null || root.Text("status") == "absent" =>
                Record(root, path, ContractJson.Default.ManagerHeartbeat, "manager heartbeat"),
            null when root.Field("transition") is not null => Record(root, path, ContractJson.Default.ManagerState, "manager state"),
            null when root.Field("eventsFile") is not null => Record(root, path, ContractJson.Default.CursorFile, "cursor"),
            null when root.Field("reasonCodes") is not null => Record(root, path, ContractJson.Default.HealthRecord, "health"),
            null => throw new ContractException(
                FailureCodes.ServiceResponseInvalid,
                $"{path}: it is no envelope, manager state, cursor, health, sequence state or tape of this contract"),
        };
    }

    private static string Named<T>(T value, string name) => value is null ? "" : name;

    private static string Record<T>(JsonElement root, string path, JsonTypeInfo<T> type, string name)
    {
        if (root.Field("schemaVersion") is not null && root.Text("schemaVersion") != ContractVersion.V1)
        {
            throw new ContractException(FailureCodes.ServiceResponseInvalid, $"{name} is invalid: {path}: schemaVersion must be \"v1\"");
        }

        try
        {
            return Named(root.Deserialize(type), $"{name} v1");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ContractException(
                FailureCodes.ServiceResponseInvalid, $"{name} is invalid: {path}: {ArtifactText.Fault(error.Message)}", error);
        }
    }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return EnvelopeReader.Parse(line, "");
        }
        catch (ContractException)
        {
            // The first line of a value that is spread over several: the whole file is read as one.
            return null;
        }
    }
}
