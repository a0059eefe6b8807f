using OpsManager.Core.Model;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>The runs of one repository in the order of the list.</summary>
internal sealed class RunGroup
{
    /// <summary>For each place the index of the run among those of the repository; null where that is the place.</summary>
    private readonly int[]? order;

    /// <summary>The rows that were made of it last: mostly the same are asked for again.</summary>
    private RunSection? section;

    private RunGroup(RepoRuns runs, int[]? order, long key, RunSection? section) =>
        (Runs, this.order, Key, this.section) = (runs, order, key, section);

    public RepoRuns Runs { get; }

    /// <summary>Its own place among the repositories, as <see cref="RunOrder"/> has it; where it has no run it has no place.</summary>
    public long Key { get; }

    public int Count => Runs.Loops.Length;

    /// <summary>The run at a place.</summary>
    public LoopModel this[int place] => Runs.Loops[IndexAt(place)];

    /// <param name="held">The same group in an order that is held; null where none is, or it was not there.</param>
    /// <param name="known">The same group in the order before; null where it was not there.</param>
    /// <param name="isAlike">That order was by the same, and held as it is now.</param>
    public static RunGroup From(RepoRuns runs, RunSort sort, RunGroup? held, RunGroup? known, bool isAlike)
    {
        if (known is not null && isAlike && ReferenceEquals(known.Runs, runs))
        {
            return known;
        }

        var isSame = known is not null && isAlike && ReferenceEquals(known.Runs.Loops, runs.Loops);
        var order = isSame ? known!.order : Order(runs.Loops, sort, held);
        var key = runs.Loops.Length == 0 ? 0 : RunOrder.Of(runs.Repo, FirstOf(runs.Loops, sort), sort);
        return known is null || !ReferenceEquals(known.Runs, runs) || !AreEqual(known.order, order) ? new(runs, order, key, null)
            : known.Key == key ? known
            : new(runs, order, key, known.section);
    }

    /// <summary>Whether the same runs are in both, however they stand.</summary>
    public bool HasSameRuns(RunGroup other) => AreSame(Runs.Loops, other.Runs.Loops);

    /// <summary>The place of a run; -1 where it is not there.</summary>
    public int PlaceOf(string loop) =>
        Runs.IndexOf(loop) is >= 0 and var index ? (order is null ? index : Array.IndexOf(order, index)) : -1;

    /// <summary>What the row of a run needs of the columns.</summary>
    public RunMeasure MeasureAt(Watched watched, int place) => Runs.MeasureOf(watched, IndexAt(place));

    /// <summary>The rows that the list has of it.</summary>
    public RunSection Section(Watched watched, RunFilter filter, bool isFolded) =>
        section = RunSection.From(watched, this, filter, isFolded, section);

    private int IndexAt(int place) => order is null ? place : order[place];

    private static bool AreEqual(int[]? one, int[]? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.AsSpan().SequenceEqual(other));

    /// <summary>The run by which the repository is sorted.</summary>
    private static LoopModel FirstOf(LoopModel[] loops, RunSort sort)
    {
        var first = loops[0];
        foreach (var loop in loops)
        {
            first = RunOrder.Of(loop, sort) < RunOrder.Of(first, sort) ? loop : first;
        }

        return first;
    }

    /// <summary>Where the order is held, what is new comes behind.</summary>
    private static int[]? Order(LoopModel[] loops, RunSort sort, RunGroup? held)
    {
        if (held is not null && AreSame(loops, held.Runs.Loops))
        {
            return held.order;
        }

        var keys = Array.ConvertAll(loops, loop => RunOrder.Of(loop, sort));
        var order = Enumerable.Range(0, loops.Length).OrderBy(i => keys[i]);
        if (held is not null)
        {
            var places = held.Places();
            order = Enumerable.Range(0, loops.Length)
                .OrderBy(i => held.Runs.IndexOf(loops[i].Id) is >= 0 and var index ? places[index] : int.MaxValue)
                .ThenBy(i => keys[i]);
        }

        int[] sorted = [.. order];
        return sorted.Index().All(static place => place.Index == place.Item) ? null : sorted;
    }

    /// <summary>For each run of the repository its place.</summary>
    private int[] Places()
    {
        var places = new int[Count];
        for (var place = 0; place < places.Length; place++)
        {
            places[IndexAt(place)] = place;
        }

        return places;
    }

    private static bool AreSame(LoopModel[] loops, LoopModel[] others)
    {
        if (ReferenceEquals(loops, others))
        {
            return true;
        }

        if (loops.Length != others.Length)
        {
            return false;
        }

        for (var i = 0; i < loops.Length; i++)
        {
            if (loops[i].Id != others[i].Id)
            {
                return false;
            }
        }

        return true;
    }
}
