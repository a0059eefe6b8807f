using OpsManager.Contract;
using OpsManager.Core.Compare;

namespace OpsManager.Sources.Compare;

/// <summary>A run that can be compared, and where it was found.</summary>
/// <param name="Runs">All runs of its loop, the oldest first.</param>
public sealed record OpenRun(RunPlace Place, string Loop, RunRecord Run, IReadOnlyList<RunRecord> Runs)
{
    /// <summary>The run that a name means.</summary>
    /// <exception cref="ContractException">There is no such loop, run or iteration; the message names the place.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static OpenRun From(RunPlace place, RunName name)
    {
        var loop = place.Loop(name.Loop);
        var runs = RunReader.Read(place.FilesOf(loop), loop).Select(run => run with { Place = place.Name, Loop = loop }).ToArray();
        if (runs.Length == 0)
        {
            throw new ContractException("run_missing", $"{place.Name}: the log of loop {loop} has no event");
        }

        var run = Find(place, loop, runs, name.Run);
        if (name.Iteration is not { } iteration)
        {
            return new OpenRun(place, loop, run, runs);
        }

        var slice = run.Slice(iteration);
        return slice.Steps.Count > 0 ? new OpenRun(place, loop, slice, runs) : throw new ContractException(
            "run_missing", $"{place.Name}: run {run.RunId ?? $"{run.Number}"} of loop {loop} has no iteration {iteration}; "
                + (run.Iterations is [var first, .., var last] ? $"it has {first} to {last}"
                    : run.Iterations is [var only] ? $"it has {only} only" : "it has none"));
    }

    /// <summary>The run of the same loop before this one.</summary>
    /// <exception cref="ContractException">It is the first.</exception>
    public OpenRun Before() => Run.Number > 1
        ? this with { Run = Run.Iteration is { } iteration ? Runs[Run.Number - 2].Slice(iteration) : Runs[Run.Number - 2] }
        : throw new ContractException(
            "run_missing", $"{Place.Name}: loop {Loop} has no run before {Run.RunId ?? "its first"}; name two runs to compare");

    private static RunRecord Find(RunPlace place, string loop, IReadOnlyList<RunRecord> runs, string? named)
    {
        if (named is null)
        {
            // The run that wrote last: what consumes an approval starts a run, and goes on with the one that was approved.
            return runs.MaxBy(static run => run.Steps[^1].Line) ?? runs[^1];
        }

        var found = runs.Where(run => run.RunId == named).ToArray();
        found = found.Length > 0 || named.Length == 0 ? found
            : named.Length <= 4 && int.TryParse(named, out var number) ? [.. runs.Where(run => run.Number == number)]
            : [.. runs.Where(run => run.RunId?.StartsWith(named, StringComparison.Ordinal) == true)];
        var count = found.Length == 0 ? "no run" : $"{found.Length} runs that begin with";
        return found is [var only] ? only : throw new ContractException(
            "run_missing", $"{place.Name}: loop {loop} has {count} {named}; its runs: "
                + string.Join(", ", runs.TakeLast(10).Select(static run => $"{run.Number} {run.RunId ?? "(no id)"}")));
    }
}
