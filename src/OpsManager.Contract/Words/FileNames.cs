namespace OpsManager.Contract.Words;

/// <summary>Names of files under .superloop: the runtime's, then the manager's (docs/contract.md).</summary>
public static class FileNames
{
    /// <summary>Of the runtime; the manager has one of its own by the same name.</summary>
    public const string State = "state.json";
    public const string ActiveRun = "active-run.json";
    public const string Events = "events.jsonl";
    public const string Summary = "run-summary.json";
    public const string Approval = "approval.json";
    public const string Heartbeat = "heartbeat.v1.json";
    public const string Usage = "usage.jsonl";
    public const string Decisions = "decisions.jsonl";

    public const string Cursor = "cursor.json";
    public const string EventsCursor = "ops-manager.cursor.json";
    public const string Health = "health.json";
    public const string ManagerHeartbeat = "heartbeat.json";
    public const string Sequence = "sequence-state.json";
    public const string Intents = "intents.jsonl";
    public const string Escalations = "escalations.jsonl";
    public const string Rollout = "rollout.json";
    public const string ServiceIdempotency = "service-idempotency.json";
    public const string ControlRows = "telemetry/control.jsonl";
    public const string ControlInvocations = "telemetry/control-invocations.jsonl";
    public const string ReconcileRows = "telemetry/reconcile.jsonl";
    public const string HeartbeatRows = "telemetry/heartbeat.jsonl";
    public const string SequenceRows = "telemetry/sequence.jsonl";
    public const string ProfileDrift = "profile-drift.json";
    public const string ProfileDriftRows = "telemetry/profile-drift.jsonl";
    public const string AlertDispatch = "alert-dispatch-state.json";
    public const string AlertRows = "telemetry/alerts.jsonl";
    public const string Publish = "publish.json";
    public const string KnownLog = "known-log.json";
    public const string EscalationState = "telemetry/escalation-state.json";

    /// <summary>In the state directory of the user: what verbs with --notify have told.</summary>
    public const string Notified = "notified.json";
    public const string NotifiedLock = "notified.lock";

    public const string TransportHealth = "telemetry/transport-health.json";
    public const string ManagerLock = "manager.lock";
    public const string ControlLock = "control.lock";
    public const string CancelLock = "cancel.lock";
}
