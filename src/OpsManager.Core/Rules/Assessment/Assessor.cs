using OpsManager.Contract.Manager;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>Judges a loop: the ruling and the findings. A pure function of what is known and the time.</summary>
public static class Assessor
{
    public static Verdict Judge(
        RepoFacts repo, LoopFacts loop, EarlierResults earlier, AgeClock now, AssessmentLimits limits, HealthThresholds thresholds)
    {
        var ruling = Rulebook.Decide(repo, loop, earlier.Cancels, earlier.Before);
        return new Verdict
        {
            Ruling = ruling,
            RunId = Rulebook.CurrentRun(loop),
            Findings = Findings.Find(repo, loop, earlier, ruling, now, limits, thresholds),
        };
    }

    /// <summary>The assessment as it is written into files, with every source's fact as evidence.</summary>
    public static AssessmentRecord Record(RepoFacts repo, LoopFacts loop, Verdict verdict) => new()
    {
        Lifecycle = verdict.Lifecycle,
        Display = verdict.Ruling.Display,
        Reason = verdict.Ruling.Reason,
        Confidence = verdict.Ruling.Confidence,
        Since = verdict.Ruling.Since,
        Evidence = SourceEvidence.All(repo, loop),
        Findings = verdict.Findings,
    };
}
