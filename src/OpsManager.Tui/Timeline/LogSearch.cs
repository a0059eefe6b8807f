using OpsManager.Core.Events;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Timeline;

/// <summary>How far a search in a log has come. Rows below <paramref name="Found"/> of the matches belong to it.</summary>
/// <param name="Scanned">Lines that were searched.</param>
internal sealed record LogSearch(LoopKey Loop, EventLog Log, EventFilter Filter, MatchList Matches, int Found, int Scanned)
{
    /// <summary>Whether this looks for the same in the same log.</summary>
    public bool IsOf(LoopKey loop, EventLog log, EventFilter filter) =>
        Loop == loop && ReferenceEquals(Log, log) && Filter.Text == filter.Text;

    /// <summary>
    /// What of it is in the first <paramref name="lines"/> lines: a log that is shown as it was earlier has fewer than were searched.
    /// </summary>
    public LogSearch Within(int lines) =>
        Scanned <= lines ? this : this with { Scanned = lines, Found = Math.Min(Found, Matches.IndexAtOrAfter(lines)) };

    /// <summary>The first match that is at a line or behind it; <see cref="Found"/> where none does.</summary>
    public int IndexAtOrAfter(int line) => Math.Min(Matches.IndexAtOrAfter(line), Found);
}
