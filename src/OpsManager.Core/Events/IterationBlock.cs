using System.Runtime.InteropServices;

namespace OpsManager.Core.Events;

/// <summary>
/// The rows of an iteration that is over: from its start to its end, or to the row before whatever shows that it did not end.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct IterationBlock
{
    /// <summary>Its iteration_start.</summary>
    public required int First { get; init; }

    /// <summary>Its iteration_end where it has one.</summary>
    public required int Last { get; init; }

    /// <summary>The row that showed that it is over.</summary>
    public required int ClosedAt { get; init; }

    /// <summary>Rows behind the first one, in all blocks before this one.</summary>
    public required int HiddenBefore { get; init; }

    /// <summary>Distinct roles that began; a log with more than eight in an iteration counts eight.</summary>
    public byte Roles { get; init; }

    /// <summary>It has its iteration_end.</summary>
    public bool HasEnd { get; init; }

    /// <summary>One of its rows is a problem.</summary>
    public bool HasProblem { get; init; }

    /// <summary>Rows that go where the block is shown as one.</summary>
    public int Hidden => Last - First;
}
