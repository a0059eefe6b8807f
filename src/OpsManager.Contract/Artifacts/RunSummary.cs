using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>
/// run-summary.json. It grows by an entry an iteration and only the last one counts, so only that one is kept
/// (docs/contract.md, "Runtime artifacts"). <see cref="Last"/> is null while the list is empty.
/// </summary>
public sealed record RunSummary(int EntryCount, SummaryEntry? Last, DateTimeOffset? UpdatedAt)
{
    public static ArtifactParse<RunSummary> Parse(ReadOnlyMemory<byte> utf8)
    {
        var text = ArtifactText.WithoutMark(utf8);
        if (ArtifactText.IsBlank(text.Span))
        {
            return ArtifactParse<RunSummary>.Torn("the file is empty");
        }

        if (!ArtifactText.IsUtf8(text.Span))
        {
            return ArtifactParse<RunSummary>.Torn(ArtifactText.NotUtf8);
        }

        try
        {
            return Walk(JsonText.Mend(text));
        }
        catch (JsonException error)
        {
            return ArtifactParse<RunSummary>.Torn(ArtifactText.Fault(error));
        }
    }

    private static ArtifactParse<RunSummary> Walk(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ArtifactParse<RunSummary>.Invalid("expected an object");
        }

        int count = 0, start = -1, end = -1;
        bool sawEntries = false;
        DateTimeOffset? updatedAt = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("entries"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                {
                    return ArtifactParse<RunSummary>.Invalid("\"entries\" must be a list");
                }

                // Of a repeated key the last counts.
                (sawEntries, count, start, end) = (true, 0, -1, -1);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    end = (int)reader.BytesConsumed;
                    count++;
                }
            }
            else
            {
                var isUpdatedAt = reader.ValueTextEquals("updated_at"u8);
                reader.Read();
                if (isUpdatedAt)
                {
                    updatedAt = IsoTime.TryRead(ref reader, out var time) ? time : null;
                }

                reader.Skip();
            }
        }

        // Reads to the very end, so that text after the object is a fault and not ignored.
        while (reader.Read())
        {
        }

        if (!sawEntries)
        {
            return ArtifactParse<RunSummary>.Invalid("\"entries\" is missing");
        }

        if (count == 0)
        {
            return ArtifactParse<RunSummary>.From(new RunSummary(0, null, updatedAt));
        }

        using var document = JsonDocument.Parse(text[start..end]);
        var entry = document.RootElement.Clone();
        return entry.ValueKind == JsonValueKind.Object
            ? ArtifactParse<RunSummary>.From(new RunSummary(count, SummaryEntry.Parse(entry), updatedAt))
            : ArtifactParse<RunSummary>.Invalid("the last of \"entries\" must be an object");
    }
}

/// <summary>One iteration's outcome as the runtime summed it up.</summary>
public sealed record SummaryEntry(
    string? RunId, long? Iteration, bool CompletionOk, DateTimeOffset? EndedAt, JsonElement? Gates, JsonElement? Stuck, JsonElement Raw)
{
    public static SummaryEntry Parse(JsonElement entry) => new(
        entry.Text("run_id"),
        entry.Whole("iteration"),
        entry.Flag("completion_ok") ?? false,
        entry.Time("ended_at"),
        Object(entry, "gates"),
        Object(entry, "stuck"),
        entry);

    private static JsonElement? Object(JsonElement entry, string name) =>
        entry.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : null;
}
