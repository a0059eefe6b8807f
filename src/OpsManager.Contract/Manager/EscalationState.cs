namespace OpsManager.Contract.Manager;

/// <summary>
/// telemetry/escalation-state.json: what is escalated of a loop now, so that a transition is reported once, whoever sees it and however
/// often a manager is started.
/// </summary>
public sealed record EscalationState
{
    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Categories that hold now, in ordinal order.</summary>
    public required IReadOnlyList<string> Active { get; init; }
}
