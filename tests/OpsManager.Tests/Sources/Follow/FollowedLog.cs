using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;
using OpsManager.Sources.Follow;

namespace OpsManager.Tests.Sources.Follow;

/// <summary>A follower of one log with all that it has said.</summary>
internal sealed class FollowedLog(IRepoFiles files, FollowOptions? options = null)
{
    private readonly LogFollower follower = new(files, "/srv/app", TempRepo.Loop, TempRepo.Log, options ?? FollowOptions.Default);

    public bool HasMore => follower.HasMore;

    public List<Observation> Said { get; } = [];

    public EventsSeen? Newest => Said.OfType<EventsSeen>().LastOrDefault();

    public EventLog Log => Newest!.Log;

    public EventTally Tally => EventTally.Empty.Add(Log, 0, Newest!.Count);

    public IReadOnlyList<LogBreakKind> Breaks => [.. Said.OfType<LogBroke>().Select(static broke => broke.Kind)];

    public IReadOnlyList<string> Names => [.. Enumerable.Range(0, Newest?.Count ?? 0).Select(row => Log.Moment(row).Name)];

    /// <summary>One look; what it added.</summary>
    public IReadOnlyList<Observation> Look()
    {
        var before = Said.Count;
        follower.Look(WatchedRepo.Start, Said);
        return Said[before..];
    }

    /// <summary>Looks until nothing is left to index; how many looks it took.</summary>
    public int LookToTheEnd()
    {
        var looks = 0;
        do
        {
            Look();
            looks++;
        }
        while (HasMore && looks < 10_000);
        return looks;
    }
}
