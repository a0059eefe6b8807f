namespace OpsManager.Control.Storage;

/// <summary>How much is kept of a file that rows are appended to (docs/contract.md, "Manager files").</summary>
/// <param name="MaxBytes">A file of this size is rotated: it becomes its own first generation.</param>
/// <param name="Generations">Older files that are kept beside it; with three, 64 MB of each kind of row.</param>
public sealed record RowRetention(long MaxBytes, int Generations)
{
    public static RowRetention Default { get; } = new(16_000_000, 3);

    /// <summary>
    /// A file is looked at each time that it has grown by so much beyond its bound: one that cannot be rotated now (another manager
    /// holds the loop, or more than half of it is still open) costs nothing in between.
    /// </summary>
    internal long Step => Math.Max(1, MaxBytes / 16);

    /// <summary>How much of the newest rows of intents.jsonl is carried over: what health, the audit and the screen go by.</summary>
    internal long CarriedBytes => MaxBytes / 64;

    /// <summary>Gets each step of a rotation before it is done, so that a test can stop there like a killed process.</summary>
    internal Action<RotationStep>? Reached { get; init; }
}

/// <summary>What a rotation is about to do. Each step is one call of the system, whole or not at all.</summary>
internal enum RotationStep
{
    Shift,
    Prepare,
    Exchange,
    Complete,
}
