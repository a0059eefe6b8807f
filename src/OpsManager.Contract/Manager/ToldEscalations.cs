namespace OpsManager.Contract.Manager;

/// <summary>
/// notified.json in the state directory: for what the operator's command was called by verbs with <c>--notify</c>, so that a verb that is
/// started every minute calls once (docs/notify.md).
/// </summary>
public sealed record ToldEscalations
{
    /// <summary>Loops that are remembered; the oldest are forgotten first.</summary>
    public const int MaxLoops = 4096;

    public string SchemaVersion { get; init; } = ContractVersion.V1;

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the command was started within the last minute, oldest first.</summary>
    public required IReadOnlyList<DateTimeOffset> Calls { get; init; }

    /// <summary>The loops that are escalated and were told, the newest last.</summary>
    public required IReadOnlyList<ToldLoop> Loops { get; init; }
}

/// <summary>What was told of one loop.</summary>
/// <param name="Source">The path of its repository; of a sprite the word <c>sprite</c> and its name, wherever its copy is.</param>
/// <param name="At">When it was told last.</param>
/// <param name="Active">Categories that hold and were told, in ordinal order.</param>
public sealed record ToldLoop(string Source, string LoopId, DateTimeOffset At, IReadOnlyList<string> Active);
