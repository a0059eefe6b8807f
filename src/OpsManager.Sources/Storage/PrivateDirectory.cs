using System.IO.Abstractions;

namespace OpsManager.Sources.Storage;

/// <summary>Directories for what only their owner may read.</summary>
public static class PrivateDirectory
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, and those above it, that only their owner may enter; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static void Make(IFileSystem files, string directory)
    {
        if (!files.Directory.Exists(directory) && !OperatingSystem.IsWindows())
        {
            if (files.Path.GetDirectoryName(directory) is { Length: > 0 } above)
            {
                Make(files, above);
            }

            files.Directory.CreateDirectory(directory, Own);
        }
    }
}
