namespace OpsManager.Contract.Manager;

/// <summary>A row of escalations.jsonl: something that an operator has to look at (docs/contract.md, "Manager files").</summary>
public sealed record EscalationRow
{
    public required DateTimeOffset Timestamp { get; init; }

    public required string LoopId { get; init; }

    public required string TraceId { get; init; }

    /// <summary>control_ambiguous or control_failed_command.</summary>
    public required string Category { get; init; }

    public required string Intent { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string Outcome { get; init; }

    public required string Why { get; init; }

    public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }
}
