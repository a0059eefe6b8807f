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
}
