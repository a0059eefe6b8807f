using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;

namespace OpsManager.Tui.Watch;

/// <summary>
/// What the screen shows of the whole fleet; computed once for each model, and from that of the model before: a repository that has not
/// changed is not looked at again.
/// </summary>
internal sealed class FleetDigest
{
    private readonly FleetModel fleet;
    private readonly RepoDigest[] repos;

    private FleetDigest(FleetModel fleet, FleetDigest? known)
    {
        (this.fleet, repos) = (fleet, RepoDigest.Of(fleet, known?.repos));
        Alerts =
        [
            .. repos.SelectMany(static repo => repo.Alerts)
                .OrderByDescending(static alert => alert.Finding.Severity).ThenByDescending(static alert => alert.Finding.Since),
        ];
        RolledBack = [.. repos.SelectMany(static repo => repo.RolledBack)];
        Header = FleetCounts.Sum(repos.Select(static repo => repo.Counts));
    }

    /// <inheritdoc cref="Watched.Alerts"/>
    public IReadOnlyList<Alert> Alerts { get; }

    /// <inheritdoc cref="Watched.RolledBack"/>
    public IReadOnlyList<LoopModel> RolledBack { get; }

    /// <summary>What the header says of it.</summary>
    public FleetCounts Header { get; }

    /// <inheritdoc cref="Watched.HealthCodes"/>
    public IReadOnlyList<string> HealthCodes => field ??= Header.Health is not HealthStatus.Healthy and var worst
        ?
        [
            .. repos.Where(repo => repo.Counts.Health == worst).SelectMany(static repo => repo.Repo.Loops.Values)
                .Where(loop => loop.ShownHealth.Status == worst).SelectMany(static loop => loop.ShownHealth.Codes).Distinct(),
        ]
        : [];

    /// <summary>The digest of this model: <paramref name="known"/> where it is of the same.</summary>
    public static FleetDigest From(FleetModel fleet, FleetDigest? known) =>
        known is not null && ReferenceEquals(known.fleet, fleet) ? known : new FleetDigest(fleet, known);
}
