using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Tui.Confirm;

/// <summary>What a recording tells of a question in it: who decided, whether a run consumed that, and what was sent.</summary>
/// <param name="Decisions">Of the same run and iteration, oldest first; none for a cancel.</param>
/// <param name="Consumed">The event by which a run consumed the decision; null where none did.</param>
/// <param name="Cases">What managers sent for it, oldest first.</param>
internal sealed record RecordedResult(IReadOnlyList<Decision> Decisions, EventMoment? Consumed, IReadOnlyList<ControlCase> Cases)
{
    /// <param name="end">The loop as it was at the end of the recording.</param>
    public static RecordedResult From(LoopModel end, Intent intent, ControlTarget target) => intent is Intent.Cancel
        ? new([], null, Sent(end, known => known.Intent == IntentWords.Cancel && known.Aim?.RunId == target.RunId))
        : new(
            Recorded(end, target),
            ConsumedBy(end, target),
            Sent(end, known => known.Intent != IntentWords.Cancel && IsOf(target, known.Aim?.RunId, known.Aim?.Iteration)));

    private static ControlCase[] Sent(LoopModel end, Func<ControlCase, bool> isOfIt) => [.. end.Cases.All.Where(isOfIt)];

    private static Decision[] Recorded(LoopModel end, ControlTarget target)
    {
        Decision[] rows = [.. end.Decisions.Rows.Where(row => IsOf(target, row.RunId, row.Iteration))];
        // decisions.jsonl may be missing from a recording; approval.json holds the decision until a run consumes it.
        return end.Approval is { Condition: ArtifactCondition.Present, Value: { IsDecided: true } held }
            && IsOf(target, held.RunId, held.Iteration)
            && rows.All(row => row.Word != held.Status)
            ? [.. rows, new Decision(held.DecidedAt, held.RunId, held.Iteration, held.Status, held.DecidedBy, held.DecidedNote)]
            : rows;
    }

    /// <summary>
    /// The id of the decided run is on an approval that is consumed, that of the next run on a rejection (docs/contract.md, "What the
    /// runtime really does", point 8): what closes a question is the next such event in the log.
    /// </summary>
    private static EventMoment? ConsumedBy(LoopModel end, ControlTarget target)
    {
        var moments = end.Tally.Decisive.All;
        var asked = moments.LastOrDefault(moment =>
            moment.Name == EventNames.ApprovalRequested && IsOf(target, moment.RunId, moment.Iteration ?? target.Iteration));
        return asked is null
            ? null
            : moments
                .SkipWhile(moment => moment.Line <= asked.Line)
                .TakeWhile(static moment => moment.Name != EventNames.ApprovalRequested)
                .FirstOrDefault(static moment => moment.Name is EventNames.ApprovalConsumed or EventNames.ApprovalRejected);
    }

    private static bool IsOf(ControlTarget target, string? run, long? iteration) => run == target.RunId && iteration == target.Iteration;
}
