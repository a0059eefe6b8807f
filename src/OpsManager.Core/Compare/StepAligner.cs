using System.Runtime.InteropServices;

namespace OpsManager.Core.Compare;

/// <summary>
/// Finds which steps of two runs belong together, in n log n: what is equal at both ends of a stretch belongs together; in between,
/// steps that occur once on both sides do, as long as their order is the same, and part the stretch into smaller ones.
/// </summary>
internal sealed class StepAligner
{
    public const int None = -1;

    /// <summary>Stretches of at most so many pairs are compared step by step with each other.</summary>
    private const int MaxTable = 16_384;

    private const int MaxDepth = 32;

    private readonly int[] keysA;
    private readonly int[] keysB;
    private readonly int[] wholeA;
    private readonly int[] wholeB;
    private readonly int[] matches;

    private StepAligner(IReadOnlyList<RunStep> a, IReadOnlyList<RunStep> b, bool withIterations)
    {
        (keysA, keysB) = Numbers(a, b, new SameStep(withFields: false, withIterations));
        (wholeA, wholeB) = Numbers(a, b, new SameStep(withFields: true, withIterations));
        matches = new int[a.Count];
        matches.AsSpan().Fill(None);
    }

    /// <summary>For each step of A the step of B that belongs to it, or <see cref="None"/>. Never goes back.</summary>
    /// <param name="withIterations">Steps of different iterations never belong together.</param>
    public static int[] Align(IReadOnlyList<RunStep> a, IReadOnlyList<RunStep> b, bool withIterations)
    {
        var aligner = new StepAligner(a, b, withIterations);
        aligner.Match(new Stretch(0, a.Count, 0, b.Count), 0);
        return aligner.matches;
    }

    /// <summary>A number for each step, the same for the same.</summary>
    private static (int[] A, int[] B) Numbers(IReadOnlyList<RunStep> a, IReadOnlyList<RunStep> b, SameStep same)
    {
        var known = new Dictionary<RunStep, int>(same);
        int[] All(IReadOnlyList<RunStep> steps)
        {
            var numbers = new int[steps.Count];
            for (var at = 0; at < numbers.Length; at++)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, steps[at], out var isKnown);
                number = isKnown ? number : known.Count;
                numbers[at] = number;
            }

            return numbers;
        }

        return (All(a), All(b));
    }

    private void Match(Stretch all, int depth)
    {
        var part = Trimmed(all);
        if (part.CountA == 0 || part.CountB == 0)
        {
            return;
        }

        if ((long)part.CountA * part.CountB <= MaxTable)
        {
            MatchByTable(part);
            return;
        }

        var anchors = Increasing(depth < MaxDepth ? Unique(part) : Occurrences(part));
        anchors = anchors.Count == 0 ? Increasing(Occurrences(part)) : anchors;
        var (a, b) = (part.FromA, part.FromB);
        foreach (var (atA, atB) in anchors)
        {
            matches[atA] = atB;
            if (depth < MaxDepth)
            {
                Match(new Stretch(a, atA, b, atB), depth + 1);
            }

            (a, b) = (atA + 1, atB + 1);
        }

        if (depth < MaxDepth && anchors.Count > 0)
        {
            Match(new Stretch(a, part.ToA, b, part.ToB), depth + 1);
        }
    }

    /// <summary>Without what is equal at its start and its end.</summary>
    private Stretch Trimmed(Stretch part)
    {
        var (fromA, toA, fromB, toB) = part;
        for (; fromA < toA && fromB < toB && wholeA[fromA] == wholeB[fromB]; fromA++, fromB++)
        {
            matches[fromA] = fromB;
        }

        for (; fromA < toA && fromB < toB && wholeA[toA - 1] == wholeB[toB - 1]; toA--, toB--)
        {
            matches[toA - 1] = toB - 1;
        }

        return new Stretch(fromA, toA, fromB, toB);
    }

    /// <summary>The most pairs in order, where one that says the same counts more than one that is only about the same thing.</summary>
    private void MatchByTable(Stretch part)
    {
        var best = new int[part.CountA + 1, part.CountB + 1];
        int Worth(int a, int b) => keysA[part.FromA + a] != keysB[part.FromB + b] ? 0
            : wholeA[part.FromA + a] == wholeB[part.FromB + b] ? 3
            : 2;
        for (var a = part.CountA - 1; a >= 0; a--)
        {
            for (var b = part.CountB - 1; b >= 0; b--)
            {
                var worth = Worth(a, b);
                var skipped = Math.Max(best[a + 1, b], best[a, b + 1]);
                best[a, b] = worth > 0 ? Math.Max(skipped, best[a + 1, b + 1] + worth) : skipped;
            }
        }

        for (var (a, b) = (0, 0); a < part.CountA && b < part.CountB;)
        {
            var worth = Worth(a, b);
            if (worth > 0 && best[a, b] == best[a + 1, b + 1] + worth)
            {
                matches[part.FromA + a++] = part.FromB + b++;
            }
            else if (best[a, b] == best[a + 1, b])
            {
                a++;
            }
            else
            {
                b++;
            }
        }
    }

    /// <summary>Steps that occur once on both sides, in the order of A.</summary>
    private List<(int A, int B)> Unique(Stretch part)
    {
        var seen = new Dictionary<int, (int CountA, int CountB, int B)>();
        for (var a = part.FromA; a < part.ToA; a++)
        {
            ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, keysA[a], out _);
            one.CountA++;
        }

        for (var b = part.FromB; b < part.ToB; b++)
        {
            ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, keysB[b], out _);
            (one.CountB, one.B) = (one.CountB + 1, b);
        }

        var found = new List<(int, int)>();
        for (var a = part.FromA; a < part.ToA; a++)
        {
            if (seen[keysA[a]] is (1, 1, var b))
            {
                found.Add((a, b));
            }
        }

        return found;
    }

    /// <summary>The first of a kind on one side with the first on the other, the second with the second, in the order of A.</summary>
    private List<(int A, int B)> Occurrences(Stretch part)
    {
        var waiting = new Dictionary<int, Queue<int>>();
        for (var b = part.FromB; b < part.ToB; b++)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(waiting, keysB[b], out _);
            (queue ??= []).Enqueue(b);
        }

        var found = new List<(int, int)>();
        for (var a = part.FromA; a < part.ToA; a++)
        {
            if (waiting.TryGetValue(keysA[a], out var queue) && queue.TryDequeue(out var b))
            {
                found.Add((a, b));
            }
        }

        return found;
    }

    private static List<(int A, int B)> Increasing(List<(int A, int B)> pairs) =>
        [.. LongestIncrease.In([.. pairs.Select(static pair => pair.B)]).Select(at => pairs[at])];

    /// <summary>Steps of both sides, each from the first to before the last.</summary>
    private readonly record struct Stretch(int FromA, int ToA, int FromB, int ToB)
    {
        public int CountA => ToA - FromA;

        public int CountB => ToB - FromB;
    }
}
