using OpsManager.Core.Documents;
using OpsManager.Core.Events;
using OpsManager.Core.Reports;

namespace OpsManager.Core.Pages;

/// <summary>
/// A report on one run, for somebody who was not there: how it ended, when, by whom, at what cost, and what shows it.
/// </summary>
public static class RunPage
{
    /// <summary>As one page of HTML that needs nothing else.</summary>
    public static void WriteHtml(RunPageInput input, TextWriter output) => HtmlDocument.Write(From(input), output);

    /// <summary>As Markdown.</summary>
    public static void WriteMarkdown(RunPageInput input, TextWriter output) => MarkdownDocument.Write(From(input), output);

    internal static Document From(RunPageInput input)
    {
        var loop = input.Loop;
        var spans = loop.Log is { } log ? IterationSpans.From(log, loop.Tally.Lines, int.MaxValue) : IterationSpans.None;
        var ruling = loop.Verdict.Ruling;
        var word = ruling.Display ?? PageText.Word(ruling.Lifecycle);
        return new Document($"{loop.Id}: {word}", ruling.Reason, PageText.ToneOf(ruling.Lifecycle),
        [
            Head(input, spans),
            .. input.Notes.Select(static note => new Paragraph($"Note: {note}", Tone.Waiting)),
            .. Next(input),
            LifecyclePart.From(input),
            IterationPart.From(input, spans),
            GatePart.From(input),
            FindingPart.From(input),
            DecisionPart.From(input),
            UsagePart.From(input),
        ])
        {
            Footer = input.MadeBy,
        };
    }

    private static FactList Head(RunPageInput input, IterationSpans spans)
    {
        var (run, loop) = (input.Run, input.Loop);
        var usage = run.UsageSum;
        Fact[] facts =
        [
            new("Source", input.Place),
            new("Loop", loop.Id),
            new("Run", run.RunId ?? "not named"),
            new("Ended by", run.End),
            new("Started", PageText.Time(run.Start)),
            new("Newest event", PageText.Time(run.LastAt)),
            new("Took", PageText.Took(run.Length)),
            new("As of", PageText.Time(input.At)),
            new("Confidence", loop.Verdict.Ruling.Confidence.ToString().ToLowerInvariant()),
            new("Iterations", Iterations(spans, loop.Tally.MaxIterations)),
            new("Events", PageText.Count(run.Steps.Count)),
            new("Alerts", PageText.Number(loop.Verdict.Alerts.Count())),
            new("Tokens", usage.Rows == 0 ? PageText.None
                : $"{PageText.Count(usage.InputTokens)} in, {PageText.Count(usage.OutputTokens)} out"),
            new("Cost", PageText.Cost(usage.Cost)),
        ];
        return new FactList([.. facts.Where(static fact => fact.Value.Length > 0)]);
    }

    private static string Iterations(IterationSpans spans, int? most) =>
        most is { } limit ? $"{PageText.Number(spans.Iterations.Count)} of at most {PageText.Number(limit)}"
            : PageText.Number(spans.Iterations.Count);

    /// <summary>What somebody does next; nothing where it is told by keys, which only the screen has.</summary>
    private static Block[] Next(RunPageInput input)
    {
        var step = NextStep.For(input.Repo, input.Loop, new NextStepContext(input.Repo.Ages, CanSend: false));
        return step.Text.Contains('{', StringComparison.Ordinal)
            ? []
            : [new Paragraph($"Next: {step.Text}{(step.Command is { } command ? $" {command}" : "")}")];
    }
}
