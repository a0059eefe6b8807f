using System.Text.Json.Serialization;

namespace OpsManager.Contract.Manager;

/// <summary>Why health is not good: a code with what was measured (docs/contract.md, "Health").</summary>
public sealed record HealthReason
{
    public required string Code { get; init; }

    /// <summary><c>degraded</c> or <c>critical</c>.</summary>
    public required HealthStatus Severity { get; init; }

    /// <summary>What was looked at, such as <c>ingestLagSeconds</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metric { get; init; }

    /// <summary>Its value, as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Observed { get; init; }

    /// <summary>The value that it was compared with, as text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Threshold { get; init; }
}
