namespace OpsManager.Testing;

/// <summary>The working tree that these tests were built from: the nearest directory upward that holds the solution.</summary>
public static class RepoRoot
{
    public static string Path { get; } = Find();

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Files below <paramref name="folder"/>, without what builds leave behind.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Combine(folder), pattern, SearchOption.AllDirectories)
            .Select(static full => System.IO.Path.GetRelativePath(Path, full).Replace('\\', '/'))
            .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string Find()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = System.IO.Path.GetDirectoryName(directory))
        {
            if (File.Exists(System.IO.Path.Combine(directory, "OpsManager.sln")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"no OpsManager.sln above {AppContext.BaseDirectory}");
    }
}
