using System.Runtime.InteropServices;

namespace OpsManager.Core.Compare;

/// <summary>
/// Says of aligned steps what differs: what moved, what ended otherwise, what another role did, what one side has alone.
/// </summary>
/// <param name="matches">For each step of A the step of B that belongs to it, or <see cref="StepAligner.None"/>.</param>
internal sealed class DifferenceFinder(IReadOnlyList<RunStep> a, IReadOnlyList<RunStep> b, int[] matches, bool withIterations)
{
    private readonly List<RunDifference> found = [];
    private readonly List<int> aloneA = [];
    private readonly List<int> aloneB = [];
    private Dictionary<int, int> movedA = [];
    private HashSet<int> movedB = [];

    /// <summary>In the order of the runs.</summary>
    public IReadOnlyList<RunDifference> Find()
    {
        FindMoved();
        var nextB = 0;
        for (var at = 0; at < a.Count; at++)
        {
            if (matches[at] is var match && match == StepAligner.None)
            {
                aloneA.Add(at);
                continue;
            }

            for (; nextB < match; nextB++)
            {
                aloneB.Add(nextB);
            }

            nextB = match + 1;
            CloseGap();
            if (!a[at].SaysTheSameAs(b[match]))
            {
                found.Add(new RunDifference(DifferenceKind.Changed, a[at], b[match]) { Changes = Changes(a[at], b[match]) });
            }
        }

        for (; nextB < b.Count; nextB++)
        {
            aloneB.Add(nextB);
        }

        CloseGap();
        return WholeIterations();
    }

    /// <summary>A step without a partner here that is, word for word, a step without a partner there: the order differs.</summary>
    private void FindMoved()
    {
        var isMatched = new bool[b.Count];
        foreach (var match in matches.Where(static match => match != StepAligner.None))
        {
            isMatched[match] = true;
        }

        var waiting = new Dictionary<RunStep, Queue<int>>(new SameStep(withFields: true, withIterations));
        for (var at = 0; at < b.Count; at++)
        {
            if (!isMatched[at])
            {
                ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(waiting, b[at], out _);
                (queue ??= []).Enqueue(at);
            }
        }

        for (var at = 0; at < a.Count && waiting.Count > 0; at++)
        {
            if (matches[at] == StepAligner.None && waiting.TryGetValue(a[at], out var queue) && queue.TryDequeue(out var there))
            {
                movedA.Add(at, there);
                movedB.Add(there);
            }
        }
    }

    /// <summary>What is between two pairs: steps of the same name that differ in who took them are one change.</summary>
    private void CloseGap()
    {
        if (aloneA.Count == 0 && aloneB.Count == 0)
        {
            return;
        }

        var start = found.Count;
        var waiting = new Dictionary<(string, long), Queue<int>>();
        foreach (var at in aloneB.Where(at => !movedB.Contains(at)))
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(waiting, PlaceOf(b[at]), out _);
            (queue ??= []).Enqueue(at);
        }

        var taken = new HashSet<int>();
        foreach (var at in aloneA)
        {
            if (movedA.TryGetValue(at, out var there))
            {
                found.Add(new RunDifference(DifferenceKind.Moved, a[at], b[there]));
            }
            else if (waiting.TryGetValue(PlaceOf(a[at]), out var queue) && queue.TryDequeue(out there))
            {
                taken.Add(there);
                found.Add(new RunDifference(DifferenceKind.Changed, a[at], b[there]) { Changes = Changes(a[at], b[there]) });
            }
            else
            {
                found.Add(new RunDifference(DifferenceKind.OnlyA, a[at], null));
            }
        }

        foreach (var at in aloneB.Where(at => !movedB.Contains(at) && !taken.Contains(at)))
        {
            found.Add(new RunDifference(DifferenceKind.OnlyB, null, b[at]));
        }

        aloneA.Clear();
        aloneB.Clear();
    }

    private (string Name, long Iteration) PlaceOf(RunStep step) => (step.Name, withIterations ? step.Iteration : 0);

    private static List<FieldChange> Changes(RunStep a, RunStep b)
    {
        var changes = new List<FieldChange>();
        void Add(string name, string? one, string? two)
        {
            if (one != two)
            {
                changes.Add(new FieldChange(name, one, two));
            }
        }

        Add("role", a.Role, b.Role);
        Add("child", a.Child, b.Child);
        Add("wave", a.Wave, b.Wave);
        foreach (var name in a.Fields.Concat(b.Fields).Select(static field => field.Name).Distinct(StringComparer.Ordinal))
        {
            Add(name, Values(a, name), Values(b, name));
        }

        return changes;
    }

    private static string? Values(RunStep step, string name) =>
        step.Fields.Where(field => field.Name == name).Select(static field => field.Value).ToArray() is { Length: > 0 } values
            ? string.Join(", ", values)
            : null;

    /// <summary>The steps of an iteration that only one side has are one difference.</summary>
    private List<RunDifference> WholeIterations()
    {
        if (!withIterations)
        {
            return found;
        }

        var ofA = a.CountBy(static step => step.Iteration).ToDictionary();
        var ofB = b.CountBy(static step => step.Iteration).ToDictionary();
        var listed = new List<RunDifference>(found.Count);
        for (var at = 0; at < found.Count;)
        {
            var (kind, iteration) = (found[at].Kind, found[at].Step.Iteration);
            var whole = kind == DifferenceKind.OnlyA && !ofB.ContainsKey(iteration) ? ofA[iteration]
                : kind == DifferenceKind.OnlyB && !ofA.ContainsKey(iteration) ? ofB[iteration] : 1;
            var count = 1;
            while (count < whole && at + count < found.Count && found[at + count].Kind == kind
                && found[at + count].Step.Iteration == iteration)
            {
                count++;
            }

            listed.Add(count == whole && count > 1 ? found[at] with { Count = count } : found[at]);
            at += count == whole ? count : 1;
        }

        return listed;
    }
}
