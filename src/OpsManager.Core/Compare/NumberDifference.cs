namespace OpsManager.Core.Compare;

/// <summary>What a number counts.</summary>
public enum NumberKind
{
    /// <summary>Seconds.</summary>
    Duration,

    InputTokens,

    OutputTokens,

    /// <summary>Tokens read from a cache and written to it.</summary>
    CachedTokens,

    /// <summary>US dollars.</summary>
    Cost,
}

/// <summary>A number that two runs do not share.</summary>
/// <param name="Iteration">Of A, where both have it; null for the whole run.</param>
/// <param name="Who">The role or the gate; null for the iteration or the run as a whole.</param>
/// <param name="A">Null where A does not say.</param>
/// <param name="B">Null where B does not say.</param>
public sealed record NumberDifference(NumberKind Kind, long? Iteration, string? Who, decimal? A, decimal? B);
