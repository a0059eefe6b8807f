using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>
/// Findings about the event log of a loop and about the cursor that an earlier read left (docs/contract.md, "Findings").
/// </summary>
internal static class LogFindings
{
    /// <summary>What is wrong with the log itself, and with its lines.</summary>
    public static void Add(List<FindingRecord> found, LoopFacts loop, AgeClock now, AssessmentLimits limits)
    {
        foreach (var kind in loop.Breaks.Select(static broke => broke.Kind).Distinct())
        {
            var newest = loop.Breaks.FindLast(broke => broke.Kind == kind)!;
            var code = kind == LogBreakKind.Truncated ? FindingCodes.EventsTruncated : FindingCodes.EventsRewritten;
            found.Add(Findings.Finding(
                code, Severity.Error, newest.At,
                new EvidenceRecord { Source = EvidenceSources.Events, Fact = newest.Fact, Path = ArtifactPaths.Events(loop.Id) }));
        }

        if (loop.EventsCondition is ArtifactCondition.Missing)
        {
            found.Add(Findings.Finding(FindingCodes.EventsMissing, Severity.Warning, null, SourceEvidence.Events(loop)));
        }
        else if (loop.EventsCondition is ArtifactCondition.Unreadable)
        {
            found.Add(Findings.Finding(FindingCodes.EventsUnreadable, Severity.Error, null, SourceEvidence.Events(loop)));
        }

        if (loop.Tally.InvalidLines > 0)
        {
            var (count, line) = (loop.Tally.InvalidLines, loop.Tally.FirstInvalidLine);
            var fact = count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"line {line} is not an event")
                : string.Create(CultureInfo.InvariantCulture, $"{count} lines are not events; the first is line {line}");
            found.Add(Findings.Finding(FindingCodes.EventInvalid, Severity.Warning, null, new EvidenceRecord
            {
                Source = EvidenceSources.Events,
                Fact = fact,
                Path = ArtifactPaths.Events(loop.Id),
                Line = loop.Log is { IsTail: false } ? loop.Tally.FirstInvalidLine : null,
            }));
        }

        if (loop.Tally.Newest is { At: { } at } && now.Since(at, loop.NewestReadAt) < -limits.ClockSkew)
        {
            found.Add(Findings.Finding(FindingCodes.ClockSkew, Severity.Warning, at, SourceEvidence.Events(loop)));
        }
    }

    /// <summary>What is wrong with the cursor, or follows from it.</summary>
    public static void AddOfCursor(List<FindingRecord> found, LoopFacts loop)
    {
        // One that was cut is told as that.
        if (loop is { LogReplaced: { } replaced, HasGoneBack: false }
            && !found.Exists(static one => one.Code == FindingCodes.EventsRewritten))
        {
            var evidence = new EvidenceRecord { Source = EvidenceSources.Cursor, Fact = replaced, Path = ArtifactPaths.Events(loop.Id) };
            found.Add(Findings.Finding(FindingCodes.EventsRewritten, Severity.Error, null, evidence));
        }

        if (loop.KeptCursorFault is { } fault)
        {
            found.Add(Findings.Finding(
                FindingCodes.ArtifactInvalid, Severity.Warning, null,
                new EvidenceRecord { Source = EvidenceSources.Cursor, Fact = fault, Path = ArtifactPaths.ManagerCursor(loop.Id) }));
        }
    }
}
