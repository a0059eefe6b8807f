using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsManager.Contract.Json;
using OpsManager.Core.Rules.Timeline;
using OpsManager.Sources.Local;
using OpsManager.Tui.Content;

namespace OpsManager.Tui.Session;

/// <summary>One event in full, indented for reading.</summary>
internal static class EventPage
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of an event that comes later than the moment of the recording that is shown.</summary>
    public static ITextLines NotYet => new FixedLines([], "the event comes later than the moment that is shown");

    /// <param name="raw">The line as it stands in the log; null where it cannot be read.</param>
    /// <param name="isRaw">Show it like that.</param>
    public static ITextLines From(string? raw, bool isRaw) => raw is null
        ? new FixedLines([], "the event is no longer in its file")
        // A line that is no event is shown as it is.
        : new FixedLines(isRaw ? [raw] : Indented(raw) ?? [raw]);

    /// <summary>A row of ours, which has no line in the log.</summary>
    /// <param name="row">Null where it is no longer kept.</param>
    public static ITextLines From(ObservedRow? row) =>
        row is null ? new FixedLines([], "this row is no longer in memory") : new FixedLines(ObservedText.Page(row), null);

    /// <summary>JSON with a line for each value; null where it is none.</summary>
    public static string[]? Indented(string raw)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(Encoding.UTF8.GetBytes(raw)));
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Layout))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
