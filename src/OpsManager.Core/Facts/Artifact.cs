using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// What is known of one small artifact: the last good value, and what is wrong with the file since, if anything.
/// A torn file keeps its last good value (docs/contract.md, "Torn reads").
/// </summary>
public sealed record Artifact<T>
    where T : class
{
    public static readonly Artifact<T> Unseen = new();

    public ArtifactCondition Condition { get; init; } = ArtifactCondition.Unseen;

    public T? Value { get; init; }

    public FileStamp? Stamp { get; init; }

    public string? Fault { get; init; }

    /// <summary>Since when the file has been torn, invalid or unreadable without a good reading between.</summary>
    public DateTimeOffset? FaultSince { get; init; }

    /// <summary>When <see cref="Value"/> was read, in steady time.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    public bool IsMissing => Condition == ArtifactCondition.Missing;

    /// <summary>Whether the file has been torn for <paramref name="limit"/> or longer, so that nobody writes it now.</summary>
    public bool StayedTorn(DateTimeOffset now, TimeSpan limit) => Condition == ArtifactCondition.Torn && now - FaultSince >= limit;

    public Artifact<T> With(ArtifactReading<T> reading, DateTimeOffset at) => reading.Condition switch
    {
        ArtifactCondition.Present =>
            new() { Condition = ArtifactCondition.Present, Value = reading.Value, Stamp = reading.Stamp, ReadAt = at },
        ArtifactCondition.Missing => new() { Condition = ArtifactCondition.Missing },
        _ => this with { Condition = reading.Condition, Stamp = reading.Stamp, Fault = reading.Fault, FaultSince = FaultSince ?? at },
    };
}
