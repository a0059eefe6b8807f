using System.Collections.Immutable;

namespace OpsManager.Tui.Watch;

/// <summary>What is recorded of a repository on this host.</summary>
/// <param name="WhyNoPast">Why nothing is kept to go back to; null where something is.</param>
/// <param name="Tape">The file that the operator records into; null where they do not.</param>
public sealed record RepoRecording(string? WhyNoPast, string? Tape = null)
{
    /// <summary>Of no repository.</summary>
    public static readonly ImmutableDictionary<string, RepoRecording> None =
        ImmutableDictionary<string, RepoRecording>.Empty.WithComparers(StringComparer.Ordinal);
}
