using System.Collections.Immutable;
using OpsManager.Core.Model;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// The order of the run list: sorted, then the runs of one repository together, in the order of the first of each. Made from the order
/// before it: only what has changed is sorted again.
/// </summary>
internal sealed class RunGroups
{
    private readonly Terms terms;

    /// <summary>Stands for this order where another is held as this one, so that no order keeps all that were before it.</summary>
    private readonly object identity = new();

    /// <summary>In order of their paths, also those without runs.</summary>
    private readonly RunGroup[] byPath;

    /// <summary>For each place in the list the index among <see cref="byPath"/>; of those that have runs.</summary>
    private readonly int[] order;

    private readonly JoinedList<LoopModel> runs;
    private readonly Dictionary<string, int> places;

    private RunGroups(Terms terms, RunGroup[] byPath, int[] order, Dictionary<string, int>? known)
    {
        (this.terms, this.byPath, this.order) = (terms, byPath, order);
        runs = JoinedList<LoopModel>.Of(order.Length, place => this[place].Count, (place, index) => this[place][index]);
        places = known ?? Places();
    }

    /// <summary>Repositories that have runs.</summary>
    public int Count => order.Length;

    /// <summary>Every run, in the order of the list.</summary>
    public JoinedList<LoopModel> Runs => runs;

    /// <summary>All repositories, in order of their paths.</summary>
    public IReadOnlyList<RunGroup> All => byPath;

    /// <summary>The group at a place in the list.</summary>
    public RunGroup this[int place] => byPath[order[place]];

    /// <param name="held">The order that is kept; null where none is.</param>
    /// <param name="known">The order of an earlier model; null where there was none.</param>
    public static RunGroups From(Watched watched, RunSort sort, RunGroups? held, RunGroups? known)
    {
        var terms = Terms.From(watched, sort, held);
        var isLookAlike = known is not null && known.terms.LooksLike(terms);
        var isAlike = isLookAlike && known!.terms.IsOrderedAs(terms, known);
        var groups = new RunGroup[watched.Fleet.Repos.Count];
        var (earlier, next, old) = (known?.byPath ?? [], 0, 0);
        var (isSame, hasSameOrder) = (isLookAlike, isAlike);
        foreach (var (path, repo) in watched.Fleet.Repos)
        {
            while (old < earlier.Length && string.CompareOrdinal(earlier[old].Runs.Repo.Path, path) < 0)
            {
                old++;
            }

            var before = old < earlier.Length && earlier[old].Runs.Repo.Path == path ? earlier[old] : null;
            var runs = RepoRuns.From(watched, repo, before?.Runs, isLookAlike);
            var group = RunGroup.From(runs, sort, held?.Find(path), before, isAlike);
            isSame &= ReferenceEquals(group, before);
            hasSameOrder &= before is not null && group.Key == before.Key && group.HasSameRuns(before);
            groups[next++] = group;
        }

        hasSameOrder &= groups.Length == earlier.Length;
        return isSame && hasSameOrder && known!.terms == terms ? known
            : hasSameOrder ? new(terms, groups, known!.order, known.places)
            : new(terms, groups, Sorted(groups, sort, held), null);
    }

    /// <summary>The group of a repository; null where it has no runs.</summary>
    public RunGroup? Find(string path) => PlaceOf(path) is >= 0 and var place ? this[place] : null;

    /// <summary>The place of the group of a repository; -1 where it has no runs.</summary>
    public int PlaceOf(string path) => places.GetValueOrDefault(path, -1);

    /// <summary>The place of a run among <see cref="Runs"/>; -1 where it is not there.</summary>
    public int PlaceOf(LoopKey run) =>
        PlaceOf(run.Repo) is >= 0 and var place && this[place].PlaceOf(run.Loop) is >= 0 and var index ? runs.StartOf(place) + index : -1;

    private Dictionary<string, int> Places()
    {
        var found = new Dictionary<string, int>(order.Length, PathComparer.Instance);
        for (var place = 0; place < order.Length; place++)
        {
            found.Add(this[place].Runs.Repo.Path, place);
        }

        return found;
    }

    private static int[] Sorted(RunGroup[] groups, RunSort sort, RunGroups? held)
    {
        int[] order = [.. Enumerable.Range(0, groups.Length).Where(index => groups[index].Count > 0)];
        var kept = held is null ? null : Array.ConvertAll(groups, group => KeptPlace(group, held));
        Array.Sort(order, (one, other) =>
        {
            var (a, b) = (groups[one], groups[other]);
            var byHeld = kept is null ? 0 : kept[one].CompareTo(kept[other]);
            var byKey = byHeld != 0 ? byHeld : a.Key.CompareTo(b.Key);
            var byName = byKey != 0 || sort != RunSort.Name ? byKey : string.CompareOrdinal(a.Runs.Name, b.Runs.Name);
            return byName != 0 ? byName : one.CompareTo(other);
        });
        return order;
    }

    /// <summary>Where the order is held, a repository of which no run was there comes behind.</summary>
    private static int KeptPlace(RunGroup group, RunGroups held) =>
        held.PlaceOf(group.Runs.Repo.Path) is >= 0 and var place
        && group.Runs.Loops.Any(loop => held[place].Runs.IndexOf(loop.Id) >= 0) ? place : int.MaxValue;

    /// <summary>What the order follows from, but for the models.</summary>
    /// <param name="Held">The identity of the order that is held; null where none is.</param>
    private sealed record Terms(
        RunSort Sort, object? Held, ImmutableDictionary<string, SpriteStyle> Sprites, bool IsOnly, DateOnly Day)
    {
        public static Terms From(Watched watched, RunSort sort, RunGroups? held) => new(
            sort, held?.identity, watched.Sprites, watched.Fleet.Repos.Count == 1, DateOnly.FromDateTime(watched.Clock.UtcDateTime));

        /// <summary>What is shown of a repository that has not changed is the same.</summary>
        public bool LooksLike(Terms other) =>
            ReferenceEquals(Sprites, other.Sprites) && (IsOnly, Day) == (other.IsOnly, other.Day);

        /// <summary>
        /// The runs of a repository that has not changed have the same order: it is by the same, or it is held as it stands.
        /// </summary>
        /// <param name="order">That follows from these.</param>
        public bool IsOrderedAs(Terms other, RunGroups order) =>
            Sort == other.Sort && (ReferenceEquals(Held, other.Held) || ReferenceEquals(order.identity, other.Held));
    }
}
