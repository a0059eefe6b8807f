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
    public static int Check(LogLines lines, long offset, int maxEvents)
    {
        CheckCursor(lines, offset);
        var end = (int)Math.Min(lines.Count, offset + maxEvents);
        for (var row = (int)offset; row < end; row++)
        {
            if (lines[row].Name == KnownEvents.Invalid)
            {
                throw Fault(lines, row);
            }
        }

        return end;
    }

    /// <inheritdoc cref="Check(LogLines, long, int)"/>
    public static int Check(LoopReading reading, long offset, int maxEvents) => Check(LogLines.From(reading), offset, maxEvents);

    /// <summary>Checks that a cursor is not beyond the end of the log.</summary>
    public static void CheckCursor(LoopReading reading, long offset) => CheckCursor(LogLines.From(reading), offset);

    private static void CheckCursor(LogLines lines, long offset)
    {
        if (offset > lines.Count)
        {
            throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"cursor offset ({offset}) exceeds available events ({lines.Count}) in {lines.Shown}: the log was cut or replaced; "
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
            throw Fault(LogLines.From(reading), row);
        }
    }

    /// <summary>The envelopes of lines <paramref name="offset"/> + 1 to <paramref name="end"/>, which were checked.</summary>
    public static IEnumerable<EventEnvelope> Read(LogLines lines, long offset, int end, string? traceId)
    {
        for (var row = (int)offset; row < end; row++)
        {
            if (lines[row].IsEvent)
            {
                yield return Envelope(lines, row, traceId);
            }
        }
    }

    /// <inheritdoc cref="Read(LogLines, long, int, string?)"/>
    public static IEnumerable<EventEnvelope> Read(LoopReading reading, long offset, int end, string? traceId) =>
        Read(LogLines.From(reading), offset, end, traceId);

    private static EventEnvelope Envelope(LogLines lines, int row, string? traceId)
    {
        var raw = EnvelopeReader.Parse(Text(lines, row), $"{lines.Shown}, line {row + 1}");
        return new EventEnvelope
        {
            SchemaVersion = ContractVersion.V1,
            EnvelopeType = ContractVersion.EventEnvelope,
            EmittedAt = lines.At,
            TraceId = traceId,
            Source = new SourceRef { RepoPath = lines.Repo, LoopId = lines.Loop },
            Sequence = SequenceRef.At(row + 1),
            Cursor = new CursorRef { EventLineOffset = row + 1, EventLineCount = lines.Count },
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
    internal static string Shown(LoopReading reading) => LogLines.From(reading).Shown;

    internal static byte[] Text(LogLines lines, int row)
    {
        ref readonly var line = ref lines[row];
        var bytes = new byte[line.Length];
        return lines.Files.ReadAt(lines.Path, line.Offset, bytes) == bytes.Length
            ? bytes
            : throw new ContractException(
                FailureCodes.EventsUnavailable,
                $"{lines.Shown} was cut while it was read, at line {row + 1}; nothing was handed out, read again");
    }

    private static ContractException Fault(LogLines lines, int row)
    {
        var where = $"{lines.Shown}, line {row + 1}";
        if (lines[row].Length > EventRowReader.MaxLineBytes)
        {
            return Invalid(where, $"the line has {lines[row].Length} bytes, more than {EventRowReader.MaxLineBytes}");
        }

        var text = Text(lines, row);
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
