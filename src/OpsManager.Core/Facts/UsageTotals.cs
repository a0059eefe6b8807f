using System.Collections.Immutable;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// What all rows of usage.jsonl come to, those that are not kept included: of all runs of the loop, and of each of the newest days. Adding
/// costs what is added, and rows that come in one look or in many give the same.
/// </summary>
public sealed record UsageTotals
{
    /// <summary>Days that are kept.</summary>
    public const int MaxDays = 31;

    public static readonly UsageTotals None = new();

    public UsageSum All { get; init; } = UsageSum.None;

    /// <summary>By day, UTC. Rows without a time are of no day.</summary>
    public ImmutableSortedDictionary<DateOnly, UsageSum> Days { get; init; } = ImmutableSortedDictionary<DateOnly, UsageSum>.Empty;

    /// <summary>Rows that one look found and did not hand on, because they were too many; they are in no sum.</summary>
    public long Skipped { get; init; }

    /// <summary>Every row has a time, and none is earlier than the one before it.</summary>
    public bool IsInOrder { get; init; } = true;

    private DateTimeOffset NewestAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>What a day came to; null where no row is of it.</summary>
    public UsageSum? On(DateOnly day) => Days.GetValueOrDefault(day);

    public UsageTotals With(RowReading<UsageEntry> reading) => reading.Condition switch
    {
        ArtifactCondition.Present => (reading.StartsOver ? None : this).Add(reading),
        ArtifactCondition.Missing => None,
        _ => this,
    };

    private UsageTotals Add(RowReading<UsageEntry> reading)
    {
        if (reading.Count == 0)
        {
            return this;
        }

        var (all, newest, isInOrder) = (All, NewestAt, IsInOrder);
        var days = Days.ToBuilder();
        foreach (var entry in reading.Rows)
        {
            all = all.With(entry);
            isInOrder &= entry.Timestamp is { } time && time >= newest;
            if (entry.Timestamp is { } at)
            {
                newest = at > newest ? at : newest;
                var day = DateOnly.FromDateTime(at.UtcDateTime);
                days[day] = (days.TryGetValue(day, out var sum) ? sum : UsageSum.None).With(entry);
                if (days.Count > MaxDays)
                {
                    days.Remove(days.Keys.First());
                }
            }
        }

        return this with
        {
            All = all,
            Days = days.ToImmutable(),
            Skipped = Skipped + Math.Max(0, reading.Count - reading.Rows.Count),
            IsInOrder = isInOrder,
            NewestAt = newest,
        };
    }
}
