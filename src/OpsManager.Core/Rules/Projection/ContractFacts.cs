using OpsManager.Contract;
using OpsManager.Contract.Words;

namespace OpsManager.Core.Rules.Projection;

/// <summary>The facts that the contract status is decided by, wherever they came from: files here, or a snapshot from elsewhere.</summary>
internal readonly record struct ContractFacts(
    string LoopId,
    string? ApprovalStatus,
    bool? CompletionOk,
    bool HasSummaryEntry,
    bool? StateActive,
    string? StateLoopId,
    string? LastEventName,
    string? LastEventStatus)
{
    /// <summary>
    /// The seven rules of docs/contract.md, "Contract status"; the first that fits decides. The rules are fixed, also where
    /// they are wrong.
    /// </summary>
    public Lifecycle Status =>
        ApprovalStatus == DecisionWords.Pending ? Lifecycle.AwaitingApproval
        : CompletionOk == true ? Lifecycle.Complete
        : StateActive == true && StateLoopId == LoopId ? Lifecycle.Running
        : LastEventName is EventNames.LoopStop or EventNames.RateLimitStop or EventNames.NoProgressStop ? Lifecycle.Stopped
        : IsFailure(LastEventStatus) ? Lifecycle.Failed
        : StateActive == false && HasSummaryEntry ? Lifecycle.Idle
        : Lifecycle.Unknown;

    /// <summary>Event status words that say the run broke.</summary>
    public static bool IsFailure(string? status) =>
        status is EventStatuses.Error or EventStatuses.Timeout or EventStatuses.Blocked or EventStatuses.RateLimited;
}
