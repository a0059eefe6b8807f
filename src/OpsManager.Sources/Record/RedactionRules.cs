namespace OpsManager.Sources.Record;

/// <summary>What is redacted in the recording of one repository.</summary>
/// <param name="Repositories">Paths of the repository; all are replaced by <paramref name="RepositoryAs"/>.</param>
/// <param name="RepositoryAs">The path that stands for it in the tape.</param>
/// <param name="Homes">Paths of homes that do not show by themselves that they are homes.</param>
/// <param name="Patterns">Regular expressions of the user.</param>
public sealed record RedactionRules(
    IReadOnlyList<string> Repositories, string RepositoryAs, IReadOnlyList<string> Homes, IReadOnlyList<string> Patterns)
{
    /// <summary>The rules for a repository at <paramref name="root"/>.</summary>
    /// <param name="home">The user's home; null where there is none.</param>
    public static RedactionRules For(string root, string? home, IReadOnlyList<string> patterns)
    {
        var name = root.TrimEnd('/');
        name = name[(name.LastIndexOf('/') + 1)..];
        return new(
            [root], $"/repo/{(name.Length == 0 ? "repository" : name)}", home is { Length: > 1 } ? [home.TrimEnd('/')] : [], patterns);
    }
}
