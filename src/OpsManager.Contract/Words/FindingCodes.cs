namespace OpsManager.Contract.Words;

/// <summary>Every finding that the assessment can make (docs/contract.md, "Findings"). A code is a name: it is never changed.</summary>
public static class FindingCodes
{
    public const string ProcessGone = "process_gone";
    public const string UnclaimedActive = "unclaimed_active";
    public const string ClaimOverwritten = "claim_overwritten";
    public const string LoopVanished = "loop_vanished";
    public const string StaleCompletion = "stale_completion";
    public const string StatusDisagreement = "status_disagreement";
    public const string ActiveMismatch = "active_mismatch";
    public const string ApprovalCompletionConflict = "approval_completion_conflict";
    public const string CursorRegression = "cursor_regression";
    public const string EventsTruncated = "events_truncated";
    public const string EventsRewritten = "events_rewritten";
    public const string EventsMissing = "events_missing";
    public const string EventsUnreadable = "events_unreadable";
    public const string EventInvalid = "event_invalid";
    public const string TornArtifact = "torn_artifact";
    public const string ArtifactInvalid = "artifact_invalid";
    public const string ArtifactUnreadable = "artifact_unreadable";
    public const string ClockSkew = "clock_skew";
    public const string ApprovalUnconsumed = "approval_unconsumed";
    public const string HeartbeatStale = "heartbeat_stale";
    public const string IngestStale = "ingest_stale";
    public const string OrderingDrift = "ordering_drift";
    public const string ControlUnreviewed = "control_unreviewed";
    public const string RolledBack = "rolled_back";
    public const string SourceFailed = "source_failed";
}
