using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Assessment;

namespace OpsManager.Core.Reports;

/// <summary>The alerts of a repository, as the screen lists them.</summary>
public static class FleetAlerts
{
    /// <summary>The findings of its loops that nothing explains; where the repository itself cannot be read, that comes first.</summary>
    /// <returns>The loop of each; null where it is of the repository.</returns>
    public static IEnumerable<(LoopModel? Loop, FindingRecord Finding)> Of(RepoModel repo)
    {
        // A source that cannot be read speaks for all its loops at once, so it is reported once and not for each.
        if (SourceStanding.From(repo) is { Condition: SourceCondition.Unreachable, Fault: { } fault } standing)
        {
            var evidence = new EvidenceRecord { Source = EvidenceSources.Source, Fact = fault, Path = null };
            yield return (null, new FindingRecord
            {
                Code = FindingCodes.SourceFailed,
                Severity = Severity.Error,
                Since = standing.Since,
                Evidence = [evidence]
            });
        }

        foreach (var loop in repo.Loops.Values)
        {
            foreach (var finding in loop.Verdict.Alerts.Where(static finding => finding.Code != FindingCodes.SourceFailed))
            {
                yield return (loop, finding);
            }
        }
    }
}
