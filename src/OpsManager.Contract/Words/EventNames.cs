namespace OpsManager.Contract.Words;

/// <summary>
/// Names of events that mean something to the manager, or that it has words for (docs/contract.md, "Runtime artifacts"). The runtime
/// may write others.
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
    public const string PromiseChecked = "promise_checked";
    public const string ChecklistStart = "checklist_start";
    public const string ChecklistEnd = "checklist_end";
    public const string TestsRerunStart = "tests_rerun_start";
    public const string TestsRerunEnd = "tests_rerun_end";
    public const string PrerequisitesStart = "prerequisites_start";
    public const string PrerequisitesEnd = "prerequisites_end";
    public const string EvidenceStart = "evidence_start";
    public const string EvidenceEnd = "evidence_end";
    public const string LifecycleEnd = "lifecycle_end";
    public const string GatesEvaluated = "gates_evaluated";
    public const string StuckChecked = "stuck_checked";
    public const string PreCommitExecuted = "pre_commit_executed";
    public const string DelegationChildStart = "delegation_child_start";
    public const string DelegationChildEnd = "delegation_child_end";
    public const string DelegationWaveStart = "delegation_wave_start";
    public const string DelegationWaveEnd = "delegation_wave_end";
    public const string DelegationWaveDispatch = "delegation_wave_dispatch";
    public const string DelegationWaveQueueDrain = "delegation_wave_queue_drain";
    public const string DelegationRequestPassStart = "delegation_request_pass_start";
    public const string DelegationRequestPassEnd = "delegation_request_pass_end";
    public const string DelegationReconViolation = "delegation_recon_violation";
    public const string DelegationFailRole = "delegation_fail_role";
}
