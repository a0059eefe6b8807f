namespace OpsManager.Contract.Words;

/// <summary>What a row of telemetry is about (docs/contract.md, "Manager files").</summary>
public static class TelemetryCategories
{
    public const string RuntimeHeartbeat = "runtime_heartbeat";
    public const string EnvelopeSequence = "envelope_sequence";
}
