using System.Text;
using System.Text.Json;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Rules.Timeline;

namespace OpsManager.Sources.Local;

/// <summary>Makes words of a line's bytes, for display and for the search.</summary>
internal static class EventLines
{
    /// <summary>Of a longer line only so much is read for a row; the whole is in the file.</summary>
    public const int MaxShownBytes = 64 * 1024;

    /// <summary>The line of a row, of whose bytes <paramref name="read"/> could be read.</summary>
    public static EventLine From(EventLog log, int row, ReadOnlyMemory<byte> read)
    {
        var index = log[row];
        if (!index.IsEvent)
        {
            return new EventLine(false, null, "", null, null, "", null, Encoding.UTF8.GetString(read.Span));
        }

        if (read.Length < index.Length)
        {
            return OfIndex(log, row, $"(a line of {index.Length} bytes)");
        }

        try
        {
            // The bytes may be others than those that were indexed.
            return ArtifactText.IsUtf8(read.Span) ? OfText(log, row, read) : Gone(log, row);
        }
        catch (JsonException)
        {
            return Gone(log, row);
        }
    }

    /// <summary>The log was cut or replaced since it was indexed; the next look says so, and until then the index speaks.</summary>
    public static EventLine Gone(EventLog log, int row) => OfIndex(log, row, "(no longer in the file)");

    private static EventLine OfIndex(EventLog log, int row, string text)
    {
        var moment = log.Moment(row);
        var fields = new EventFields(moment.Name, moment.Status, text)
        {
            Iteration = moment.Iteration,
            MaxIterations = log.MaxIterationsAt(row),
        };
        return new EventLine(true, moment.At, "", moment.Iteration, moment.Role, moment.Name, moment.Status, text)
        {
            Words = EventWords.For(fields),
        };
    }

    private static EventLine OfText(EventLog log, int row, ReadOnlyMemory<byte> bytes)
    {
        var moment = log.Moment(row);
        using var document = JsonDocument.Parse(JsonText.Mend(bytes));
        var root = document.RootElement;
        var data = root.Field("data");
        var (status, message) = (root.Text("status") ?? data?.Text("status"), root.Text("message"));
        var name = EventName.Parse(root) ?? "";
        var fields = new EventFields(name, status, message, data)
        {
            Iteration = moment.Iteration,
            MaxIterations = log.MaxIterationsAt(row),
        };
        return new EventLine(
            true,
            moment.At,
            root.Text("timestamp") ?? "",
            moment.Iteration,
            root.Text("role"),
            name,
            status,
            Payload(status, message, data))
        {
            Words = EventWords.For(fields),
            IsOff = EventWords.IsOff(fields),
            Outcome = name == EventNames.IterationEnd ? EventWords.Outcome(data) : null,
        };
    }

    /// <summary>Status and message; where there is no message, the scalar fields of the data.</summary>
    private static string Payload(string? status, string? message, JsonElement? data)
    {
        var words = new StringBuilder(status);
        void Add(string text) => words.Append(words.Length == 0 ? "" : "  ").Append(text);
        if (message is not null)
        {
            Add(message);
        }
        else if (data is { ValueKind: JsonValueKind.Object } fields)
        {
            foreach (var field in fields.EnumerateObject().Where(static field => !field.NameEquals("status"u8)))
            {
                if (field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                {
                    var value = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : field.Value.GetRawText();
                    Add($"{field.Name}={value}");
                }
            }
        }

        return words.ToString();
    }
}
