using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Reports;

/// <summary>Finds what changed between two models of the same fleet.</summary>
public static class Changes
{
    public static IEnumerable<Change> Between(FleetModel before, FleetModel after)
    {
        foreach (var gone in before.Loops.Where(loop => after.Loop(loop.Repo, loop.Id) is null))
        {
            yield return new(
                after.Repos.TryGetValue(gone.Repo, out var left) ? left.Now : default, gone.Repo, gone.Id, "gone", "loop",
                "its directory was removed");
        }

        foreach (var repo in after.Repos.Values)
        {
            var failed = before.Repos.TryGetValue(repo.Path, out var repoBefore) ? repoBefore.Failure : null;
            if (repo.Failure?.Fault != failed?.Fault)
            {
                yield return new(
                    repo.Now, repo.Path, "-", "source", repo.Failure is null ? "recovered" : "failed", repo.Failure?.Fault ?? "");
            }

            // Of a repository of this host there is nothing more to tell; a sprite may sleep, or not be reached for a moment.
            var standing = SourceStanding.From(repo);
            var isSame = repoBefore is not null && SourceStanding.From(repoBefore).Condition == standing.Condition;
            if (repo.Sprite is not null && !isSame && repo.Failure?.Fault == failed?.Fault)
            {
                yield return new(repo.Now, repo.Path, "-", "source", standing.Code, standing.Fault ?? "");
            }

            foreach (var loop in repo.Loops.Values)
            {
                var known = before.Loop(repo.Path, loop.Id);
                if (ReferenceEquals(known, loop))
                {
                    continue;
                }

                foreach (var change in OfLoop(repo.Now, known, loop))
                {
                    yield return change;
                }
            }
        }
    }

    private static IEnumerable<Change> OfLoop(DateTimeOffset at, LoopModel? before, LoopModel after)
    {
        Change Make(string kind, string what, string why) => new(at, after.Repo, after.Id, kind, what, why);
        var ruling = after.Verdict.Ruling;
        if (before is null || before.Verdict.Lifecycle != ruling.Lifecycle || before.Verdict.Ruling.Display != ruling.Display)
        {
            var was = before is null ? "" : $" (was {before.Verdict.Ruling.Display ?? before.Verdict.Lifecycle.Word()})";
            yield return Make("lifecycle", ruling.Lifecycle.Word(), ruling.Reason + was) with { Display = ruling.Display };
        }

        foreach (var alert in after.Verdict.Alerts.Where(alert => before?.Verdict.HasAlert(alert.Code) != true))
        {
            var facts = string.Join("; ", alert.Evidence.Select(static evidence => evidence.Fact));
            yield return Make("finding", alert.Code, $"{SeverityWord(alert.Severity)}: {facts}") with { Severity = alert.Severity };
        }

        foreach (var alert in before?.Verdict.Alerts.Where(alert => !after.Verdict.HasAlert(alert.Code)) ?? [])
        {
            yield return Make("cleared", alert.Code, "");
        }

        if (before is null ? after.ShownHealth.Status != HealthStatus.Healthy : !before.ShownHealth.SaysTheSameAs(after.ShownHealth))
        {
            yield return Make("health", HealthWord(after.ShownHealth.Status), string.Join(", ", after.ShownHealth.Codes));
        }
    }

    private static string SeverityWord(Severity severity) => severity switch
    {
        Severity.Error => SeverityWords.Error,
        Severity.Warning => SeverityWords.Warning,
        _ => SeverityWords.Info,
    };

    private static string HealthWord(HealthStatus status) => status switch
    {
        HealthStatus.Critical => HealthWords.Critical,
        HealthStatus.Degraded => HealthWords.Degraded,
        _ => HealthWords.Healthy,
    };
}
