namespace OpsManager.Contract.Manager;

/// <summary>An incident note in a list.</summary>
/// <param name="Id">Name of the file without its ending: <c>YYYYMMDDTHHMMSSZ-CAUSE</c>.</param>
/// <param name="At">When the loop was rolled back.</param>
/// <param name="IsOpen">The loop is rolled back because of it, and nobody has re-armed it.</param>
/// <param name="Why">The cause in one sentence; null where the note does not hold it.</param>
/// <param name="Path">Relative to the repository.</param>
public sealed record IncidentEntry(
    string Id, string RepoPath, string LoopId, DateTimeOffset? At, string Cause, bool IsOpen, string? Why, string Path);
