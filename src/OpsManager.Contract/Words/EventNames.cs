namespace OpsManager.Contract.Words;

/// <summary>
/// Names of events that mean something to the manager (docs/contract.md, "Runtime artifacts"). The runtime may write others.
/// </summary>
public static class EventNames
{
    public const string LoopStart = "loop_start";
    public const string IterationStart = "iteration_start";
    public const string IterationEnd = "iteration_end";
    public const string RoleStart = "role_start";
    public const string RoleEnd = "role_end";
    public const string TestsStart = "tests_start";
    public const string TestsEnd = "tests_end";
    public const string ValidationStart = "validation_start";
    public const string ValidationEnd = "validation_end";
    public const string LoopComplete = "loop_complete";
    public const string LoopStop = "loop_stop";
    public const string RateLimitStop = "rate_limit_stop";
    public const string NoProgressStop = "no_progress_stop";
    public const string ApprovalDecision = "approval_decision";
    public const string ApprovalRequested = "approval_requested";
    public const string ApprovalConsumed = "approval_consumed";
    public const string ApprovalRejected = "approval_rejected";
    public const string ApprovalWait = "approval_wait";
    public const string LifecycleStart = "lifecycle_start";
    public const string RoleTimeout = "role_timeout";
    public const string UsageLimitBlocked = "usage_limit_blocked";
}
