using System.Collections.Immutable;
using OpsManager.Core.Facts;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// The manager's own rows of one loop's timeline, in its order. They follow from what was observed and from nothing else, so that a
/// replay of the same observations has the same rows.
/// </summary>
public sealed record ObservedRows
{
    /// <summary>Rows of a kind that are kept; of more, the oldest go. So what happens often never drives out the death of a run.</summary>
    public const int MaxOfKind = 32;

    public static readonly ObservedRows None = new();

    /// <summary>In the order of the timeline.</summary>
    public ImmutableArray<ObservedRow> Rows { get; init; } = [];

    public long NextId { get; init; }

    /// <summary>Some row has no final place yet.</summary>
    public bool HasUnplaced { get; init; }

    /// <summary>The newest break of the log that has its row.</summary>
    internal LogBreak? LastBreak { get; init; }

    /// <summary>How often the log was filled when the rows got their places.</summary>
    internal int Fillings { get; init; }

    /// <summary>The intents that have their rows.</summary>
    internal ImmutableList<ControlCase>? Cases { get; init; }

    public int Count => Rows.Length;

    public ObservedRow? Find(string key) => Rows.FirstOrDefault(row => row.Key == key);

    /// <summary>The newest row of one of these kinds; null where there is none.</summary>
    public ObservedRow? Newest(params ReadOnlySpan<ObservedKind> kinds)
    {
        ObservedRow? newest = null;
        foreach (var row in Rows)
        {
            if (kinds.Contains(row.Kind) && !(newest?.Id > row.Id))
            {
                newest = row;
            }
        }

        return newest;
    }

    /// <summary>With this row, in place of the one about the same thing, or as a new one.</summary>
    public ObservedRows With(ObservedRow row)
    {
        if (Find(row.Key) is not { } known)
        {
            var added = this with { Rows = Rows.Add(row with { Id = NextId }), NextId = NextId + 1, HasUnplaced = true };
            return added.Rows.Count(other => other.Kind == row.Kind) <= MaxOfKind
                ? added
                : added.Without(added.Rows.Where(other => other.Kind == row.Kind).MinBy(static other => (other.At, other.Id))!.Key);
        }

        if (known.Fact == row.Fact && known.IsProblem == row.IsProblem && known.At == row.At)
        {
            return this;
        }

        var moves = known.At != row.At;
        var changed = known with { Fact = row.Fact, IsProblem = row.IsProblem, At = row.At };
        return this with
        {
            Rows = Rows.Replace(known, moves ? changed with { Offset = row.Offset, IsPlaced = row.IsPlaced, Limit = row.Limit } : changed),
            HasUnplaced = HasUnplaced || moves,
        };
    }

    public ObservedRows Without(string key) => Find(key) is { } known ? this with { Rows = Rows.Remove(known) } : this;
}
