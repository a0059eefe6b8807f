using System.Globalization;
using System.Text.Json;
using OpsManager.Contract.Json;

namespace OpsManager.Contract.Artifacts;

/// <summary>
/// A row of usage.jsonl: what one role of one iteration took (docs/contract.md, "Runtime artifacts"). A value that is absent, of
/// another type or beyond all reason is null, so that sums of many rows stay sums.
/// </summary>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="CostUsd">US dollars.</param>
/// <param name="CachedInputTokens">All fields of <c>usage</c> that count tokens of a cache, read and written, together; null
/// where there is none.</param>
public sealed record UsageEntry(
    DateTimeOffset? Timestamp,
    long? Iteration,
    string? Role,
    long? DurationMs,
    string? Runner,
    string? Model,
    decimal? CostUsd,
    long? InputTokens,
    long? OutputTokens,
    long? CachedInputTokens)
{
    private const long MaxAmount = 1_000_000_000_000;

    public static ArtifactParse<UsageEntry> Parse(ReadOnlyMemory<byte> utf8) => ArtifactParse<UsageEntry>.ParseObject(utf8, Parse);

    /// <summary>Reads one row.</summary>
    public static ArtifactParse<UsageEntry> Parse(JsonElement root)
    {
        if (ArtifactParse<UsageEntry>.NotAnObject(root) is { } fault)
        {
            return fault;
        }

        var usage = root.Field("usage");
        return ArtifactParse<UsageEntry>.From(new(
            root.Time("timestamp"),
            root.Whole("iteration"),
            root.Word("role"),
            Amount(root.Field("duration_ms")),
            root.Word("runner"),
            root.Word("model"),
            Cost(root.Field("cost_usd")),
            Amount(usage?.Field("input_tokens")),
            Amount(usage?.Field("output_tokens")),
            Cached(usage)));
    }

    private static long? Amount(JsonElement? value) =>
        double.TryParse(NumberText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && amount is >= 0 and <= MaxAmount
            ? (long)amount
            : null;

    private static decimal? Cost(JsonElement? value) =>
        decimal.TryParse(NumberText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var cost)
            && cost is >= 0 and <= MaxAmount
            ? cost
            : null;

    private static string? NumberText(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Number => value.Value.GetRawText(),
        JsonValueKind.String => value.Value.GetString(),
        _ => null,
    };

    private static long? Cached(JsonElement? usage)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } fields)
        {
            return null;
        }

        long? cached = null;
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Name.Contains("cache", StringComparison.Ordinal)
                && field.Name.EndsWith("_tokens", StringComparison.Ordinal)
                && Amount(field.Value) is { } amount)
            {
                cached = Math.Min(MaxAmount, (cached ?? 0) + amount);
            }
        }

        return cached;
    }
}
