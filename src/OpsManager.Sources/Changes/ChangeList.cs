namespace OpsManager.Sources.Changes;

/// <summary>The files of a repository that differ from its last commit.</summary>
/// <param name="Commit">Name of the commit, in full; null where there is none.</param>
/// <param name="Files">First those that are known to differ, then those that could not be compared; each in order of their paths.</param>
/// <param name="Fault">Why nothing could be compared; null where it could.</param>
public sealed record ChangeList(string? Commit, IReadOnlyList<ChangedFile> Files, string? Fault = null)
{
    /// <summary>Files of the commit that were compared.</summary>
    public int Compared { get; init; }

    /// <summary>Entries that .gitignore leaves out.</summary>
    public int Ignored { get; init; }

    /// <summary>Further files that are not listed, because there are too many.</summary>
    public int LeftOut { get; init; }
}
