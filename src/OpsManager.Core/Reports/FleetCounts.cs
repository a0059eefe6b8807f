using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Reports;

/// <summary>
/// What is shown of everything that is watched, in numbers: of repositories and sprites, of runs, of alerts. The header of the screen and
/// <c>fleet status</c> go by it.
/// </summary>
public sealed record FleetCounts
{
    /// <summary>Sources that are being read, or were in this session.</summary>
    public int Read { get; init; }

    /// <summary>Sources of which nothing was read in this session yet.</summary>
    public int NotRead { get; init; }

    public int Asleep { get; init; }

    public int Unreachable { get; init; }

    public int Failed { get; init; }

    public int Waiting { get; init; }

    public int Running { get; init; }

    /// <summary>Runs whose process is stopped or frozen; not among <see cref="Running"/>.</summary>
    public int Paused { get; init; }

    /// <summary>Runs whose lifecycle is unknown; a loop that has never run is not counted.</summary>
    public int Unknown { get; init; }

    public int ErrorAlerts { get; init; }

    public int WarningAlerts { get; init; }

    /// <summary>The worst of all loops, without what is explained.</summary>
    public HealthStatus Health { get; init; }

    public int Sources => Read + NotRead + Asleep + Unreachable;

    /// <summary>
    /// Something that was read wants somebody: a run failed, is waiting for a decision, is paused or unknown, there is an alert, or health
    /// is not good.
    /// </summary>
    public bool CallsForPerson =>
        Failed + Waiting + Paused + Unknown + ErrorAlerts + WarningAlerts > 0 || Health != HealthStatus.Healthy;

    /// <param name="alerts">As <see cref="FleetAlerts"/> finds them.</param>
    public static FleetCounts From(FleetModel fleet, IReadOnlyList<FindingRecord> alerts) =>
        Sum(fleet.Repos.Values.Select(static repo => Of(repo, []))) with
        {
            ErrorAlerts = alerts.Count(static alert => alert.Severity == Severity.Error),
            WarningAlerts = alerts.Count(static alert => alert.Severity == Severity.Warning),
        };

    /// <summary>Of one repository, and of what <see cref="FleetAlerts"/> finds in it.</summary>
    public static FleetCounts Of(RepoModel repo, IReadOnlyList<FindingRecord> alerts)
    {
        var (failed, waiting, running, paused, unknown, health) = (0, 0, 0, 0, 0, HealthStatus.Healthy);
        foreach (var loop in repo.Loops.Values)
        {
            health = loop.ShownHealth.Status > health ? loop.ShownHealth.Status : health;
            switch (loop.Verdict.Lifecycle)
            {
                case Lifecycle.Failed:
                    failed++;
                    break;
                case Lifecycle.AwaitingApproval:
                    waiting++;
                    break;
                case Lifecycle.Running when loop.Verdict.Ruling.IsPaused:
                    paused++;
                    break;
                case Lifecycle.Running:
                    running++;
                    break;
                case Lifecycle.Unknown when HasRun(repo, loop):
                    unknown++;
                    break;
                default:
                    break;
            }
        }

        return new FleetCounts
        {
            Failed = failed,
            Waiting = waiting,
            Running = running,
            Paused = paused,
            Unknown = unknown,
            Health = health,
            ErrorAlerts = alerts.Count(static alert => alert.Severity == Severity.Error),
            WarningAlerts = alerts.Count(static alert => alert.Severity == Severity.Warning),
        }.With(SourceStanding.From(repo).Condition);
    }

    /// <summary>All of them together.</summary>
    public static FleetCounts Sum(IEnumerable<FleetCounts> all)
    {
        var (read, notRead, asleep, unreachable, health) = (0, 0, 0, 0, HealthStatus.Healthy);
        var (failed, waiting, running, paused, unknown, errors, warnings) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var one in all)
        {
            (read, notRead) = (read + one.Read, notRead + one.NotRead);
            (asleep, unreachable) = (asleep + one.Asleep, unreachable + one.Unreachable);
            (failed, waiting, running) = (failed + one.Failed, waiting + one.Waiting, running + one.Running);
            (paused, unknown) = (paused + one.Paused, unknown + one.Unknown);
            (errors, warnings) = (errors + one.ErrorAlerts, warnings + one.WarningAlerts);
            health = one.Health > health ? one.Health : health;
        }

        return new FleetCounts
        {
            Read = read,
            NotRead = notRead,
            Asleep = asleep,
            Unreachable = unreachable,
            Failed = failed,
            Waiting = waiting,
            Running = running,
            Paused = paused,
            Unknown = unknown,
            ErrorAlerts = errors,
            WarningAlerts = warnings,
            Health = health,
        };
    }

    /// <summary>The same with one source more.</summary>
    public FleetCounts With(SourceCondition source) => source switch
    {
        SourceCondition.Unreachable => this with { Unreachable = Unreachable + 1 },
        SourceCondition.Asleep => this with { Asleep = Asleep + 1 },
        SourceCondition.NotRead => this with { NotRead = NotRead + 1 },
        _ => this with { Read = Read + 1 },
    };

    private static bool HasRun(RepoModel repo, LoopModel loop) =>
        loop is not { NewestEvent: null, Claim: null, Summary.Value: null } || repo.IsActive(loop.Id);
}
