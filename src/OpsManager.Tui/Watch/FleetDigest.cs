using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Tui.Watch;

/// <summary>What the screen shows of the whole fleet; computed once for each model, when it is needed.</summary>
internal sealed class FleetDigest(FleetModel fleet)
{
    private readonly FleetModel fleet = fleet;

    /// <inheritdoc cref="Watched.Alerts"/>
    public IReadOnlyList<Alert> Alerts => field ??=
    [
        .. fleet.Repos.Values.SelectMany(AlertsOf)
            .OrderByDescending(static alert => alert.Finding.Severity).ThenByDescending(static alert => alert.Finding.Since),
    ];

    /// <inheritdoc cref="Watched.RolledBack"/>
    public IReadOnlyList<LoopModel> RolledBack => field ??=
        [.. fleet.Loops.Where(static loop => loop.Rollback is not null || loop.Trigger is not null)];

    /// <summary>What the header says of it.</summary>
    public HeaderFacts Header => field ??= HeaderFacts.From(fleet, Alerts);

    /// <inheritdoc cref="Watched.HealthCodes"/>
    public IReadOnlyList<string> HealthCodes => field ??= Header.Health is not HealthStatus.Healthy and var worst
        ? [.. fleet.Loops.Where(loop => loop.ShownHealth.Status == worst).SelectMany(static loop => loop.ShownHealth.Codes).Distinct()]
        : [];

    /// <summary>The digest of this model: <paramref name="known"/> where it is of the same.</summary>
    public static FleetDigest From(FleetModel fleet, FleetDigest? known) =>
        known is not null && ReferenceEquals(known.fleet, fleet) ? known : new FleetDigest(fleet);

    private static IEnumerable<Alert> AlertsOf(RepoModel repo)
    {
        // A source that cannot be read speaks for all its loops at once, so it is reported once and not for each.
        if (SourceStanding.From(repo) is { Condition: SourceCondition.Unreachable, Fault: { } fault } standing)
        {
            var evidence = new EvidenceRecord { Source = "source", Fact = fault, Path = null };
            var finding = new FindingRecord
            {
                Code = FindingCodes.SourceFailed,
                Severity = Severity.Error,
                Since = standing.Since,
                Evidence = [evidence]
            };
            yield return new(repo, null, finding);
        }

        foreach (var loop in repo.Loops.Values)
        {
            foreach (var finding in loop.Verdict.Alerts.Where(static finding => finding.Code != FindingCodes.SourceFailed))
            {
                yield return new(repo, loop, finding);
            }
        }
    }
}
