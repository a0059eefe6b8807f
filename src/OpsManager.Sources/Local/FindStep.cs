namespace OpsManager.Sources.Local;

/// <summary>How far a search has come.</summary>
/// <param name="Line">Where the line starts that has the text; null where it was not found yet.</param>
/// <param name="Next">Where to go on.</param>
/// <param name="IsDone">There is nothing more in this direction.</param>
/// <param name="Fault">Why the file could not be read.</param>
public readonly record struct FindStep(long? Line, long Next, bool IsDone, string? Fault = null)
{
    /// <summary>The bytes there are still being fetched: the same can be asked again in a moment.</summary>
    public bool IsWaiting { get; init; }
}
