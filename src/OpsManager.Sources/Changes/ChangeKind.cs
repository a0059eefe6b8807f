namespace OpsManager.Sources.Changes;

/// <summary>How a file differs from the last commit.</summary>
public enum ChangeKind
{
    /// <summary>Its content is another.</summary>
    Changed,

    /// <summary>The commit does not have it.</summary>
    Added,

    /// <summary>Only the commit has it.</summary>
    Removed,

    /// <summary>Nothing is known of it: see the note.</summary>
    NotCompared,
}
