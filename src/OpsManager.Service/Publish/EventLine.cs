using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Serialization;
using OpsManager.Sources.Local;

namespace OpsManager.Service.Publish;

/// <summary>One line of a log as its message, and whether a message of the stream is of the same line.</summary>
internal static class EventLine
{
    /// <summary>The envelope as text, as <c>GET /ops/events</c> has it.</summary>
    /// <param name="line">From 1; it is an event.</param>
    /// <exception cref="ContractException">The line is no event, or the log was cut.</exception>
    public static byte[] Body(LoopReading reading, long line, string trace) => JsonSerializer.SerializeToUtf8Bytes(
        EventEnvelopes.Read(reading, line - 1, (int)line, trace).Single(), ContractJson.Default.EventEnvelope);

    /// <summary>
    /// Whether a message has the same event as a line of the log. When it was made, and how long the log was then, makes no difference.
    /// </summary>
    /// <exception cref="ContractException">The log was cut.</exception>
    public static bool IsSame(LoopReading reading, long line, BusMessage message, string trace)
    {
        if (line < 1 || line > reading.Lines || !reading.Log[(int)line - 1].IsEvent)
        {
            return false;
        }

        var ours = Body(reading, line, trace);
        if (message.IsPart)
        {
            // What differs between two envelopes of one line is before the event.
            var start = message.Part.Index == 1 ? message.Body.AsSpan().IndexOf("\"event\":{"u8) : 0;
            return start >= 0 && ours.AsSpan().IndexOf(message.Body.AsSpan(start)) >= 0;
        }

        return Raw(ours) is { } mine && Raw(message.Body) is { } other && JsonElement.DeepEquals(mine, other);
    }

    private static JsonElement? Raw(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Field("event")?.Field("raw")?.Clone();
        }
        catch (JsonException)
        {
            // Somebody else's message; it is not this line.
            return null;
        }
    }
}
