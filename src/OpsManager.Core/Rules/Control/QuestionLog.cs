using OpsManager.Contract.Words;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Control;

/// <summary>
/// What the log says of one approval request since an intent was planned: the decisions recorded on it, the event that
/// closed it, and the request that followed. By file order only; the decided run's id is on an approval that is consumed, the
/// next run's id on a rejection (docs/contract.md, "What the runtime really does", point 8).
/// </summary>
internal sealed record QuestionLog
{
    private QuestionLog(EventMoment? closing, EventMoment? completing, EventMoment? replacedBy, IReadOnlyList<EventMoment> decisions) =>
        (Closing, Completing, ReplacedBy, Decisions) = (closing, completing, replacedBy, decisions);

    /// <summary>The event by which a run consumed the decision in force; null where none was seen.</summary>
    public EventMoment? Closing { get; }

    /// <summary>The end of the loop that followed from it.</summary>
    public EventMoment? Completing { get; }

    /// <summary>Another request that came without the log telling what closed this one.</summary>
    public EventMoment? ReplacedBy { get; }

    /// <summary>The events that say that somebody decided; they do not say which decision is in force.</summary>
    public IReadOnlyList<EventMoment> Decisions { get; }

    /// <summary>The decision that was consumed; null where none was.</summary>
    public string? Word => Closing?.Name switch
    {
        EventNames.ApprovalConsumed => DecisionWords.Approved,
        EventNames.ApprovalRejected => DecisionWords.Rejected,
        _ => null,
    };

    /// <summary>Null where the log cannot be relied on for it: it is switched off, a tail, or has lost lines since.</summary>
    public static QuestionLog? Read(ControlAttempt attempt, LoopFacts loop)
    {
        var moments = loop.Tally.Decisive;
        var baseline = attempt.Baseline;
        if (loop.Withheld is not null
            || loop.Log is not { IsTail: false }
            || loop.Tally.Lines < baseline.Events
            || loop.HasGoneBack
            || loop.Breaks.Exists(broke => broke.At >= baseline.At)
            || (moments.IsFull && moments.All[0].Line > baseline.Events + 1))
        {
            return null;
        }

        // approval.json is written before the event of the request: a plan may have been made between the two.
        var isAsked = IsAsked(attempt, moments);
        EventMoment? closing = null;
        var decisions = new List<EventMoment>();
        foreach (var moment in moments.All.Where(moment => moment.Line > baseline.Events))
        {
            switch (moment.Name)
            {
                case EventNames.ApprovalRequested when closing is null && !isAsked && IsOfTarget(attempt, moment):
                    isAsked = true;
                    break;
                case EventNames.ApprovalRequested:
                    return new(closing, null, closing is null ? moment : null, decisions);
                case EventNames.ApprovalDecision when closing is null && moment.RunId == attempt.Target.RunId:
                    decisions.Add(moment);
                    break;
                case EventNames.ApprovalConsumed when closing is null && IsOfTarget(attempt, moment):
                case EventNames.ApprovalRejected when closing is null:
                    closing = moment;
                    break;
                case EventNames.LoopComplete when closing is { Name: EventNames.ApprovalConsumed } && moment.RunId == attempt.Target.RunId:
                    return new(closing, moment, null, decisions);
            }
        }

        return new(closing, null, null, decisions);
    }

    /// <summary>Whether the event of the request was in the log when the intent was planned.</summary>
    private static bool IsAsked(ControlAttempt attempt, RecentMoments moments)
    {
        var isAsked = false;
        foreach (var moment in moments.All.TakeWhile(moment => moment.Line <= attempt.Baseline.Events))
        {
            isAsked = moment.Name switch
            {
                EventNames.ApprovalRequested => IsOfTarget(attempt, moment),
                EventNames.ApprovalConsumed or EventNames.ApprovalRejected => false,
                _ => isAsked,
            };
        }

        return isAsked;
    }

    private static bool IsOfTarget(ControlAttempt attempt, EventMoment moment) =>
        moment.RunId == attempt.Target.RunId && (moment.Iteration is null || moment.Iteration == attempt.Target.Iteration);
}
