namespace OpsManager.Core.Rollout;

/// <summary>How much disagreement is borne before the manager steps back.</summary>
public sealed record RollbackLimits
{
    public static readonly RollbackLimits Default = new();

    /// <summary>Checks in a row that found a difference.</summary>
    public int Checks { get; init; } = 2;

    /// <summary>Or for so long after a check that did, with none since that found agreement.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A row of intents.jsonl is audited when it is this old: by then what it rests on has been read as well.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(3);
}
