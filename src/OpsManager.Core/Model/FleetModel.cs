using System.Collections.Immutable;
using OpsManager.Core.Facts.Clock;

namespace OpsManager.Core.Model;

/// <summary>Everything that is watched.</summary>
public sealed record FleetModel
{
    public static readonly FleetModel Empty = new();

    public ImmutableSortedDictionary<string, RepoModel> Repos { get; init; } = ImmutableSortedDictionary.Create<string, RepoModel>(
        StringComparer.Ordinal);

    /// <summary>The operator has switched the event stream off: lifecycle comes from snapshots alone.</summary>
    public bool SnapshotOnly { get; init; }

    /// <summary>What has become of the host's clock while we watched.</summary>
    public ClockShifts Clock { get; init; } = ClockShifts.None;

    /// <summary>Every loop of every repository, in order of path and id.</summary>
    public IEnumerable<LoopModel> Loops => Repos.Values.SelectMany(static repo => repo.Loops.Values);

    public LoopModel? Loop(string repo, string loop) =>
        Repos.TryGetValue(repo, out var model) && model.Loops.TryGetValue(loop, out var found) ? found : null;
}
