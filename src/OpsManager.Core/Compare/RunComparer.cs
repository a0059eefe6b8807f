namespace OpsManager.Core.Compare;

/// <summary>
/// Compares two runs: the steps by iteration, role, gate and order, and what they took. Whole runs are aligned by the numbers of their
/// iterations; of two iterations the numbers do not count. Costs n log n.
/// </summary>
public static class RunComparer
{
    /// <param name="strict">Numbers make two runs different too.</param>
    public static RunComparison Compare(RunRecord a, RunRecord b, bool strict = false)
    {
        // An iteration against an iteration, whatever their numbers; else 3 of the one is 3 of the other.
        var withIterations = a.Iteration is null || b.Iteration is null;
        var (stepsA, stepsB) = (WaveOrder.Arrange(a.Steps), WaveOrder.Arrange(b.Steps));
        var matches = StepAligner.Align(stepsA, stepsB, withIterations);
        var finder = new DifferenceFinder(stepsA, stepsB, matches, withIterations);
        var found = finder.Find();
        var numbers = NumberComparer.Compare(a, b);
        return new RunComparison(a, b)
        {
            Differences = [.. found.Take(RunComparison.MaxListed)],
            DifferenceCount = found.Count,
            Numbers = [.. numbers.Take(RunComparison.MaxListed)],
            NumberCount = numbers.Count,
            IsStrict = strict,
            NamesOnlyInA = NamesOnlyIn(stepsA, stepsB),
            NamesOnlyInB = NamesOnlyIn(stepsB, stepsA),
            Shared = matches.Count(static match => match != StepAligner.None),
        };
    }

    private static IReadOnlyList<string> NamesOnlyIn(IReadOnlyList<RunStep> steps, IReadOnlyList<RunStep> others)
    {
        var names = others.Select(static step => step.Name).ToHashSet(StringComparer.Ordinal);
        return [.. steps.Select(static step => step.Name).Where(name => !names.Contains(name))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
