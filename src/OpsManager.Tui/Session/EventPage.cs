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

    /// <param name="raw">The line as it is in the log; null where it cannot be read.</param>
    public static ITextLines From(string? raw) => raw is null
        ? new FixedLines([], "the event is no longer in its file")
        : new FixedLines(Indented(raw).Split('\n'), null);

    /// <summary>A row of ours, which has no line in the log.</summary>
    /// <param name="row">Null where it is no longer kept.</param>
    public static ITextLines From(ObservedRow? row) =>
        row is null ? new FixedLines([], "this row is no longer in memory") : new FixedLines(ObservedText.Page(row), null);

    private static string Indented(string raw)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.Mend(Encoding.UTF8.GetBytes(raw)));
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Layout))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            // A line that is no event is shown as it is.
            return raw;
        }
    }

    private sealed class FixedLines(IReadOnlyList<string> lines, string? fault) : ITextLines
    {
        public string Path => "";

        public int Count => lines.Count;

        public long Size => 0;

        public long BytesBefore => 0;

        public string? Fault => fault;

        public TextChange Refresh() => TextChange.None;

        public IReadOnlyList<TextLine> Read(int from, int count) =>
            [.. lines.Skip(from).Take(count).Select(static line => new TextLine(line, false))];
    }
}
