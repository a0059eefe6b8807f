using OpsManager.Core.Documents;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Pages;

/// <summary>The iterations with what their roles and gates took: a picture of the newest, and a table.</summary>
internal static class IterationPart
{
    public static Section From(RunPageInput input, IterationSpans spans)
    {
        if (spans.Iterations.Count == 0)
        {
            return new Section("Iterations", [new Paragraph("No iteration has begun.", Tone.Muted)]);
        }

        var (drawn, _) = PageLimits.Newest(spans.Iterations, PageLimits.DrawnIterations, "iterations");
        var (listed, leftOut) = PageLimits.Newest(spans.Iterations, PageLimits.Iterations, "iterations");
        var usage = input.Run.Usage.GroupBy(static row => row.Iteration ?? -1)
            .ToDictionary(static rows => rows.Key, static rows => UsageSum.From(rows));
        var table = new TableBlock("Iterations", ["Iteration", "Started", "Took", "Roles and gates", "Tokens in", "Tokens out", "Cost"],
            [.. listed.Select(iteration => Row(iteration, usage.GetValueOrDefault(iteration.Number, UsageSum.None)))])
        {
            Numbers = [2, 4, 5, 6],
        };
        return new Section("Iterations",
        [
            .. Chart(drawn, spans.Iterations.Count, input.At) is { } chart ? [chart] : (Block[])[],
            .. PageLimits.Table(table, leftOut),
        ]);
    }

    private static TimeChart? Chart(IReadOnlyList<IterationSpan> iterations, int all, DateTimeOffset at)
    {
        var bars = iterations.Select(iteration => (Iteration: iteration, Bars: Bars(iteration, at)))
            .Where(static one => one.Bars.Count > 0).ToArray();
        if (bars.Length == 0)
        {
            return null;
        }

        var start = bars.Min(static one => one.Bars.Min(static bar => bar.Start));
        var end = bars.Max(static one => one.Bars.Max(static bar => bar.End));
        var which = all > iterations.Count ? $"the newest {PageText.Number(iterations.Count)} of {PageText.Number(all)} iterations"
            : $"{PageText.Number(iterations.Count)} {(iterations.Count == 1 ? "iteration" : "iterations")}";
        var slowest = bars.SelectMany(static one => one.Bars.Select(bar => (one.Iteration.Number, Bar: bar)))
            .MaxBy(static one => one.Bar.End - one.Bar.Start);
        return new TimeChart(
            "Roles and gates of each iteration",
            $"Shows {which}, from {PageText.Time(start)} to {PageText.Time(end)}. Roles are grey, gates green, what failed red, and "
                + $"what has not ended blue. The longest is {slowest.Bar.Text}, in iteration {PageText.Number(slowest.Number)}.",
            start,
            end,
            [.. bars.Select(static one => new Lane($"iteration {PageText.Number(one.Iteration.Number)}", one.Bars))]);
    }

    private static List<Bar> Bars(IterationSpan iteration, DateTimeOffset at)
    {
        var bars = new List<Bar>();
        foreach (var span in iteration.Spans)
        {
            if (span.Start is { } start)
            {
                var end = span.End ?? (at > start ? at : start);
                bars.Add(new Bar(start, end < start ? start : end, Words(span), ToneOf(span)));
            }
        }

        return bars;
    }

    private static IReadOnlyList<Cell> Row(IterationSpan iteration, UsageSum usage)
    {
        var words = iteration.Spans.Where(static span => span.Kind == WorkKind.Role || PageText.ToneOf(span.Status) is Tone.Bad)
            .Select(Words);
        return
        [
            PageText.Number(iteration.Number), PageText.Time(iteration.Start),
            iteration.IsOpen ? "not ended" : PageText.Took(iteration.End - iteration.Start), string.Join(", ", words),
            PageText.Count(usage.InputTokens), PageText.Count(usage.OutputTokens), PageText.Cost(usage.Cost),
        ];
    }

    private static string Words(WorkSpan span)
    {
        var took = span.IsOpen ? " (not ended)" : span is { Start: { } start, End: { } end } ? $" {PageText.Took(end - start)}" : "";
        var status = span.Status is { } word && PageText.ToneOf(word) == Tone.Bad ? $" {word}" : "";
        return $"{span.Name}{took}{status}";
    }

    private static Tone ToneOf(WorkSpan span) => span switch
    {
        { IsOpen: true } => Tone.Busy,
        { Status: { } status } when PageText.ToneOf(status) is Tone.Bad or Tone.Waiting => PageText.ToneOf(status),
        { Kind: WorkKind.Role } => Tone.Plain,
        _ => Tone.Good,
    };
}
