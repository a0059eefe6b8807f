namespace OpsManager.Contract.Words;

/// <summary>Reason codes of health (docs/contract.md, "Health").</summary>
public static class HealthCodes
{
    public const string DivergenceDetected = "divergence_detected";
    public const string ControlAmbiguous = "control_ambiguous";
    public const string ControlFailedCommand = "control_failed_command";
    public const string IngestStale = FindingCodes.IngestStale;
    public const string RuntimeHeartbeatStale = "runtime_heartbeat_stale";
    public const string TransportUnreachable = "transport_unreachable";
    public const string InvalidTransportPayload = "invalid_transport_payload";
    public const string ProjectionFailed = FailureCodes.ProjectionFailed;
    public const string OrderingDriftDetected = "ordering_drift_detected";
    public const string ReconcileFailed = "reconcile_failed";
}
