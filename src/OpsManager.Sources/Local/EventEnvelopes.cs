using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Core.Events;

namespace OpsManager.Sources.Local;

/// <summary>Makes event envelopes of the lines of a loop that was read (docs/contract.md, "Envelopes").</summary>
public static class EventEnvelopes
{
    /// <summary>
    /// Checks the cursor and every line that would be handed out, before any is: either all of them are good, or none is handed
    /// out and the cursor stays. Returns the line after which reading ends.
    /// </summary>
    /// <param name="offset">Lines already handed out.</param>
    /// <param name="maxEvents">The most lines to hand out.</param>
    public static int Check(LoopReading reading, long offset, int maxEvents)
    {
        CheckCursor(reading, offset);
        var path = Shown(reading);
        var end = (int)Math.Min(reading.Lines, offset + maxEvents);
        for (var row = (int)offset; row < end; row++)
        {
            if (reading.Log[row].Name == KnownEvents.Invalid)
            {
                throw Fault(reading, row, path);
            }
        }

        return end;
    }

    /// <summary>Checks that a cursor is not beyond the end of the log.</summary>
    public static void CheckCursor(LoopReading reading, long offset)
    {
        if (offset > reading.Lines)
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"cursor offset ({offset}) exceeds available events ({reading.Lines}) in {Shown(reading)}: the log was cut or replaced; "
                    + $"look at it, then read again with --from-start");
        }
    }

    /// <summary>Checks the newest line, which a snapshot names its last event by.</summary>
    public static void CheckNewest(LoopReading reading)
    {
        var row = reading.Lines - 1;
        while (row >= 0 && reading.Log[row].Name == KnownEvents.Blank)
        {
            row--;
        }

        if (row >= 0 && reading.Log[row].Name == KnownEvents.Invalid)
        {
            throw Fault(reading, row, Shown(reading));
        }
    }

    /// <summary>The envelopes of lines <paramref name="offset"/> + 1 to <paramref name="end"/>, which were checked.</summary>
    public static IEnumerable<EventEnvelope> Read(LoopReading reading, long offset, int end, string? traceId)
    {
        var path = Shown(reading);
        for (var row = (int)offset; row < end; row++)
        {
            if (reading.Log[row].IsEvent)
            {
                yield return Envelope(reading, row, path, traceId);
            }
        }
    }

    private static EventEnvelope Envelope(LoopReading reading, int row, string path, string? traceId)
    {
        var raw = EnvelopeReader.Parse(Text(reading, row, path), $"{path}, line {row + 1}");
        return new EventEnvelope
        {
            SchemaVersion = ContractVersion.V1,
            EnvelopeType = ContractVersion.EventEnvelope,
            EmittedAt = reading.At,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = reading.Repo.Path, LoopId = reading.Loop.Id },
            Sequence = SequenceRef.At(row + 1),
            Cursor = new CursorRef { EventLineOffset = row + 1, EventLineCount = reading.Lines },
            Run = new EventRun
            {
                RunId = raw.Text("run_id") ?? ContractVersion.UnknownRun,
                Iteration = Math.Max(0, raw.Whole("iteration") ?? 0),
            },
            Event = new EventBody
            {
                Timestamp = raw.Text("timestamp") ?? "",
                Name = EventName.Parse(raw) ?? "",
                Role = raw.Text("role"),
                Status = raw.Text("status"),
                Message = raw.Text("message"),
                Payload = raw.Field("data"),
                Raw = raw,
            },
        };
    }

    /// <summary>The log's path as messages name it.</summary>
    internal static string Shown(LoopReading reading) => $"{reading.Repo.Path}/{ArtifactPaths.Events(reading.Loop.Id)}";

    internal static byte[] Text(LoopReading reading, int row, string path)
    {
        ref readonly var line = ref reading.Log[row];
        var bytes = new byte[line.Length];
        return reading.Files.ReadAt(ArtifactPaths.Events(reading.Loop.Id), line.Offset, bytes) == bytes.Length
            ? bytes
            : throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"{path} was cut while it was read, at line {row + 1}; nothing was handed out, read again");
    }

    private static ContractException Fault(LoopReading reading, int row, string path)
    {
        var where = $"{path}, line {row + 1}";
        if (reading.Log[row].Length > EventRowReader.MaxLineBytes)
        {
            return Invalid(where, $"the line has {reading.Log[row].Length} bytes, more than {EventRowReader.MaxLineBytes}");
        }

        var text = Text(reading, row, path);
        if (!ArtifactText.IsUtf8(text))
        {
            return Invalid(where, ArtifactText.NotUtf8);
        }

        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(text));
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? Invalid(where, $"expected an object, found {ArtifactText.Kind(root.ValueKind)}")
                : EventName.Parse(root) is null ? Invalid(where, "the event has no name (\"event\")")
                : root.Text("timestamp") is null or "" ? Invalid(where, "the event has no \"timestamp\"")
                : Invalid(where, "a field is not what the contract says");
        }
        catch (JsonException error)
        {
            return new ContractException(FailureCodes.EventsUnavailable, $"invalid JSON in {where}: {ArtifactText.Fault(error)}", error);
        }
    }

    private static ContractException Invalid(string where, string fault) =>
        new(FailureCodes.EventsUnavailable, $"event envelope is invalid: {where}: {fault}");
}
