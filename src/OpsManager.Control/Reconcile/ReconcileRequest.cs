using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Reconcile;

/// <summary>What one reconcile is asked to do (docs/contract.md, "Command line").</summary>
public sealed record ReconcileRequest
{
    public required string Repo { get; init; }

    public required string Loop { get; init; }

    /// <summary>
    /// Files that take the place of the manager's own, by their <see cref="Contract.Words.FileNames"/>; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Places { get; init; }

    /// <summary>Read over from the first event; the one way in which a cursor may go back.</summary>
    public bool FromStart { get; init; }

    public int MaxEvents { get; init; } = int.MaxValue;

    /// <summary>How often a service is asked before the reconcile has failed; it is only kept here, who asks goes by it.</summary>
    public int RetryAttempts { get; init; } = 1;

    public TimeSpan RetryBackoff { get; init; }

    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Balanced;

    public required string TraceId { get; init; }
}
