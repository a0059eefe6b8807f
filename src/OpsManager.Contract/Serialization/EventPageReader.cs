using System.Text.Json;
using OpsManager.Contract.Envelopes;
using OpsManager.Contract.Json;
using OpsManager.Contract.Service;

namespace OpsManager.Contract.Serialization;

/// <summary>
/// Reads pages of events that somebody else wrote. A page is good as a whole, or nothing of it is taken (docs/contract.md,
/// "Fail closed").
/// </summary>
public static class EventPageReader
{
    /// <param name="where">Where it came from, for the message.</param>
    /// <param name="loop">The loop that was asked for.</param>
    /// <param name="cursor">The cursor that was asked with.</param>
    /// <exception cref="ContractException">It is no page of that loop, or its events do not follow the cursor in order.</exception>
    public static EventPage Read(ReadOnlyMemory<byte> utf8, string where, string loop, long cursor)
    {
        var root = EnvelopeReader.Parse(utf8, where);
        if (root.Field("schemaVersion")?.ValueKind is not null && root.Text("schemaVersion") != ContractVersion.V1)
        {
            throw Fault(where, $"schemaVersion must be \"{ContractVersion.V1}\"");
        }

        if (root.Field("events") is not { ValueKind: JsonValueKind.Array } list
            || root.Field("cursor") is not { ValueKind: JsonValueKind.Object } position)
        {
            throw Fault(where, "it has no \"events\" or no \"cursor\"");
        }

        if (root.Field("source")?.Text("loopId") is { } said && said != loop)
        {
            throw Fault(where, $"it speaks of loop \"{said}\", not of \"{loop}\"");
        }

        var events = new List<EventEnvelope>(list.GetArrayLength());
        foreach (var one in list.EnumerateArray())
        {
            events.Add(EnvelopeReader.Event(one, where, loop));
        }

        return new EventPage
        {
            SchemaVersion = ContractVersion.V1,
            TraceId = root.Text("traceId"),
            Source = new SourceRef { RepoPath = root.Field("source")?.Text("repoPath") ?? "", LoopId = loop },
            Events = Ordered(events, where, cursor),
            Cursor = Cursor(position, events, where, cursor),
        };
    }

    /// <summary>The events, where their numbers rise from behind <paramref name="cursor"/>.</summary>
    /// <exception cref="ContractException">They do not.</exception>
    public static IReadOnlyList<EventEnvelope> Ordered(IReadOnlyList<EventEnvelope> events, string where, long cursor)
    {
        var last = cursor;
        foreach (var one in events)
        {
            if (one.Sequence.Value <= last || one.Sequence.Value != one.Cursor.EventLineOffset)
            {
                throw Fault(where, $"event {one.Sequence.Value} does not follow line {last}");
            }

            last = one.Sequence.Value;
        }

        return events;
    }

    private static PageCursor Cursor(JsonElement position, List<EventEnvelope> events, string where, long cursor)
    {
        var offset = Long(position, "eventLineOffset", where);
        var count = Long(position, "eventLineCount", where);
        var last = events.Count > 0 ? events[^1].Sequence.Value : cursor;
        return offset < last || offset > count
            ? throw Fault(where, $"its cursor says line {offset} of {count}, and line {last} was read")
            : new PageCursor { EventLineOffset = offset, EventLineCount = count, UpdatedAt = position.Time("updatedAt") ?? default };
    }

    private static long Long(JsonElement position, string name, string where) =>
        position.Field(name) is { ValueKind: JsonValueKind.Number } value && WholeNumber.From(value) is >= 0 and var number
            ? number
            : throw Fault(where, $"cursor.{name} is no line number");

    private static ContractException Fault(string where, string what) =>
        new(FailureCodes.ServiceResponseInvalid, $"the page of events is invalid: {where}: {what}");
}
