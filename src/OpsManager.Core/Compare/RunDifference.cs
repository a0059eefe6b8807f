namespace OpsManager.Core.Compare;

/// <summary>How two runs differ at one place.</summary>
public enum DifferenceKind
{
    /// <summary>The step is in A only.</summary>
    OnlyA,

    /// <summary>The step is in B only.</summary>
    OnlyB,

    /// <summary>Both have the step, and it ended otherwise, or another role took it.</summary>
    Changed,

    /// <summary>Both have the step, at another place among the others.</summary>
    Moved,
}

/// <summary>One place at which two runs differ.</summary>
/// <param name="A">Null where A has no such step.</param>
/// <param name="B">Null where B has no such step.</param>
public sealed record RunDifference(DifferenceKind Kind, RunStep? A, RunStep? B)
{
    /// <summary>What ended otherwise, or who took the step; empty where the kind says it all.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>Steps that it stands for: more than one where a whole iteration is on one side only.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What the step of A says in words; null until its line was read.</summary>
    public string? WordsA { get; init; }

    /// <summary>What the step of B says in words; null until its line was read.</summary>
    public string? WordsB { get; init; }

    /// <summary>The step, of A where both have it.</summary>
    public RunStep Step => A ?? B ?? throw new InvalidOperationException("a difference is of a step of A or of B");

    /// <summary>A whole iteration is on one side only.</summary>
    public bool IsIteration => Count > 1;
}

/// <summary>A value of a step that differs; null where one side has none.</summary>
public sealed record FieldChange(string Name, string? A, string? B);
