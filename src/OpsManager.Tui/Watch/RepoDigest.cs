using OpsManager.Core.Model;
using OpsManager.Core.Reports;

namespace OpsManager.Tui.Watch;

/// <summary>What the screen shows of one repository as a part of the fleet; of a model that has not changed it is the same.</summary>
internal sealed class RepoDigest
{
    private RepoDigest(RepoModel repo)
    {
        Repo = repo;
        Alerts = [.. FleetAlerts.Of(repo).Select(found => new Alert(repo, found.Loop, found.Finding))];
        RolledBack = [.. repo.Loops.Values.Where(static loop => loop.Rollback is not null || loop.Trigger is not null)];
        Counts = FleetCounts.Of(repo, [.. Alerts.Select(static alert => alert.Finding)]);
    }

    public RepoModel Repo { get; }

    /// <summary>In the order in which they are found.</summary>
    public IReadOnlyList<Alert> Alerts { get; }

    /// <inheritdoc cref="Watched.RolledBack"/>
    public IReadOnlyList<LoopModel> RolledBack { get; }

    public FleetCounts Counts { get; }

    /// <summary>Those of a fleet, in order of their paths.</summary>
    /// <param name="known">Those of an earlier model; null where there was none.</param>
    public static RepoDigest[] Of(FleetModel fleet, RepoDigest[]? known)
    {
        var (found, earlier, next, old) = (new RepoDigest[fleet.Repos.Count], known ?? [], 0, 0);
        foreach (var (path, repo) in fleet.Repos)
        {
            while (old < earlier.Length && string.CompareOrdinal(earlier[old].Repo.Path, path) < 0)
            {
                old++;
            }

            found[next++] = old < earlier.Length && ReferenceEquals(earlier[old].Repo, repo) ? earlier[old] : new RepoDigest(repo);
        }

        return found;
    }
}
