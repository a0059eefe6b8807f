namespace OpsManager.Sources.Storage;

/// <summary>A lock cannot be had, or somebody has held it for too long. The message names the file.</summary>
/// <param name="isUnwritable">The host cannot keep the file; nothing is wrong with what stands there.</param>
public sealed class LockException(string message, bool isUnwritable, Exception? inner = null) : IOException(message, inner)
{
    public bool IsUnwritable => isUnwritable;
}
