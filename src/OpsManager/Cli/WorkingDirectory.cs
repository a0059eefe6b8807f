using System.IO.Abstractions;
using OpsManager.Contract;

namespace OpsManager.Cli;

/// <summary>The directory that the program was started in, which somebody may have deleted meanwhile.</summary>
internal static class WorkingDirectory
{
    /// <summary>The message for an operator; the runtime's own says only that some file was not found.</summary>
    public const string Deleted =
        "The working directory was deleted. Change to a directory that exists (cd), or name a repository by its absolute path with "
            + "--repo.";

    /// <exception cref="ContractException">It was deleted.</exception>
    public static string From(IFileSystem files) => Find(files) ?? throw new ContractException(FailureCodes.SnapshotUnavailable, Deleted);

    /// <summary>Null where it was deleted.</summary>
    public static string? Find(IFileSystem files)
    {
        try
        {
            return files.Directory.GetCurrentDirectory();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a relative path failed because of it: then the runtime names no file.</summary>
    public static bool IsMissingIn(Exception error) => error is FileNotFoundException { FileName: null or "" };
}
