using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Reports;

namespace OpsManager.Tui.Watch;

/// <summary>What the screen shows of the whole fleet; computed once for each model, when it is needed.</summary>
internal sealed class FleetDigest(FleetModel fleet)
{
    private readonly FleetModel fleet = fleet;

    /// <inheritdoc cref="Watched.Alerts"/>
    public IReadOnlyList<Alert> Alerts => field ??=
    [
        .. fleet.Repos.Values
            .SelectMany(static repo => FleetAlerts.Of(repo).Select(found => new Alert(repo, found.Loop, found.Finding)))
            .OrderByDescending(static alert => alert.Finding.Severity).ThenByDescending(static alert => alert.Finding.Since),
    ];

    /// <inheritdoc cref="Watched.RolledBack"/>
    public IReadOnlyList<LoopModel> RolledBack => field ??=
        [.. fleet.Loops.Where(static loop => loop.Rollback is not null || loop.Trigger is not null)];

    /// <summary>What the header says of it.</summary>
    public FleetCounts Header => field ??= FleetCounts.From(fleet, [.. Alerts.Select(static alert => alert.Finding)]);

    /// <inheritdoc cref="Watched.HealthCodes"/>
    public IReadOnlyList<string> HealthCodes => field ??= Header.Health is not HealthStatus.Healthy and var worst
        ? [.. fleet.Loops.Where(loop => loop.ShownHealth.Status == worst).SelectMany(static loop => loop.ShownHealth.Codes).Distinct()]
        : [];

    /// <summary>The digest of this model: <paramref name="known"/> where it is of the same.</summary>
    public static FleetDigest From(FleetModel fleet, FleetDigest? known) =>
        known is not null && ReferenceEquals(known.fleet, fleet) ? known : new FleetDigest(fleet);
}
