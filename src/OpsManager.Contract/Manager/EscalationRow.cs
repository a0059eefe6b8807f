using System.Text.Json.Serialization;
using OpsManager.Contract.Words;

namespace OpsManager.Contract.Manager;

/// <summary>
/// A row of escalations.jsonl: something that an operator has to look at, recorded once (docs/contract.md, "Manager files").
/// </summary>
public sealed record EscalationRow
{
    public required DateTimeOffset Timestamp { get; init; }

    public required string LoopId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>One of <see cref="EscalationCategories"/>.</summary>
    public required string Category { get; init; }

    public required string Why { get; init; }

    /// <summary>The codes behind a health.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ReasonCodes { get; init; }

    /// <summary>Of an intent: what was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Intent { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdempotencyKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; init; }

    /// <summary>Of a rollback: the id of its note.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Incident { get; init; }

    public IReadOnlyList<EvidenceRecord> Evidence { get; init; } = [];
}

/// <summary>What is escalated. The first six are the contract's, the last is ours.</summary>
public static class EscalationCategories
{
    public const string DivergenceDetected = HealthCodes.DivergenceDetected;
    public const string HealthDegraded = "health_degraded";
    public const string HealthCritical = "health_critical";
    public const string OrderingDriftDetected = HealthCodes.OrderingDriftDetected;
    public const string ControlAmbiguous = HealthCodes.ControlAmbiguous;
    public const string ControlFailedCommand = HealthCodes.ControlFailedCommand;
    public const string RolledBack = FindingCodes.RolledBack;
}
