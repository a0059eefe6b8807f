using OpsManager.Contract.Words;
using OpsManager.Core.Compare;
using OpsManager.Core.Documents;

namespace OpsManager.Core.Pages;

/// <summary>What each gate said at the end of each iteration.</summary>
internal static class GatePart
{
    private static readonly string[] Gates =
        ["promise", "tests", "validation", "prerequisites", "checklist", "evidence", "lifecycle", "approval"];

    public static Section From(RunPageInput input)
    {
        var ends = new Dictionary<long, RunStep>();
        foreach (var step in input.Run.Steps)
        {
            if (step.Name is EventNames.GatesEvaluated or EventNames.IterationEnd)
            {
                ends[step.Iteration] = step;
            }
        }

        if (ends.Count == 0)
        {
            return new Section("Gates", [new Paragraph("No gate has been evaluated.", Tone.Muted)]);
        }

        var (listed, leftOut) = PageLimits.Newest([.. ends.OrderBy(static end => end.Key)], PageLimits.Iterations, "iterations");
        var gates = Gates.Where(gate => listed.Any(end => ValueOf(end.Value, gate) is not null)).ToArray();
        return new Section("Gates", [.. PageLimits.Table(
            new TableBlock("Gates by iteration", ["Iteration", .. gates.Select(static gate => char.ToUpperInvariant(gate[0]) + gate[1..])],
                [.. listed.Select(end => (IReadOnlyList<Cell>)
                    [PageText.Number(end.Key), .. gates.Select(gate => CellOf(ValueOf(end.Value, gate)))])]),
            leftOut)]);
    }

    private static string? ValueOf(RunStep step, string gate) =>
        step.Fields.FirstOrDefault(field => field.Name == gate) is { Value: { } value } ? value : null;

    private static Cell CellOf(string? value) => value switch
    {
        null => new Cell(""),
        "true" => new Cell("found", Tone.Good),
        "false" => new Cell("not found", Tone.Bad),
        _ => new Cell(value, PageText.ToneOf(value)),
    };
}
