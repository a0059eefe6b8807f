using System.Text.Json;
using OpsManager.Core.Events;

namespace OpsManager.Core.Rules.Projection;

/// <summary>A log of the one event that a snapshot names.</summary>
internal static class LastEventLog
{
    public static EventLog Create(string name, string at, string run, long iteration, string? status)
    {
        var log = new EventLog(isTail: true);
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp"u8, at);
            writer.WriteString("event"u8, name);
            writer.WriteString("run_id"u8, run);
            writer.WriteNumber("iteration"u8, iteration);
            if (status is not null)
            {
                writer.WriteString("status"u8, status);
            }

            writer.WriteEndObject();
        }

        log.Add(EventRowReader.Read(line.ToArray(), 0, log.Words), line.Length + 1);
        return log;
    }
}
