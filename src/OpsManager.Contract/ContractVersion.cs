namespace OpsManager.Contract;

/// <summary>Fixed words of the v1 contract (docs/contract.md, "Envelopes").</summary>
public static class ContractVersion
{
    public const string V1 = "v1";
    public const string SnapshotEnvelope = "loop_run_snapshot";
    public const string EventEnvelope = "loop_run_event";
    public const string SequenceSource = "cursor_event_line_offset";

    /// <summary>The run id where neither a summary entry nor an event names one.</summary>
    public const string UnknownRun = "unknown";
}
