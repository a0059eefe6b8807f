namespace OpsManager.Sources.Files;

/// <summary>A path inside a repository: relative, with '/', and without a component that leads elsewhere.</summary>
internal static class RepoPath
{
    public static bool IsInside(string path)
    {
        foreach (var part in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(part) is "" or "." or ".." || path.AsSpan(part).Contains('\0'))
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="IOException">It is none.</exception>
    public static string Checked(string path) =>
        IsInside(path) ? path : throw new IOException($"\"{path}\" is not a path inside the repository");

    /// <summary>The directory of a path, empty for the repository itself, and the last name.</summary>
    public static (string Directory, string Name) Cut(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
    }

    /// <summary>
    /// What is left of a path below <paramref name="directory"/>; null where it is not below it. The directory itself leaves
    /// nothing.
    /// </summary>
    public static string? Below(string path, string directory) =>
        path == directory ? ""
        : path.Length > directory.Length
            && path[directory.Length] == '/'
            && path.StartsWith(directory, StringComparison.Ordinal) ? path[(directory.Length + 1)..]
        : null;
}
