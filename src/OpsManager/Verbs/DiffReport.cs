using OpsManager.Core.Compare;

namespace OpsManager.Verbs;

/// <summary>A comparison as <c>diff --json</c> prints it (docs/compare.md).</summary>
/// <param name="First">Where the runs part; null where they do not.</param>
/// <param name="DifferenceCount">All differences of steps and outcomes; the list has at most 1,000.</param>
/// <param name="NumberCount">All differences of numbers; the list has at most 1,000.</param>
internal sealed record DiffReport(
    bool Equal,
    bool Strict,
    DiffSide A,
    DiffSide B,
    bool NothingInCommon,
    DiffEntry? First,
    int DifferenceCount,
    IReadOnlyList<DiffEntry> Differences,
    int NumberCount,
    IReadOnlyList<DiffNumber> Numbers,
    IReadOnlyList<string> EventsOnlyInA,
    IReadOnlyList<string> EventsOnlyInB)
{
    public static DiffReport From(RunComparison compared) => new(
        compared.IsEqual,
        compared.IsStrict,
        DiffSide.From(compared.A),
        DiffSide.From(compared.B),
        compared.HasNothingInCommon,
        compared.First is { } first ? DiffEntry.From(first) : null,
        compared.DifferenceCount,
        [.. compared.Differences.Select(DiffEntry.From)],
        compared.NumberCount,
        [.. compared.Numbers.Select(DiffNumber.From)],
        compared.NamesOnlyInA,
        compared.NamesOnlyInB);
}

/// <summary>One of the two runs.</summary>
/// <param name="Place">Where it was found.</param>
/// <param name="Run">Which run of the loop, from 1.</param>
/// <param name="Iteration">Null where it is a whole run.</param>
/// <param name="End">What ended it, in words.</param>
internal sealed record DiffSide(
    string Place,
    string Loop,
    int Run,
    string? RunId,
    long? Iteration,
    int Events,
    int Iterations,
    DateTimeOffset? StartedAt,
    DateTimeOffset? LastEventAt,
    string End,
    long? InputTokens,
    long? OutputTokens,
    decimal? CostUsd)
{
    public static DiffSide From(RunRecord run)
    {
        var usage = run.UsageSum;
        return new(
            run.Place, run.Loop, run.Number, run.RunId, run.Iteration, run.Steps.Count, run.Iterations.Count, run.Start, run.LastAt,
            run.End,
            usage.InputTokens, usage.OutputTokens, usage.Cost);
    }
}

/// <summary>One place at which the runs differ.</summary>
/// <param name="Kind"><c>only_in_a</c>, <c>only_in_b</c>, <c>changed</c> or <c>moved</c>.</param>
/// <param name="Steps">Events it stands for: more than one where one side has a whole iteration alone.</param>
internal sealed record DiffEntry(
    string Kind,
    string Event,
    long? Iteration,
    string? Role,
    string? Child,
    string? Gate,
    int Steps,
    DiffStep? A,
    DiffStep? B,
    IReadOnlyList<FieldChange> Changes)
{
    public static DiffEntry From(RunDifference difference)
    {
        var step = difference.Step;
        return new(
            difference.Kind switch
            {
                DifferenceKind.OnlyA => "only_in_a",
                DifferenceKind.OnlyB => "only_in_b",
                DifferenceKind.Moved => "moved",
                _ => "changed",
            },
            step.Name,
            step.Iteration < 0 ? null : step.Iteration,
            step.Role,
            step.Child,
            step.Gate,
            difference.Count,
            difference.A is { } a ? new DiffStep(a.Line, a.At, difference.WordsA) : null,
            difference.B is { } b ? new DiffStep(b.Line, b.At, difference.WordsB) : null,
            difference.Changes);
    }
}

/// <summary>A line of a log.</summary>
/// <param name="Text">What it says, in words.</param>
internal sealed record DiffStep(int Line, DateTimeOffset? At, string? Text);

/// <summary>A number that differs.</summary>
/// <param name="What"><c>duration_seconds</c>, <c>input_tokens</c>, <c>output_tokens</c>, <c>cached_tokens</c> or <c>cost_usd</c>.</param>
/// <param name="Iteration">Null for the whole run.</param>
/// <param name="Who">The role or the gate; null for the iteration or the run as a whole.</param>
internal sealed record DiffNumber(string What, long? Iteration, string? Who, decimal? A, decimal? B)
{
    public static DiffNumber From(NumberDifference number) => new(
        number.Kind switch
        {
            NumberKind.Duration => "duration_seconds",
            NumberKind.InputTokens => "input_tokens",
            NumberKind.OutputTokens => "output_tokens",
            NumberKind.CachedTokens => "cached_tokens",
            _ => "cost_usd",
        },
        number.Iteration,
        number.Who,
        number.A,
        number.B);
}
