using OpsManager.Contract.Words;

namespace OpsManager.Core.Compare;

/// <summary>What two runs differ in.</summary>
/// <param name="A">The one that was named first.</param>
/// <param name="B">The one that was named second.</param>
public sealed record RunComparison(RunRecord A, RunRecord B)
{
    /// <summary>Differences that are listed; more are only counted.</summary>
    public const int MaxListed = 1000;

    /// <summary>Steps and outcomes that differ, in the order of the run, at most <see cref="MaxListed"/>.</summary>
    public IReadOnlyList<RunDifference> Differences { get; init; } = [];

    /// <summary>All of them.</summary>
    public int DifferenceCount { get; init; }

    /// <summary>Durations, tokens and costs that differ, at most <see cref="MaxListed"/>.</summary>
    public IReadOnlyList<NumberDifference> Numbers { get; init; } = [];

    /// <summary>All of them.</summary>
    public int NumberCount { get; init; }

    /// <summary>Whether numbers make two runs different too.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Names of events that only A has.</summary>
    public IReadOnlyList<string> NamesOnlyInA { get; init; } = [];

    /// <summary>Names of events that only B has.</summary>
    public IReadOnlyList<string> NamesOnlyInB { get; init; } = [];

    /// <summary>Steps that are in both.</summary>
    public int Shared { get; init; }

    /// <summary>On both sides an iteration went to its end, so that what one of them lacks is no matter of how far it came.</summary>
    internal bool BothEndedAnIteration => HasEnd(A) && HasEnd(B);

    /// <summary>Nothing that happened in one happened in the other.</summary>
    public bool HasNothingInCommon => Shared == 0 && A.Steps.Count > 0 && B.Steps.Count > 0;

    /// <summary>The same steps in the same order with the same outcomes; where it is strict, with the same numbers too.</summary>
    public bool IsEqual => DifferenceCount == 0 && (!IsStrict || NumberCount == 0);

    /// <summary>Where the runs part; null where they do not, or where only numbers differ.</summary>
    public RunDifference? First => Differences is [var first, ..] ? first : null;

    private static bool HasEnd(RunRecord run) => run.Steps.Any(static step => step.Name == EventNames.IterationEnd);
}
