namespace OpsManager.Sources.Changes;

/// <summary>A file of the working directory that is not what the last commit has, or that could not be compared.</summary>
/// <param name="Path">Relative to the repository; a directory ends with '/'.</param>
/// <param name="Note">Why it was not compared, or how large it is; null where there is nothing to say.</param>
public sealed record ChangedFile(string Path, ChangeKind Kind, string? Note = null);
