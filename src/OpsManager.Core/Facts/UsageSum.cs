using OpsManager.Contract.Artifacts;

namespace OpsManager.Core.Facts;

/// <summary>What rows of usage.jsonl come to. A value that no row recorded is null, so that nobody takes it for nothing.</summary>
/// <param name="Rows">Rows that were added up: one for each call of a role.</param>
public sealed record UsageSum(long Rows)
{
    public static readonly UsageSum None = new(0);

    /// <summary>Milliseconds.</summary>
    public long? DurationMs { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from a cache and written to it.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>US dollars.</summary>
    public decimal? Cost { get; init; }

    public static UsageSum From(IEnumerable<UsageEntry> entries) => entries.Aggregate(None, static (sum, entry) => sum.With(entry));

    public UsageSum With(UsageEntry entry) => new(Rows + 1)
    {
        DurationMs = Add(DurationMs, entry.DurationMs),
        InputTokens = Add(InputTokens, entry.InputTokens),
        OutputTokens = Add(OutputTokens, entry.OutputTokens),
        CachedTokens = Add(CachedTokens, entry.CachedInputTokens),
        Cost = entry.CostUsd is { } cost ? (Cost ?? 0) + cost : Cost,
    };

    /// <summary>The share of one of <paramref name="parts"/> equal parts; null where there is none.</summary>
    public UsageSum? Each(int parts) => parts <= 0 ? null : new(Rows / parts)
    {
        DurationMs = DurationMs / parts,
        InputTokens = InputTokens / parts,
        OutputTokens = OutputTokens / parts,
        CachedTokens = CachedTokens / parts,
        Cost = Cost / parts,
    };

    /// <summary>A sum that has become too large to be counted stays at the largest number.</summary>
    private static long? Add(long? sum, long? more) =>
        more is not { } amount ? sum : (sum ?? 0) > long.MaxValue - amount ? long.MaxValue : (sum ?? 0) + amount;
}
