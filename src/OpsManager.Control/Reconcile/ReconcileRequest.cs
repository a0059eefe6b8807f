using OpsManager.Core.Rules.Health;

namespace OpsManager.Control.Reconcile;

/// <summary>What one reconcile is asked to do (docs/contract.md, "Command line").</summary>
public sealed record ReconcileRequest
{
    public required string Repo { get; init; }

    public required string Loop { get; init; }

    /// <summary>Where the cursor is kept; null for the manager's own directory.</summary>
    public string? CursorFile { get; init; }

    /// <summary>Where the state is kept; null for the manager's own directory.</summary>
    public string? StateFile { get; init; }

    /// <summary>Read over from the first event; the one way in which a cursor may go back.</summary>
    public bool FromStart { get; init; }

    public int MaxEvents { get; init; } = int.MaxValue;

    /// <summary>How many times to try again after a failure.</summary>
    public int RetryAttempts { get; init; }

    public TimeSpan RetryBackoff { get; init; }

    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Balanced;

    public required string TraceId { get; init; }
}
