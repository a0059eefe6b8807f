using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Health;
using OpsManager.Core.Rules.Projection;
using OpsManager.Core.Rules.Rollout;

namespace OpsManager.Core.Rules.Assessment;

/// <summary>Finds what an operator should know besides the headline; most severe first (docs/contract.md, "Findings").</summary>
internal static class Findings
{
    public static IReadOnlyList<FindingRecord> Find(
        RepoFacts repo, LoopFacts loop, EarlierResults earlier, Ruling ruling, AgeClock now, AssessmentLimits limits,
        HealthThresholds thresholds)
    {
        var found = new List<FindingRecord>();
        Directory(found, repo, loop);
        Process(found, repo, loop, ruling);
        Completion(found, repo, loop, earlier.Projected, ruling);
        Flags(found, loop, earlier.Projected.Flags);
        LogFindings.Add(found, loop, now, limits);
        Clock(found, repo, ruling, now.Now);
        Files(found, repo, loop, now, limits);
        LogFindings.AddOfCursor(found, loop);
        Lags(found, loop, earlier.Projected, ruling, now with { Now = repo.HeardUntil }, thresholds);
        Decision(found, loop, now, limits);
        Control(found, loop, earlier.Cases);
        Rollback(found, loop, earlier.Trigger);
        if (repo.Failure is { } failure)
        {
            found.Add(Finding(
                FindingCodes.SourceFailed, Severity.Error, failure.Since,
                new EvidenceRecord { Source = EvidenceSources.Source, Fact = failure.Fault, Path = null }));
        }

        Explanations.Add(found, repo, loop, earlier.Cancels, ruling, now, limits);
        return found.Count < 2 ? found : [.. found.OrderByDescending(static finding => finding.Severity)];
    }

    /// <summary>The review queue: intents without success that no operator has acknowledged.</summary>
    private static void Control(List<FindingRecord> found, LoopFacts loop, ControlCases cases)
    {
        foreach (var known in cases.Unreviewed)
        {
            var severity = known.Outcome == OutcomeWords.Refused ? Severity.Warning : Severity.Error;
            var said = new EvidenceRecord
            {
                Source = EvidenceSources.Control,
                Fact = $"{IntentText.Noun(known.Intent)} by {known.By ?? "unknown"} {IntentText.Result(known.Outcome!)}: {known.Why}",
                Path = ArtifactPaths.ControlRows(loop.Id),
                Value = known.Key
            };
            found.Add(Finding(FindingCodes.ControlUnreviewed, severity, known.ToldAt, [said, .. known.Evidence]));
        }
    }

    /// <summary>The loop is rolled back, or is about to be.</summary>
    private static void Rollback(List<FindingRecord> found, LoopFacts loop, Trigger? begun)
    {
        if (loop.Rollback is { } rollback)
        {
            var path = rollback.Incident is { } incident ? ArtifactPaths.Incident(loop.Id, incident) : ArtifactPaths.Rollout(loop.Id);
            found.Add(Finding(
                FindingCodes.RolledBack, Severity.Error, rollback.At,
                new EvidenceRecord { Source = EvidenceSources.Rollout, Fact = $"{rollback.Cause}: {rollback.Why}", Path = path }));
        }
        else if (begun is { } trigger)
        {
            found.Add(Finding(FindingCodes.RolledBack, Severity.Error, null, [new EvidenceRecord
            {
                Source = EvidenceSources.Rollout,
                Fact = $"{trigger.Cause}: {trigger.Why}",
                // Nobody has recorded it yet: where there is no such file, none is cited.
                Path = loop.Rollout.Condition == ArtifactCondition.Present ? ArtifactPaths.Rollout(loop.Id) : null
            }, .. trigger.Evidence]));
        }
    }

    /// <summary>The directory of a run is missing.</summary>
    private static void Directory(List<FindingRecord> found, RepoFacts repo, LoopFacts loop)
    {
        if (!repo.HasLost(loop))
        {
            return;
        }

        var directory = VanishedRule.Directory(repo, loop);
        var fact = loop.IsHeld
            ? $"{directory} is missing: it was moved or deleted, or something is mounted over it. Put it back, or cancel the run"
            : $"{directory} is missing, and the run's process has exited. Put it back to see how the run ended";
        EvidenceRecord[] process = SourceEvidence.Process(repo, loop) is { } seen ? [seen] : [];
        found.Add(
            Finding(FindingCodes.LoopVanished, loop.IsHeld ? Severity.Error : Severity.Warning, loop.VanishedAt ?? loop.Claim?.ClaimedAt,
            [new EvidenceRecord { Source = EvidenceSources.Directory, Fact = fact, Path = null }, .. process]));
    }

    private static void Process(List<FindingRecord> found, RepoFacts repo, LoopFacts loop, Ruling ruling)
    {
        if (!repo.ProcessesObservable)
        {
            return;
        }

        if (loop.Claim is { IsGone: true } gone && ruling.Lifecycle == Lifecycle.Failed)
        {
            found.Add(Finding(
                FindingCodes.ProcessGone, Severity.Error, ruling.Since, SourceEvidence.Process(gone), SourceEvidence.ActiveRun(repo)));
        }

        if (repo.IsActive(loop.Id) && (repo.ActiveRun.IsMissing || repo.ForeignClaim is not null) && ruling.Lifecycle == Lifecycle.Failed
            && loop.Tally.End is null)
        {
            found.Add(Finding(
                FindingCodes.UnclaimedActive, Severity.Error, ruling.Since, SourceEvidence.State(repo), SourceEvidence.ActiveRun(repo)));
        }

        if (loop.Claim is { IsAlive: true } alive && repo.ActiveRun.Value is { } other && other.LoopId != loop.Id)
        {
            found.Add(Finding(
                FindingCodes.ClaimOverwritten, Severity.Warning, other.UpdatedAt, SourceEvidence.Process(alive),
                SourceEvidence.ActiveRun(repo)));
        }
    }

    private static void Completion(List<FindingRecord> found, RepoFacts repo, LoopFacts loop, Projected projected, Ruling ruling)
    {
        var newest = loop.Tally.Newest;
        if (loop.Summary.Value?.Last is { CompletionOk: true } entry)
        {
            var ranSince = newest is not null && newest.RunId != entry.RunId;
            var claimedSince = repo.IsClaimed(loop.Id)
                && ruling.Lifecycle != Lifecycle.Complete
                && repo.ActiveRun.Value?.UpdatedAt > loop.Summary.Value.UpdatedAt;
            if (ranSince || claimedSince)
            {
                found.Add(Finding(
                    FindingCodes.StaleCompletion, Severity.Warning, loop.Tally.RunStart?.At, SourceEvidence.Summary(loop),
                    SourceEvidence.Events(loop)));
            }
        }

        if (projected.Status != ruling.Lifecycle)
        {
            found.Add(Finding(FindingCodes.StatusDisagreement, Severity.Warning, ruling.Since, new EvidenceRecord
            {
                Source = EvidenceSources.Projection,
                Fact = $"contract status {projected.Status.Word()}, assessment {ruling.Lifecycle.Word()}: {ruling.Reason}",
                Path = null,
            }));
        }
    }

    private static void Flags(List<FindingRecord> found, LoopFacts loop, DivergenceFlags flags)
    {
        if (flags.ActiveMismatch)
        {
            found.Add(Finding(FindingCodes.ActiveMismatch, Severity.Warning, loop.Tally.Newest?.At, SourceEvidence.Events(loop)));
        }

        if (flags.ApprovalCompletionConflict)
        {
            found.Add(Finding(
                FindingCodes.ApprovalCompletionConflict, Severity.Error, loop.Approval.Value?.RequestedAt, SourceEvidence.Approval(loop),
                SourceEvidence.Summary(loop)));
        }

        if (flags.CursorRegression)
        {
            var fact = string.Create(
                CultureInfo.InvariantCulture,
                $"{Counts.Were(loop.KeptOffset, "line")} read before, the log has {loop.Tally.Lines} now");
            var cursor = new EvidenceRecord { Source = EvidenceSources.Cursor, Fact = fact, Path = ArtifactPaths.Events(loop.Id) };
            found.Add(Finding(FindingCodes.CursorRegression, Severity.Error, Latest(loop)?.At, cursor));

            // The snapshot's sequence number is the count of lines, so it has gone back with them.
            found.Add(Finding(
                FindingCodes.OrderingDrift, Severity.Warning, Latest(loop)?.At,
                cursor with { Fact = $"{SequenceViolations.SnapshotRegression}: {fact}" }));
        }
    }

    /// <summary>Of a run that is at work the times in its files run twice now; of the others nothing is written.</summary>
    private static void Clock(List<FindingRecord> found, RepoFacts repo, Ruling ruling, DateTimeOffset now)
    {
        if (ruling.Lifecycle is Lifecycle.Running or Lifecycle.AwaitingApproval && repo.Clock.RunsTwice(now) is { } shift)
        {
            var until = (shift.At - (repo.Clock.Ahead - shift.Back)).UtcDateTime;
            var seconds = (long)shift.Back.TotalSeconds;
            var fact = string.Create(
                CultureInfo.InvariantCulture,
                $"this host's clock was set back by {seconds} s; until {until:HH:mm:ss}Z times in files repeat");
            found.Add(Finding(
                FindingCodes.ClockSkew, Severity.Warning, shift.At,
                new EvidenceRecord { Source = EvidenceSources.Clock, Fact = fact, Path = null }));
        }
    }

    private static void Files(List<FindingRecord> found, RepoFacts repo, LoopFacts loop, AgeClock now, AssessmentLimits limits)
    {
        File(found, repo.State, EvidenceSources.State, ArtifactPaths.State, now, limits);
        File(found, repo.ActiveRun, EvidenceSources.ActiveRun, ArtifactPaths.ActiveRun, now, limits);
        File(found, loop.Approval, EvidenceSources.Approval, ArtifactPaths.Approval(loop.Id), now, limits);
        File(found, loop.Summary, EvidenceSources.Summary, ArtifactPaths.Summary(loop.Id), now, limits);
        File(found, loop.Heartbeat, EvidenceSources.Heartbeat, ArtifactPaths.Heartbeat(loop.Id), now, limits);
    }

    private static void File<T>(
        List<FindingRecord> found, Artifact<T> artifact, string source, string path, AgeClock now, AssessmentLimits limits)
        where T : class
    {
        var code = artifact.Condition switch
        {
            ArtifactCondition.Torn when artifact.StayedTorn(now.Now, limits.TornFor) => FindingCodes.TornArtifact,
            ArtifactCondition.Invalid => FindingCodes.ArtifactInvalid,
            ArtifactCondition.Unreadable => FindingCodes.ArtifactUnreadable,
            _ => null,
        };
        if (code is not null)
        {
            found.Add(Finding(
                code, Severity.Warning, artifact.FaultSince,
                new EvidenceRecord { Source = source, Fact = artifact.Fault ?? "", Path = path }));
        }
    }

    private static void Lags(
        List<FindingRecord> found, LoopFacts loop, Projected projected, Ruling ruling, AgeClock now, HealthThresholds thresholds)
    {
        // Of a run that is known to be over, silence is no news; health goes by the contract status and may still tell of it.
        if (ruling.Lifecycle is not (Lifecycle.Running or Lifecycle.Unknown))
        {
            return;
        }

        var lags = Health.Lags.From(loop, projected.Status, now);
        if (Level(lags.HeartbeatSeconds, thresholds.DegradedHeartbeatLagSeconds, thresholds.CriticalHeartbeatLagSeconds) is { } heartbeat)
        {
            found.Add(Finding(FindingCodes.HeartbeatStale, heartbeat, loop.Heartbeat.Value!.Timestamp, SourceEvidence.Heartbeat(loop)!));
        }

        if (Level(lags.IngestSeconds, thresholds.DegradedIngestLagSeconds, thresholds.CriticalIngestLagSeconds) is { } ingest)
        {
            found.Add(Finding(FindingCodes.IngestStale, ingest, loop.Tally.Newest!.At, SourceEvidence.Events(loop)));
        }
    }

    private static void Decision(List<FindingRecord> found, LoopFacts loop, AgeClock now, AssessmentLimits limits)
    {
        if (loop.Approval.Value is { IsDecided: true } approval)
        {
            var severity = approval.DecidedAt is { } at && now.Since(at, loop.Approval.ReadAt) >= limits.DecisionUnconsumed
                ? Severity.Warning
                : Severity.Info;
            found.Add(Finding(FindingCodes.ApprovalUnconsumed, severity, approval.DecidedAt, SourceEvidence.Approval(loop)));
        }
    }

    private static Severity? Level(long? seconds, int degraded, int critical) =>
        seconds is null || seconds < degraded ? null : seconds < critical ? Severity.Warning : Severity.Error;

    private static LogBreak? Latest(LoopFacts loop) => loop.Breaks.Count == 0 ? null : loop.Breaks[^1];

    internal static FindingRecord Finding(string code, Severity severity, DateTimeOffset? since, params EvidenceRecord[] evidence) =>
        new() { Code = code, Severity = severity, Since = since, Evidence = evidence };
}
