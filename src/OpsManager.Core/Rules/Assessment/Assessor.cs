using OpsManager.Contract.Manager;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Model;
using OpsManager.Core.Rules.Health;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>Judges a loop: the ruling and the findings. A pure function of what is known and the time.</summary>
public static class Assessor
{
    public static Verdict Judge(RepoModel repo, LoopModel loop, AgeClock now, AssessmentLimits limits, HealthThresholds thresholds)
    {
        var ruling = Rulebook.Decide(repo, loop);
        return new Verdict
        {
            Ruling = ruling,
            RunId = Rulebook.CurrentRun(loop),
            Findings = Findings.Find(repo, loop, ruling, now, limits, thresholds),
        };
    }

    /// <summary>The assessment as it is written into files, with every source's fact as evidence.</summary>
    public static AssessmentRecord Record(RepoModel repo, LoopModel loop) => new()
    {
        Lifecycle = loop.Verdict.Lifecycle,
        Display = loop.Verdict.Ruling.Display,
        Reason = loop.Verdict.Ruling.Reason,
        Confidence = loop.Verdict.Ruling.Confidence,
        Since = loop.Verdict.Ruling.Since,
        Evidence = SourceEvidence.All(repo, loop),
        Findings = loop.Verdict.Findings,
    };
}
