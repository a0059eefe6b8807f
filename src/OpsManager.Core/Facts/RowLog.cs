using System.Collections.Immutable;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// The newest rows of a file that only grows, and how many there were. Adding costs what is added, and rows that come in one
/// look or in many give the same.
/// </summary>
/// <param name="Limit">Rows that are kept.</param>
public sealed record RowLog<T>(int Limit)
    where T : class
{
    /// <summary>The newest rows, oldest first, at most <see cref="Limit"/>.</summary>
    public ImmutableList<T> Rows { get; init; } = [];

    /// <summary>All rows that were seen, those not kept included.</summary>
    public long Count { get; init; }

    /// <summary>Lines that are no row, and the first of them (from 1).</summary>
    public long InvalidRows { get; init; }

    public long? FirstInvalidLine { get; init; }

    public ArtifactCondition Condition { get; init; } = ArtifactCondition.Unseen;

    /// <summary>The file was not read to its end yet.</summary>
    public bool HasMore { get; init; }

    public FileStamp? Stamp { get; init; }

    /// <summary>Why the file cannot be read; what is known stays.</summary>
    public string? Fault { get; init; }

    public T? Newest => Rows.IsEmpty ? null : Rows[^1];

    public RowLog<T> With(RowReading<T> reading) => reading.Condition switch
    {
        ArtifactCondition.Present => (reading.StartsOver ? new RowLog<T>(Limit) : this).Add(reading),
        ArtifactCondition.Missing => new RowLog<T>(Limit) { Condition = ArtifactCondition.Missing },
        _ => this with { Condition = reading.Condition, Fault = reading.Fault },
    };

    private RowLog<T> Add(RowReading<T> reading)
    {
        // Of a batch that is longer than what is kept, only its end is ever touched.
        var skipped = Math.Max(0, reading.Rows.Count - Limit);
        var superfluous = Math.Min(Rows.Count, Rows.Count + reading.Rows.Count - skipped - Limit);
        return this with
        {
            Rows = (superfluous > 0
                ? Rows.RemoveRange(0, superfluous)
                : Rows).AddRange(skipped > 0 ? reading.Rows.Skip(skipped) : reading.Rows),
            Count = Count + reading.Count,
            InvalidRows = InvalidRows + reading.Invalid,
            FirstInvalidLine = FirstInvalidLine ?? reading.FirstInvalidLine,
            Condition = ArtifactCondition.Present,
            HasMore = reading.HasMore,
            Stamp = reading.Stamp,
            Fault = null,
        };
    }
}
