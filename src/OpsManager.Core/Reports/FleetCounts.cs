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
    public static FleetCounts From(FleetModel fleet, IReadOnlyList<FindingRecord> alerts)
    {
        var facts = new FleetCounts
        {
            ErrorAlerts = alerts.Count(static alert => alert.Severity == Severity.Error),
            WarningAlerts = alerts.Count(static alert => alert.Severity == Severity.Warning),
            Health = fleet.Loops.Select(static loop => loop.ShownHealth.Status).DefaultIfEmpty(HealthStatus.Healthy).Max(),
        };
        foreach (var repo in fleet.Repos.Values)
        {
            facts = facts.With(SourceStanding.From(repo).Condition);
            foreach (var loop in repo.Loops.Values)
            {
                facts = loop.Verdict.Lifecycle switch
                {
                    Lifecycle.Failed => facts with { Failed = facts.Failed + 1 },
                    Lifecycle.AwaitingApproval => facts with { Waiting = facts.Waiting + 1 },
                    Lifecycle.Running when loop.Verdict.Ruling.IsPaused => facts with { Paused = facts.Paused + 1 },
                    Lifecycle.Running => facts with { Running = facts.Running + 1 },
                    Lifecycle.Unknown when HasRun(repo, loop) => facts with { Unknown = facts.Unknown + 1 },
                    _ => facts,
                };
            }
        }

        return facts;
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
