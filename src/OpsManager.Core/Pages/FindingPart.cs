using OpsManager.Contract.Manager;
using OpsManager.Core.Documents;
using OpsManager.Core.Guides;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Pages;

/// <summary>What was found, with the evidence: alerts first, then what something explains, and what every source says.</summary>
internal static class FindingPart
{
    public static Section From(RunPageInput input)
    {
        var findings = input.Loop.Verdict.Findings;
        var blocks = new List<Block>();
        var alerts = input.Loop.Verdict.Alerts.ToArray();
        blocks.AddRange(alerts.Length == 0
            ? [new Paragraph("There is no alert.", Tone.Good)]
            : alerts.Select(static finding => Of(finding)));
        var explained = findings.Where(static finding => finding.ExplainedBy is not null).Select(static finding => Of(finding)).ToArray();
        if (explained.Length > 0)
        {
            blocks.Add(new Folded($"Findings that something explains ({PageText.Number(explained.Length)})", explained));
        }

        if (input.Alerts.Count > 0)
        {
            var (seen, leftOut) = PageLimits.Newest(input.Alerts, PageLimits.Rows, "alerts");
            blocks.AddRange(PageLimits.Table(
                new TableBlock("Alerts as they appeared", ["At", "Alert", "What it means"],
                    [.. seen.Select(static alert => (IReadOnlyList<Cell>)
                        [PageText.Time(alert.At), alert.Code, Meaning(alert.Code)])]),
                leftOut));
        }

        blocks.Add(new Folded("What each source says", [Evidence(SourceEvidence.All(input.Repo, input.Loop), "What each source says")]));
        return new Section("Findings", blocks);
    }

    private static Section Of(FindingRecord finding)
    {
        var since = finding.Since is { } at ? $", since {PageText.Time(at)}" : "";
        var why = finding.ExplainedBy is { } by ? $"; explained by {by}" : "";
        var (evidence, leftOut) = PageLimits.Newest(finding.Evidence, PageLimits.Evidence, "facts");
        return new Section($"{finding.Code} ({finding.Severity.ToString().ToLowerInvariant()}{since}{why})",
        [
            new Paragraph(Meaning(finding.Code)),
            Evidence(evidence, "Evidence"),
            .. leftOut is null ? (Block[])[] : [new Paragraph(leftOut, Tone.Muted)],
        ]);
    }

    private static TableBlock Evidence(IReadOnlyList<EvidenceRecord> evidence, string caption) => new(
        caption, ["Source", "Fact", "Where"],
        [.. evidence.Select(static fact => (IReadOnlyList<Cell>)
            [fact.Source, fact.Fact, $"{fact.Path}{(fact.Line is { } line ? $", line {PageText.Number(line)}" : "")}"])]);

    private static string Meaning(string code) => CodeGuides.Find(code) is [var guide, ..] ? guide.Meaning : "";
}
