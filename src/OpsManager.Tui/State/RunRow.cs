using OpsManager.Core.Model;

namespace OpsManager.Tui.State;

/// <summary>A row of the run list: a run, or the heading of a repository with several.</summary>
/// <param name="Loop">Null in a heading.</param>
/// <param name="IsInGroup">The run stands under a heading.</param>
public readonly record struct RunRow(RepoModel Repo, LoopModel? Loop, bool IsInGroup)
{
    /// <summary>Headings stand over repositories with several loops, where there are several repositories.</summary>
    public static IReadOnlyList<RunRow> Of(FleetModel fleet, IReadOnlyList<LoopModel> runs)
    {
        var rows = new List<RunRow>(runs.Count);
        string? group = null;
        foreach (var loop in runs)
        {
            var repo = fleet.Repos[loop.Repo];
            var isInGroup = fleet.Repos.Count > 1 && repo.Loops.Count > 1;
            if (isInGroup && group != loop.Repo)
            {
                rows.Add(new(repo, null, false));
            }

            group = loop.Repo;
            rows.Add(new(repo, loop, isInGroup));
        }

        return rows;
    }
}
