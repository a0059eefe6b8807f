using OpsManager.Contract;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The order of the run list: sorted, then the runs of one repository together, in the order of the first of each.</summary>
internal static class RunOrder
{
    /// <summary>The urgency of what cannot be read: of nothing in it is known how it stands.</summary>
    private const int Unreachable = 0;

    /// <param name="nameOf">How a repository is named on screen.</param>
    public static IReadOnlyList<LoopModel> From(FleetModel fleet, RunSort sort, HeldOrder? held, Func<string, string> nameOf)
    {
        var sorted = Sorted(fleet, sort, nameOf);
        if (held is not null)
        {
            var places = held.Runs.Index().ToDictionary(static place => place.Item, static place => place.Index);
            sorted = sorted.OrderBy(loop => places.GetValueOrDefault(LoopKey.From(loop), int.MaxValue));
        }

        // Also where the order is held: a run that is new comes to those of its repository, not behind all.
        return [.. sorted.GroupBy(static loop => loop.Repo, StringComparer.Ordinal).SelectMany(static group => group)];
    }

    private static IEnumerable<LoopModel> Sorted(FleetModel fleet, RunSort sort, Func<string, string> nameOf)
    {
        var loops = fleet.Loops;
        var unreachable = fleet.Repos.Values
            .Where(static repo => SourceStanding.From(repo).Condition == SourceCondition.Unreachable)
            .Select(static repo => repo.Path).ToHashSet(StringComparer.Ordinal);

        // They come by repository and loop, and every sort here keeps that order among equals.
        return sort switch
        {
            RunSort.Urgency => loops
                .OrderBy(loop => unreachable.Contains(loop.Repo) ? Unreachable : 1)
                .ThenBy(static loop => Urgency(loop.Verdict.Ruling)),
            RunSort.Age => loops.OrderByDescending(static loop => loop.Verdict.Ruling.Since ?? DateTimeOffset.MinValue),
            RunSort.Lag => loops.OrderBy(static loop => loop.Tally.Newest?.At ?? DateTimeOffset.MaxValue),
            _ => loops.OrderBy(loop => nameOf(loop.Repo), StringComparer.Ordinal),
        };
    }

    /// <summary>
    /// What needs somebody comes first, in the order in which the header and the row of a group count it; then what is at work, then
    /// what has ended. Smaller is more urgent.
    /// </summary>
    public static int Urgency(Ruling ruling) => ruling switch
    {
        { Lifecycle: Lifecycle.Failed } => 1,
        { Lifecycle: Lifecycle.AwaitingApproval } => 2,
        { Lifecycle: Lifecycle.Running, IsPaused: true } => 3,
        { Lifecycle: Lifecycle.Unknown } => 4,
        { Lifecycle: Lifecycle.Running } => 5,
        { Lifecycle: Lifecycle.Stopped } => 6,
        { Lifecycle: Lifecycle.Idle } => 7,
        _ => 8,
    };
}
