using OpsManager.Contract.Manager;
using OpsManager.Core.Documents;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Pages;

/// <summary>What people decided, and what was sent to the loop with its result.</summary>
internal static class DecisionPart
{
    public static Section From(RunPageInput input)
    {
        var loop = input.Loop;
        var blocks = new List<Block>();
        if (loop.Decisions.Rows.Count > 0)
        {
            var (decisions, leftOut) = PageLimits.Newest(loop.Decisions.Rows, PageLimits.Rows, "rows");
            blocks.AddRange(PageLimits.Table(
                new TableBlock("Decisions", ["At", "Decision", "By", "Run", "Iteration", "Note"],
                    [.. decisions.Select(static decision => (IReadOnlyList<Cell>)
                    [
                        PageText.Time(decision.Timestamp), new Cell(decision.Word, PageText.ToneOf(decision.Word)), decision.By ?? "",
                        decision.RunId ?? "", decision.Iteration is { } number ? PageText.Number(number) : "", decision.Note ?? "",
                    ])])
                { Numbers = [4] },
                leftOut));
        }

        if (loop.Cases.All.Count > 0)
        {
            var (cases, leftOut) = PageLimits.Newest(loop.Cases.All, PageLimits.Rows, "controls");
            blocks.AddRange(PageLimits.Table(
                new TableBlock("Controls sent by ops-manager", ["Sent", "Intent", "By", "Result", "Why", "Note"],
                    [.. cases.Select(static sent => (IReadOnlyList<Cell>)
                    [
                        PageText.Time(sent.StartedAt ?? sent.FinishedAt), IntentText.Noun(sent.Intent), sent.By ?? "",
                        Result(sent), sent.Why ?? "", sent.Note ?? "",
                    ])]),
                leftOut));
        }

        var others = loop.Intents.Rows.Where(intent => loop.Cases.Find(intent.IdempotencyKey ?? "") is null).ToArray();
        if (others.Length > 0)
        {
            var (sent, leftOut) = PageLimits.Newest(others, PageLimits.Rows, "controls");
            blocks.AddRange(PageLimits.Table(
                new TableBlock("Controls sent by other managers", ["Sent", "Intent", "By", "Status", "Note"],
                    [.. sent.Select(static (IntentRow intent) => (IReadOnlyList<Cell>)
                    [
                        PageText.Time(intent.Timestamp), IntentText.Noun(intent.Intent), intent.RequestedBy ?? "",
                        intent.StatusWord ?? "not named", intent.Note ?? "",
                    ])]),
                leftOut));
        }

        return new Section("Decisions and controls", blocks.Count > 0
            ? blocks
            : [new Paragraph("Nobody decided anything, and nothing was sent to this loop.", Tone.Muted)]);
    }

    private static Cell Result(ControlCase sent) => sent switch
    {
        { IsPending: true } => new Cell("not known yet", Tone.Waiting),
        { Outcome: null } => new Cell("sent, not verified", Tone.Muted),
        { IsSuccess: true, Outcome: var outcome } => new Cell($"confirmed: {outcome}", Tone.Good),
        { Outcome: var outcome } => new Cell(outcome, Tone.Bad),
    };
}
