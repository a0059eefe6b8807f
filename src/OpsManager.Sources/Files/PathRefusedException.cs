namespace OpsManager.Sources.Files;

/// <summary>
/// The door <see cref="GuardedFiles"/> does not open a path because of what is there: a link, no regular file, another hard
/// link.
/// </summary>
internal sealed class PathRefusedException(string message) : IOException(message);
