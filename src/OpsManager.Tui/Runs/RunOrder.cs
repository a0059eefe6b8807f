using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The order of the run list: sorted, then the runs of one repository together, in the order of the first of each.</summary>
internal static class RunOrder
{
    /// <param name="nameOf">How a repository is named on screen.</param>
    public static IReadOnlyList<LoopModel> From(FleetModel fleet, RunSort sort, HeldOrder? held, Func<string, string> nameOf)
    {
        var sorted = Sorted(fleet.Loops, sort, nameOf);
        if (held is not null)
        {
            var places = held.Runs.Index().ToDictionary(static place => place.Item, static place => place.Index);
            sorted = sorted.OrderBy(loop => places.GetValueOrDefault(LoopKey.From(loop), int.MaxValue));
        }

        // Also where the order is held: a run that is new comes to those of its repository, not behind all.
        return [.. sorted.GroupBy(static loop => loop.Repo, StringComparer.Ordinal).SelectMany(static group => group)];
    }

    private static IEnumerable<LoopModel> Sorted(IEnumerable<LoopModel> loops, RunSort sort, Func<string, string> nameOf)
    {
        // They come by repository and loop, and every sort here keeps that order among equals.
        return sort switch
        {
            RunSort.Urgency => loops.OrderBy(static loop => Urgency(loop.Verdict.Lifecycle)),
            RunSort.Age => loops.OrderByDescending(static loop => loop.Verdict.Ruling.Since ?? DateTimeOffset.MinValue),
            RunSort.Lag => loops.OrderBy(static loop => loop.Tally.Newest?.At ?? DateTimeOffset.MaxValue),
            _ => loops.OrderBy(loop => nameOf(loop.Repo), StringComparer.Ordinal),
        };
    }

    /// <summary>What needs somebody comes first.</summary>
    public static int Urgency(Lifecycle lifecycle) => lifecycle switch
    {
        Lifecycle.Failed => 0,
        Lifecycle.AwaitingApproval => 1,
        Lifecycle.Unknown => 2,
        Lifecycle.Running => 3,
        Lifecycle.Stopped => 4,
        Lifecycle.Idle => 5,
        _ => 6,
    };
}
