namespace OpsManager.Core.Rules.Rollout;

/// <summary>How many differing checks roll a loop back.</summary>
public sealed record RollbackLimits
{
    public static readonly RollbackLimits Default = new();

    /// <summary>Checks in a row that found a difference.</summary>
    public int Checks { get; init; } = 2;

    /// <summary>Or fewer, where the first and the newest of them are so far apart.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What speaks against a row of intents.jsonl has to last so long: by then what it rests on has been read as well.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(3);
}
