using System.IO.Abstractions;
using OpsManager.Contract;

namespace OpsManager.Sources.Local;

/// <summary>Finds repositories in which loops run.</summary>
public sealed class RepoFinder(IFileSystem files)
{
    /// <summary>
    /// The nearest directory from <paramref name="start"/> upward in whose .superloop loops have run; where there is none, the nearest
    /// that holds a .superloop at all; null where none does.
    /// </summary>
    public string? FindUpward(string start) => FindInUse(start) ?? Upward(start).FirstOrDefault(IsRepo);

    /// <summary>The same, and null where no loop has run: a .superloop left in a home directory by accident is nothing to watch.</summary>
    public string? FindInUse(string start) => Upward(start).FirstOrDefault(IsInUse);

    private IEnumerable<string> Upward(string start)
    {
        for (var directory = files.Path.GetFullPath(start); directory is not null; directory = files.Path.GetDirectoryName(directory))
        {
            yield return directory;
        }
    }

    /// <summary>A loop, or what the runtime writes of a run whose loops have vanished.</summary>
    private bool IsInUse(string directory) => HasLoops(files.Path.Combine(directory, ArtifactPaths.Loops))
        || files.File.Exists(files.Path.Combine(directory, ArtifactPaths.State))
        || files.File.Exists(files.Path.Combine(directory, ArtifactPaths.ActiveRun));

    private bool HasLoops(string loops)
    {
        try
        {
            return files.Directory.Exists(loops) && files.Directory.EnumerateDirectories(loops).Any();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read may well hold loops: whoever watches it is told why it cannot be read.
            return true;
        }
    }

    /// <summary>Whether <paramref name="directory"/> holds a .superloop directory.</summary>
    public bool IsRepo(string directory) => files.Directory.Exists(files.Path.Combine(directory, ArtifactPaths.Root));

    /// <summary>Makes a place for what is kept of a sprite, where there is none.</summary>
    public void Make(string directory) => files.Directory.CreateDirectory(files.Path.Combine(directory, ArtifactPaths.Root));

    /// <summary>Whether a directory has a .superloop, or nothing in its place, so that one can be made.</summary>
    public bool CanBeRepo(string path)
    {
        var root = files.Path.Combine(path, ArtifactPaths.Root);
        return files.Directory.Exists(path) && !files.File.Exists(root) && files.FileInfo.New(root).LinkTarget is null;
    }

    /// <summary>Whether a directory is there at all.</summary>
    public bool IsDirectory(string path) => files.Directory.Exists(path);

    /// <summary>The repository that was named on the command line.</summary>
    /// <exception cref="ContractException">It is not there, or holds no .superloop.</exception>
    public string Named(string path)
    {
        var full = files.Path.TrimEndingDirectorySeparator(files.Path.GetFullPath(path));
        var root = files.Path.Combine(full, ArtifactPaths.Root);
        return IsRepo(full) ? full : throw new ContractException(
            FailureCodes.SnapshotUnavailable,
            files.FileInfo.New(root).LinkTarget is { } target
                ? $"{root} is a symbolic link to {target}, where no directory is; make that directory, or remove the link"
                : $"required artifact missing: {root}; name a repository in which loops have run with --repo");
    }
}
