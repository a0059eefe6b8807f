namespace OpsManager.Sources.Changes;

/// <summary>An entry of a commit's tree, as <c>git ls-tree -r -z</c> prints it.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Mode">Such as "100644"; a link is "120000", a submodule "160000".</param>
/// <param name="Hash">Name of its content, in lower-case hexadecimal: SHA-1, or SHA-256 by its length.</param>
internal readonly record struct CommittedFile(string Path, string Mode, string Hash)
{
    public bool IsFile => Mode.StartsWith("100", StringComparison.Ordinal);

    /// <summary>The entries of a whole output.</summary>
    /// <exception cref="FormatException">It is no such output.</exception>
    public static IEnumerable<CommittedFile> Parse(string output)
    {
        foreach (var entry in output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var words = tab < 0 ? [] : entry[..tab].Split(' ');
            yield return words.Length == 3
                ? new(entry[(tab + 1)..], words[0], words[2])
                : throw new FormatException("git ls-tree printed something else than a tree");
        }
    }
}
