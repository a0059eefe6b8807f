using System.IO.Abstractions;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Files;

namespace OpsManager.Sources.Processes;

/// <summary>
/// Finds a program as a shell does, but never in the working directory: that may be anybody's repository. Of PATH only absolute
/// entries count; an empty entry and "." would mean the working directory (docs/security.md, "Programs that are started").
/// </summary>
/// <param name="environment">Gives PATH.</param>
public sealed class ProgramFinder(IFileSystem files, Func<string, string?> environment)
{
    private const string NotExecutable = "is not executable: run chmod +x on it";
    private const int MaxPath = 4096;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="name">
    /// A name without a slash is looked for on PATH; with one it is a path, against the working directory where it is relative.
    /// </param>
    public FoundProgram Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = files.Path.GetFullPath(name);
            return Check(path) is { } fault ? new FoundProgram(null, fault) : new FoundProgram(path, null);
        }

        string? unusable = null;
        var folders = (environment("PATH") ?? "").Split(':');
        foreach (var folder in folders.Where(static folder => folder.StartsWith('/') && folder.Length <= MaxPath))
        {
            var path = files.Path.Combine(folder, name);
            switch (Check(path))
            {
                case null:
                    return new FoundProgram(path, null);
                case NotExecutable:
                    unusable ??= path;
                    break;
            }
        }

        return new FoundProgram(null, unusable is null ? "is not on PATH" : $"is on PATH only as {unusable}, which {NotExecutable}");
    }

    /// <summary>What keeps it from being started, as words behind its name; null where nothing does.</summary>
    private string? Check(string path)
    {
        try
        {
            // A link is followed: most of what is installed is one.
            return !files.File.Exists(path)
                ? files.Directory.Exists(path) ? "is a directory" : "does not exist"
                : !IsRegular(path) ? "is not a regular file"
                : !OperatingSystem.IsWindows() && (files.File.GetUnixFileMode(path) & Execute) == 0 ? NotExecutable
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot be checked: {error.Message}";
        }
    }

    /// <summary>A pipe or a device exists too, as far as the library is concerned.</summary>
    private static bool IsRegular(string path) =>
        !StatxStats.IsSupported || new StatxStats().Probe(path).Condition == ArtifactCondition.Present;
}
