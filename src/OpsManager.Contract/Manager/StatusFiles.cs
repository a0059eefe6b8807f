namespace OpsManager.Contract.Manager;

/// <summary>The files that <c>status</c> reads, as full paths; each may be missing.</summary>
public sealed record StatusFiles
{
    public required string StateFile { get; init; }

    public required string CursorFile { get; init; }

    public required string HealthFile { get; init; }

    public required string IntentsFile { get; init; }

    public required string HeartbeatStateFile { get; init; }

    public required string HeartbeatTelemetryFile { get; init; }

    public required string SequenceStateFile { get; init; }

    public required string SequenceTelemetryFile { get; init; }

    public required string ControlInvocationsFile { get; init; }

    public required string DriftStateFile { get; init; }

    public required string DriftHistoryFile { get; init; }

    public required string AlertDispatchStateFile { get; init; }

    public required string AlertDispatchTelemetryFile { get; init; }

    public required string ReconcileTelemetryFile { get; init; }

    public required string ControlTelemetryFile { get; init; }
}
