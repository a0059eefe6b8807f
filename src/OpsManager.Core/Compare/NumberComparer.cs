using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Compare;

/// <summary>
/// Compares what two runs took: time by the times of their events, tokens and cost by usage.jsonl. Events have whole seconds, and no two
/// runs take the same time, so a duration differs only by two seconds and a tenth at least.
/// </summary>
internal static class NumberComparer
{
    private static readonly TimeSpan MinChange = TimeSpan.FromSeconds(2);

    private const double MinShare = 0.1;

    public static IReadOnlyList<NumberDifference> Compare(RunRecord a, RunRecord b)
    {
        var found = new List<NumberDifference>();
        if (a.Iteration is null && Differ(a.Length, b.Length))
        {
            found.Add(Duration(null, null, a.Length, b.Length));
        }

        var (usageA, usageB) = (Usage(a), Usage(b));
        var (timesA, timesB) = (Times(a), Times(b));
        var (endedA, endedB) = (Ended(a), Ended(b));
        foreach (var place in usageA.Keys.Concat(usageB.Keys).Concat(timesA.Keys).Concat(timesB.Keys).Distinct().Order())
        {
            var (iteration, who) = (a.Iteration ?? place.Iteration, place.Who.Length == 0 ? null : place.Who);
            if (endedA.Contains(place) && endedB.Contains(place))
            {
                AddUsage(found, iteration, who, usageA.GetValueOrDefault(place), usageB.GetValueOrDefault(place));
            }

            TimeSpan? timeA = timesA.TryGetValue(place, out var one) ? one : null;
            TimeSpan? timeB = timesB.TryGetValue(place, out var two) ? two : null;
            if (Differ(timeA, timeB))
            {
                found.Add(Duration(iteration, who, timeA, timeB));
            }
        }

        return found;
    }

    private static NumberDifference Duration(long? iteration, string? who, TimeSpan? a, TimeSpan? b) =>
        new(NumberKind.Duration, iteration, who, (decimal?)a?.TotalSeconds, (decimal?)b?.TotalSeconds);

    /// <summary>A time that one side does not have is no difference: the events that are missing are one.</summary>
    private static bool Differ(TimeSpan? a, TimeSpan? b) => a is { } one && b is { } two
        && (one - two).Duration() >= MinChange && (one - two).Duration() >= (one > two ? one : two) * MinShare;

    private static void AddUsage(List<NumberDifference> found, long iteration, string? who, UsageSum? a, UsageSum? b)
    {
        void Add(NumberKind kind, decimal? one, decimal? two)
        {
            if (one != two)
            {
                found.Add(new NumberDifference(kind, iteration, who, one, two));
            }
        }

        Add(NumberKind.InputTokens, a?.InputTokens, b?.InputTokens);
        Add(NumberKind.OutputTokens, a?.OutputTokens, b?.OutputTokens);
        Add(NumberKind.CachedTokens, a?.CachedTokens, b?.CachedTokens);
        Add(NumberKind.Cost, a?.Cost, b?.Cost);
    }

    /// <summary>
    /// Roles that ended, by iteration. What a role took that one side does not have is no difference of numbers: its events are missing.
    /// </summary>
    private static HashSet<Place> Ended(RunRecord run) =>
        [.. run.Steps.Where(static step => step.Name == EventNames.RoleEnd).Select(step => Place.From(run, step.Iteration, step.Role))];

    private static Dictionary<Place, UsageSum> Usage(RunRecord run)
    {
        var sums = new Dictionary<Place, UsageSum>();
        foreach (UsageEntry entry in run.Usage)
        {
            var place = Place.From(run, entry.Iteration ?? 0, entry.Role);
            sums[place] = sums.GetValueOrDefault(place, UsageSum.None).With(entry);
        }

        return sums;
    }

    /// <summary>What iterations, roles and gates took, from the start to the end of each pair of events.</summary>
    private static Dictionary<Place, TimeSpan> Times(RunRecord run)
    {
        var times = new Dictionary<Place, TimeSpan>();
        var starts = new Dictionary<(Place, string), uint>();
        foreach (var step in run.Steps)
        {
            if (step.Second == 0 || step.Child is not null || EventPair.For(step.Name) is not var (stem, isStart) || stem == "loop")
            {
                continue;
            }

            var who = step.Name is EventNames.IterationStart or EventNames.IterationEnd ? null
                : step.Name is EventNames.RoleStart or EventNames.RoleEnd ? step.Role ?? "role" : stem;
            var place = Place.From(run, step.Iteration, who);
            if (isStart)
            {
                starts[(place, stem)] = step.Second;
            }
            else if (starts.Remove((place, stem), out var start) && start <= step.Second)
            {
                times[place] = times.GetValueOrDefault(place) + TimeSpan.FromSeconds(step.Second - start);
            }
        }

        return times;
    }

    /// <summary>Where a number belongs, in the order in which it is shown. Iterations that are compared with each other are one.</summary>
    private readonly record struct Place(long Iteration, string Who) : IComparable<Place>
    {
        public static Place From(RunRecord run, long iteration, string? who) => new(run.Iteration is null ? iteration : 0, who ?? "");

        public int CompareTo(Place other) => Iteration != other.Iteration
            ? Iteration.CompareTo(other.Iteration)
            : string.CompareOrdinal(Who, other.Who);
    }
}
