namespace OpsManager.Core.Facts.Observations;

/// <summary>What one look at a file of rows (usage.jsonl and the like) found that was not known before.</summary>
public sealed record RowReading<T>(ArtifactCondition Condition)
    where T : class
{
    /// <summary>
    /// True where what was read before is no longer there, and for the first reading of all: rows count from here.
    /// </summary>
    public bool StartsOver { get; init; }

    /// <summary>The newest of the new rows, oldest first; <see cref="Count"/> says how many there were.</summary>
    public IReadOnlyList<T> Rows { get; init; } = [];

    /// <summary>New rows that were understood.</summary>
    public long Count { get; init; }

    /// <summary>New lines that are no row, and the first of them (from 1).</summary>
    public long Invalid { get; init; }

    public long? FirstInvalidLine { get; init; }

    /// <summary>There is more to read than this one look took.</summary>
    public bool HasMore { get; init; }

    public FileStamp? Stamp { get; init; }

    /// <summary>Why the file cannot be read.</summary>
    public string? Fault { get; init; }
}
