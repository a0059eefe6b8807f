using System.Globalization;
using OpsManager.Contract.Text;
using static OpsManager.Core.Compare.ComparisonLineKind;

namespace OpsManager.Core.Compare;

/// <summary>A comparison in words, for the terminal and for the screen: where the runs part comes first.</summary>
public static class ComparisonText
{
    /// <summary>Entries of one list that are written; JSON has more of them.</summary>
    private const int MaxEntries = 50;

    /// <summary>The lines; text of files in them is not cleaned.</summary>
    public static IEnumerable<string> Texts(RunComparison comparison) => Lines(comparison).Select(static line => line.Text);

    /// <summary>The same, with what each line is.</summary>
    public static IReadOnlyList<ComparisonLine> Lines(RunComparison comparison)
    {
        var lines = new List<ComparisonLine>
        {
            new(SideA, $"A  {Side(comparison.A)}"),
            new(SideB, $"B  {Side(comparison.B)}"),
            Headline(comparison),
        };
        lines.AddRange(Notes(comparison).Select(static note => new ComparisonLine(Note, note)));
        if (comparison.First is { } first)
        {
            Head(lines, "FIRST DIVERGENCE");
            lines.AddRange(Entry(first));
        }

        var gates = comparison.Differences.Where(static difference => difference.Step.Gate is not null).ToArray();
        var steps = comparison.Differences.Where(static difference => difference.Step.Gate is null).ToArray();
        AddList(lines, "GATES", gates, comparison.DifferenceCount - comparison.Differences.Count);
        AddList(lines, "STEPS", steps, comparison.DifferenceCount - comparison.Differences.Count);
        AddNumbers(lines, comparison);
        return lines;
    }

    private static string Side(RunRecord run)
    {
        var which = run.Iteration is { } iteration ? $"  iteration {Text(iteration)}" : "";
        var length = run.Length is { } time ? $", {Took((decimal)time.TotalSeconds)}" : "";
        return $"{run.Place}  {run.Loop}  run {run.RunId ?? Text(run.Number)}{which}  {Counts.Text(run.Steps.Count, "event")}, "
            + $"{Counts.Text(run.Iterations.Count, "iteration")}{length}  {run.End}";
    }

    private static ComparisonLine Headline(RunComparison comparison)
    {
        var numbers = Counts.Text(comparison.NumberCount, "number");
        return (comparison.IsEqual, comparison.DifferenceCount, comparison.NumberCount) switch
        {
            (true, _, 0) => new(Equal, "equal: the same steps, outcomes and numbers"),
            (true, _, var count) => new(
                Equal, $"equal: the same steps and outcomes; {numbers} {(count == 1 ? "differs" : "differ")}, which --strict counts"),
            (false, 0, _) => new(Different, $"different: {numbers}; the steps and outcomes are the same"),
            (false, 1, _) => new(Different, $"different: 1 step or outcome, {numbers}"),
            (false, var count, _) => new(Different, $"different: {Text(count)} steps or outcomes, {numbers}"),
        };
    }

    private static IEnumerable<string> Notes(RunComparison comparison)
    {
        if (comparison.HasNothingInCommon)
        {
            yield return "The runs have nothing in common: no step of one is a step of the other. Are they of the same kind of loop?";
            yield break;
        }

        if (!comparison.BothEndedAnIteration)
        {
            yield break;
        }

        foreach (var (side, names) in new[] { ("A", comparison.NamesOnlyInA), ("B", comparison.NamesOnlyInB) })
        {
            var ofGates = names.Where(RunStep.IsOfGate).ToArray();
            if (ofGates.Length > 0)
            {
                var more = ofGates.Length > 8 ? $" and {Text(ofGates.Length - 8)} more" : "";
                yield return $"Only {side} has events of these names: {string.Join(", ", ofGates.Take(8))}{more}. "
                    + "It may have other settings, or another version of the runtime.";
            }
        }
    }

    private static void AddList(List<ComparisonLine> lines, string title, RunDifference[] differences, int notListed)
    {
        if (differences.Length == 0)
        {
            return;
        }

        Head(lines, $"{title} ({Text(differences.Length)}{(notListed > 0 ? " or more" : "")})");
        lines.AddRange(differences.Take(MaxEntries).SelectMany(Entry));
        if (differences.Length > MaxEntries || notListed > 0)
        {
            lines.Add(new(Note, $"  {Text(Math.Max(0, differences.Length - MaxEntries) + notListed)} more are not shown; --json has up to "
                + $"{Text(RunComparison.MaxListed)}"));
        }
    }

    private static IEnumerable<ComparisonLine> Entry(RunDifference difference)
    {
        var step = difference.Step;
        if (difference.IsIteration)
        {
            var side = difference.A is null ? "B" : "A";
            yield return new(
                ComparisonLineKind.Text,
                $"  only in {side}  iteration {Text(step.Iteration)}: {Counts.Text(difference.Count, "event")}, "
                    + $"from line {Text(step.Line)}");
            yield break;
        }

        var word = difference.Kind switch
        {
            DifferenceKind.OnlyA => "only in A",
            DifferenceKind.OnlyB => "only in B",
            DifferenceKind.Moved => "at another place",
            _ => "changed",
        };
        var changes = difference.Changes.Count == 0 ? "" : $": {string.Join(", ", difference.Changes.Select(Change))}";
        yield return new(ComparisonLineKind.Text, $"  {word}  {Place(step)}{changes}");
        if (difference.A is { } a)
        {
            yield return new(SideA, $"    A {Line(a, difference.WordsA)}");
        }

        if (difference.B is { } b)
        {
            yield return new(SideB, $"    B {Line(b, difference.WordsB)}");
        }
    }

    private static string Change(FieldChange change) => $"{change.Name} {change.A ?? "none"} -> {change.B ?? "none"}";

    private static string Place(RunStep step)
    {
        var iteration = step.Iteration >= 0 ? $"iteration {Text(step.Iteration)}  " : "";
        var role = step.Role is { } name ? $"{name}  " : "";
        return $"{iteration}{role}{(step.Child is { } child ? $"child {child}  " : "")}{step.Name}";
    }

    private static string Line(RunStep step, string? words)
    {
        var at = step.At is { } time ? time.ToString("HH:mm:ss'Z'  ", CultureInfo.InvariantCulture) : "";
        return $"line {Text(step.Line)}  {at}{words ?? step.Name}";
    }

    private static void AddNumbers(List<ComparisonLine> lines, RunComparison comparison)
    {
        if (comparison.Numbers.Count == 0)
        {
            return;
        }

        Head(lines, $"NUMBERS ({Text(comparison.NumberCount)})");
        var rows = comparison.Numbers.Take(MaxEntries).Select(static number => new[]
        {
            Where(number), NumberText.What(number.Kind), NumberText.Amount(number.Kind, number.A),
            NumberText.Amount(number.Kind, number.B), NumberText.Change(number),
        }).Prepend(["WHERE", "WHAT", "A", "B", "CHANGE"]).ToArray();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        lines.AddRange(rows.Select(row => new ComparisonLine(
            ComparisonLineKind.Text,
            $"  {string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))}".TrimEnd())));
        if (comparison.NumberCount > MaxEntries)
        {
            lines.Add(new(Note, $"  {Text(comparison.NumberCount - MaxEntries)} more are not shown; --json has up to "
                + $"{Text(RunComparison.MaxListed)}"));
        }
    }

    private static string Where(NumberDifference number) =>
        number.Iteration is not { } iteration ? "run" : $"iteration {Text(iteration)}{(number.Who is { } who ? $"  {who}" : "")}";

    private static string Took(decimal seconds) => NumberText.Amount(NumberKind.Duration, seconds);

    private static void Head(List<ComparisonLine> lines, string title)
    {
        lines.Add(new(ComparisonLineKind.Text, ""));
        lines.Add(new(Heading, title));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
