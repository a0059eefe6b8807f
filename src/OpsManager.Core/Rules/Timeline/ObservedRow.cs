namespace OpsManager.Core.Rules.Timeline;

/// <summary>A row of ops-manager in the timeline: something it has seen that is in no line of the log.</summary>
/// <param name="Id">Unique among the rows of the loop; orders those of one moment.</param>
/// <param name="Key">What it is about: the same thing keeps its row when more becomes known of it.</param>
/// <param name="At">When it was seen, by the clock of the source; of a record, when the record says.</param>
/// <param name="Fact">One sentence, inert: nothing in it can act on a terminal.</param>
public sealed record ObservedRow(long Id, ObservedKind Kind, string Key, DateTimeOffset At, string Fact)
{
    /// <summary>An operator jumps to it, as to a problem in the log.</summary>
    public bool IsProblem { get; init; }

    /// <summary>The iteration that was at work; null where there was none.</summary>
    public long? Iteration { get; init; }

    /// <summary>It is before the first line of the log that begins here or behind it, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>The place is final, as long as the log is the same.</summary>
    public bool IsPlaced { get; init; }

    /// <summary>What the log had, in bytes, when it was seen: it never is behind that. Null where that was not known.</summary>
    public long? Limit { get; init; }
}
