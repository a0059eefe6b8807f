namespace OpsManager.Sources.Storage;

/// <summary>A lock cannot be had, or somebody has held it for too long. The message names the file.</summary>
public sealed class LockException(string message, Exception? inner = null) : IOException(message, inner);
