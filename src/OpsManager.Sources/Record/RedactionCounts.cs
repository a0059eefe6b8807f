using System.Globalization;

namespace OpsManager.Sources.Record;

/// <summary>How often each kind was redacted.</summary>
public sealed class RedactionCounts
{
    /// <summary>What every recording says: patterns find what has a known shape.</summary>
    public const string NeverComplete = "redaction finds known patterns only and is never complete: read the tape before you pass it on";

    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>"12 home-path, 3 github"; "nothing" where nothing was.</summary>
    public string Text => counts.Count == 0
        ? "nothing"
        : string.Join(", ", counts.Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:N0} {one.Key}")));

    /// <summary>Of all kinds.</summary>
    public long Total => counts.Values.Sum();

    public long this[string kind] => counts.GetValueOrDefault(kind);

    public void Add(string kind) => counts[kind] = this[kind] + 1;
}
