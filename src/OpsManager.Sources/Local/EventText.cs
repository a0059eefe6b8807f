using System.Text;
using System.Text.Json;
using OpsManager.Contract;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Json;
using OpsManager.Core.Events;
using OpsManager.Core.Model;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Local;

/// <summary>Reads lines from the sources' files when they are drawn, and keeps the last screenfuls.</summary>
public sealed class EventText(IReadOnlyList<ISource> sources) : IEventText
{
    /// <summary>Of a longer line only so much is read for a row; the whole stands in the file.</summary>
    private const int MaxShownBytes = 64 * 1024;

    private const int MaxRawBytes = 1024 * 1024;

    private const int MaxKept = 1024;

    private readonly Dictionary<(EventLog Log, int Row), EventLine> kept = [];

    public IReadOnlyList<EventLine> Read(LoopModel loop, int from, int to)
    {
        if (loop.Log is not { } log || to <= from)
        {
            return [];
        }

        if (kept.Count > MaxKept)
        {
            kept.Clear();
        }

        var lines = new EventLine[to - from];
        for (var row = from; row < to; row++)
        {
            if (!kept.TryGetValue((log, row), out var line))
            {
                kept[(log, row)] = line = ReadLine(loop, log, row);
            }

            lines[row - from] = line;
        }

        return lines;
    }

    public string? Raw(LoopModel loop, int row)
    {
        if (loop.Log is not { } log || row < 0 || row >= log.Count)
        {
            return null;
        }

        try
        {
            var bytes = new byte[Math.Min(log[row].Length, MaxRawBytes)];
            return FilesOf(loop).ReadAt(ArtifactPaths.Events(loop.Id), log[row].Offset, bytes) == bytes.Length ? Encoding.UTF8.GetString(bytes) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private EventLine ReadLine(LoopModel loop, EventLog log, int row)
    {
        var index = log[row];
        var moment = log.Moment(row);
        try
        {
            var bytes = new byte[Math.Min(index.Length, MaxShownBytes)];
            var read = FilesOf(loop).ReadAt(ArtifactPaths.Events(loop.Id), index.Offset, bytes);
            return !index.IsEvent ? NoEvent(Encoding.UTF8.GetString(bytes, 0, read))
                : read < index.Length ? OfIndex(moment, $"(a line of {index.Length} bytes)")
                : OfText(moment, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            // The log was cut or replaced since it was indexed; the next look says so, and until then the index speaks.
            return OfIndex(moment, "(not in the file any more)");
        }
    }

    private IRepoFiles FilesOf(LoopModel loop) => sources.First(source => source.Repo == loop.Repo).Files;

    private static EventLine NoEvent(string text) => new(false, null, "", null, null, "", null, text);

    private static EventLine OfIndex(EventMoment moment, string text) =>
        new(true, moment.At, "", moment.Iteration, moment.Role, moment.Name, moment.Status, text);

    private static EventLine OfText(EventMoment moment, byte[] bytes)
    {
        using var document = JsonDocument.Parse(JsonText.Mend(bytes));
        var root = document.RootElement;
        var data = root.Field("data");
        var status = root.Text("status") ?? data?.Text("status");
        return new EventLine(
            true,
            moment.At,
            root.Text("timestamp") ?? "",
            moment.Iteration,
            root.Text("role"),
            EventName.Of(root) ?? "",
            status,
            Words(status, root.Text("message"), data));
    }

    /// <summary>Status and message; where there is no message, the scalar fields of the data.</summary>
    private static string Words(string? status, string? message, JsonElement? data)
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
                    Add($"{field.Name}={(field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : field.Value.GetRawText())}");
                }
            }
        }

        return words.ToString();
    }
}
