using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// What searches for the process of a run that nothing claims have found, the newest one and what is remembered of those before.
/// </summary>
/// <param name="Last">The newest search.</param>
/// <param name="Pid">The process that was found last, whether or not it is there still; null where none ever was.</param>
/// <param name="GoneSince">When a search first found none.</param>
/// <param name="FoundSince">When a search first found that process; null where none ever was.</param>
public sealed record FoundRun(RunSearch Last, int? Pid, DateTimeOffset? GoneSince, DateTimeOffset? FoundSince)
{
    public bool IsAlive => Last.Fate == ProcessFate.Alive;

    /// <summary>The process table was read and holds no process of this run.</summary>
    public bool IsAbsent => Last.Fate == ProcessFate.Gone;

    public static FoundRun From(RunSearch search, FoundRun? before, DateTimeOffset at) => new(
        search,
        search.Pid ?? before?.Pid,
        search.Fate == ProcessFate.Gone ? before?.GoneSince ?? at : null,
        search.Pid is { } pid && pid != before?.Pid ? at : before?.FoundSince);

    /// <summary>When the process started; if that is unknown, as on some tapes, when it was found.</summary>
    public DateTimeOffset? Began => Last.StartedAt ?? FoundSince;
}
