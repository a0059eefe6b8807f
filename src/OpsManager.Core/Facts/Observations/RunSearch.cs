using OpsManager.Contract;

namespace OpsManager.Core.Facts.Observations;

/// <summary>
/// One search of the process table for the process of a run that nothing claims: one whose command line is the runtime's, for this
/// repository and loop (docs/contract.md, "What the runtime really does", point 12).
/// </summary>
/// <param name="Fate">Alive: found. Gone: the table was read and holds none. Unreadable and not observable: unknown.</param>
/// <param name="Fact">In words.</param>
public sealed record RunSearch(ProcessFate Fate, string Fact)
{
    /// <summary>The process that was found.</summary>
    public int? Pid { get; init; }

    /// <summary>Its process group; null where it is unknown.</summary>
    public int? Group { get; init; }

    /// <summary>When it started, in the kernel's ticks since boot.</summary>
    public ulong? Started { get; init; }

    /// <summary>The same by the host's clock; it comes out late where the host was paused since.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public ProcessState State { get; init; }

    /// <summary>A host, or a copy, where processes cannot be searched.</summary>
    public static RunSearch NotObservable(string fact) => new(ProcessFate.NotObservable, fact);
}
