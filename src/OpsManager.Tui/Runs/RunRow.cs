using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Tui.Watch;

namespace OpsManager.Tui.Runs;

/// <summary>
/// A row of the run list: a run, the group of a repository with several, a source itself, or what is to be said of it.
/// </summary>
/// <param name="Loop">Null where it is no run.</param>
/// <param name="IsInGroup">The run is under a group or a source.</param>
internal readonly record struct RunRow(RepoModel Repo, LoopModel? Loop, bool IsInGroup)
{
    /// <summary>The source's own row: it cannot be read now, or has no loops. Null in every other row.</summary>
    public SourceStanding? Source { get; init; }

    /// <summary>The line under a source: its error, and the key that helps.</summary>
    public bool IsNote { get; init; }

    /// <summary>Its runs stand under it, or would where it is not folded.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The runs of the group are not shown.</summary>
    public bool IsFolded { get; init; }

    /// <summary>Of the runs of the group that the filter leaves.</summary>
    public RollUp Runs { get; init; }

    /// <summary>What is chosen with this row; null where it cannot be.</summary>
    public LoopKey? Key => Loop is { } loop ? LoopKey.From(loop) : IsNote ? null : new LoopKey(Repo.Path, "");
}
