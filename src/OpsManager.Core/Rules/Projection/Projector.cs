using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;

namespace OpsManager.Core.Rules.Projection;

/// <summary>Projects a loop's artifacts to the v1 status, flags and confidence (docs/contract.md, "Projection").</summary>
internal static class Projector
{
    public static Projected Project(RepoFacts repo, LoopFacts loop)
    {
        var state = repo.State.Value;
        var approval = loop.Approval.Value;
        var entry = loop.Summary.Value?.Last;
        var newest = loop.NewestEvent;
        var pending = approval?.IsPending ?? false;
        var flags = Flags(state?.Active, newest?.Name, pending, entry?.CompletionOk ?? false, loop.HasGoneBack);
        return new Projected
        {
            Status = new ContractFacts(
                loop.Id, approval?.Status, entry?.CompletionOk, entry is not null, state?.Active, state?.CurrentLoopId, newest?.Name,
                newest?.Status).Status,
            RunId = entry?.RunId ?? newest?.RunId ?? ContractVersion.UnknownRun,
            Iteration = entry?.Iteration ?? newest?.Iteration ?? state?.Iteration ?? 0,
            Flags = flags,
            Confidence = ConfidenceOf(flags, newest is not null),
            HasPendingApproval = pending,
            CompletionOk = entry?.CompletionOk,
            Gates = entry?.Gates,
            Stuck = entry?.Stuck,
            Active = state?.Active,
            LastEventName = newest?.Name,
            LastEventAt = newest?.At,
        };
    }

    /// <summary>The three flags; none of them looks at the host.</summary>
    public static DivergenceFlags Flags(
        bool? stateActive, string? newestEvent, bool pendingApproval, bool completionOk, bool cursorRegressed) => new()
        {
            ActiveMismatch = stateActive != true && KnownEventNeedsActive(newestEvent),
            ApprovalCompletionConflict = pendingApproval && completionOk,
            CursorRegression = cursorRegressed,
        };

    public static Confidence ConfidenceOf(DivergenceFlags flags, bool anyEventIngested) =>
        flags.Any ? Confidence.Low : anyEventIngested ? Confidence.High : Confidence.Medium;

    private static bool KnownEventNeedsActive(string? name) => Events.KnownEvents.NeedsActiveState(name);
}
