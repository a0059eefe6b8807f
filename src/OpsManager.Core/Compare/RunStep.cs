using OpsManager.Contract.Words;
using OpsManager.Core.Events;

namespace OpsManager.Core.Compare;

/// <summary>
/// One line of a log as a comparison sees it: what happened and how it ended, without what differs between any two runs (times, paths,
/// texts that an agent wrote).
/// </summary>
/// <param name="Line">Its number in the log, from 1.</param>
/// <param name="Name">Of the event; that of an invalid line where the line is no event.</param>
/// <param name="Iteration">-1 where the event has none, and none came before it.</param>
public sealed record RunStep(int Line, string Name, long Iteration)
{
    /// <summary>First byte of the line in the log.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes of the line without its newline.</summary>
    public int Length { get; init; }

    /// <summary>Seconds since 1970 UTC; 0 where the line has no time that can be read.</summary>
    public uint Second { get; init; }

    public string? Role { get; init; }

    /// <summary>The child of a delegation that it is about; null mostly.</summary>
    public string? Child { get; init; }

    /// <summary>The wave of a delegation that it is about; null mostly.</summary>
    public string? Wave { get; init; }

    /// <summary>How it ended and what was decided, in the order of their names.</summary>
    internal IReadOnlyList<StepField> Fields { get; init; } = [];

    /// <summary>The gate that it is about, such as "tests"; null where it is none.</summary>
    public string? Gate => GateOf(Name);

    /// <summary>When it was written; null where the line does not say.</summary>
    public DateTimeOffset? At => Second == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(Second);

    /// <summary>Whether events of a name are about a gate.</summary>
    internal static bool IsOfGate(string name) => GateOf(name) is not null;

    /// <summary>Whether both say the same of the same thing.</summary>
    public bool SaysTheSameAs(RunStep other) => Fields.SequenceEqual(other.Fields);

    private static string? GateOf(string name) => name switch
    {
        EventNames.PromiseChecked => "promise",
        EventNames.GatesEvaluated => "all",
        _ => EventPair.For(name) is var (stem, _) && EventPair.IsGate(stem) ? stem : null,
    };
}

/// <summary>A value that says how a step ended or what was decided, such as "exit_code" and "1".</summary>
internal readonly record struct StepField(string Name, string Value);
