using System.Collections.Immutable;

namespace OpsManager.Core.Events;

/// <summary>The newest moments of some kind, oldest first. Two with the same moments are equal.</summary>
public sealed class RecentMoments : IEquatable<RecentMoments>
{
    private const int Limit = 64;

    public static readonly RecentMoments None = new([]);

    private RecentMoments(ImmutableArray<EventMoment> all) => All = all;

    public ImmutableArray<EventMoment> All { get; }

    /// <summary>Moments that were kept, oldest first.</summary>
    public static RecentMoments From(IReadOnlyList<EventMoment> kept) => new([.. kept.TakeLast(Limit)]);

    /// <summary>There may have been more: nothing can be said of what was before the first.</summary>
    public bool IsFull => All.Length == Limit;

    /// <summary>These and the ones in <paramref name="rows"/> of <paramref name="log"/>.</summary>
    public RecentMoments Add(EventLog log, IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
        {
            return this;
        }

        ImmutableArray<EventMoment> all = [.. All, .. rows.TakeLast(Limit).Select(log.Moment)];
        return new(all.Length > Limit ? all[^Limit..] : all);
    }

    public bool Equals(RecentMoments? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as RecentMoments);

    public override int GetHashCode() => All.Length;
}
