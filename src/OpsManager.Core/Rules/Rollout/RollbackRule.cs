using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Contract.Words;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Control;

namespace OpsManager.Core.Rules.Rollout;

/// <summary>
/// Decides from the facts whether a loop is rolled back (docs/rollout.md). Pure; it is asked for every model.
/// </summary>
internal static class RollbackRule
{
    /// <summary>A run that a cancel has stopped may still write for as long as the runtime waits before it uses force.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(15);

    /// <summary>How far the clocks of two hosts that share a directory may be apart.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    /// <summary>The reason to roll back; null where there is none, and always in a replay.</summary>
    public static Trigger? Find(RepoFacts repo, LoopFacts loop, ControlCases cases, SelfAudit audit, RollbackLimits limits) =>
        repo.Replay is not null ? null
        : Regression(loop) ?? Rewritten(loop) ?? Unconfirmed(repo, loop, audit, limits) ?? Uncancelled(repo, loop, cases, limits)
            ?? Mismatch(loop.ScratchParity, RollbackCauses.ProjectionMismatch, EvidenceSources.Projection, null, limits)
            ?? Mismatch(
                loop.ServiceParity, RollbackCauses.ServiceMismatch, EvidenceSources.Service,
                repo.Sprite?.FirstWay ?? WayNames.Service, limits);

    private static Trigger? Regression(LoopFacts loop)
    {
        if (loop.HasGoneBack)
        {
            return new(
                RollbackCauses.CursorRegression,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"events.jsonl was cut: {Counts.Were(loop.KeptOffset, "line")} read before, it has {loop.Tally.Lines} now"),
                [.. Breaks(loop)]);
        }

        // It may have grown again since.
        return loop.Breaks.Find(static broke => broke.Kind == LogBreakKind.Truncated) is { } cut
            ? new(RollbackCauses.CursorRegression, $"events.jsonl was cut: {cut.Fact}", [.. Breaks(loop)])
            : null;
    }

    private static Trigger? Rewritten(LoopFacts loop) =>
        loop.Breaks.Find(static broke => broke.Kind == LogBreakKind.Rewritten) is { } rewritten
        ? new(RollbackCauses.LogRewritten, $"events.jsonl was replaced: {rewritten.Fact}", [.. Breaks(loop)])
        : loop.LogReplaced is { } replaced ? new(
            RollbackCauses.LogRewritten,
            $"events.jsonl was replaced: {replaced}",
            [new EvidenceRecord { Source = EvidenceSources.Cursor, Fact = replaced, Path = ArtifactPaths.Events(loop.Id) }])
        : null;

    private static IEnumerable<EvidenceRecord> Breaks(LoopFacts loop) =>
        loop.Breaks.Select(broke => new EvidenceRecord
        {
            Source = EvidenceSources.Events,
            Fact = broke.Fact,
            Path = ArtifactPaths.Events(loop.Id),
            At = broke.At
        });

    private static Trigger? Unconfirmed(RepoFacts repo, LoopFacts loop, SelfAudit audit, RollbackLimits limits)
    {
        // A loop that is being deleted, or was made again, has no artifacts left that could show the earlier success.
        if (loop.EventsCondition != ArtifactCondition.Present || !(repo.Now - audit.Since >= limits.Settle))
        {
            return null;
        }

        foreach (var suspect in audit.Suspects)
        {
            var isOfAnotherLife = suspect.Number <= audit.Initial && suspect.Row.Timestamp < loop.FirstEventAt;
            if (!isOfAnotherLife && !IsAccepted(repo, loop, suspect.Number, suspect.Row))
            {
                return For(loop, suspect.Number, suspect.Row, suspect.Why, []);
            }
        }

        return null;
    }

    /// <summary>
    /// What contradicts the newest confirmed cancel: active-run.json still says that a process runs the cancelled run, or that run
    /// has written more events.
    /// </summary>
    private static Trigger? Uncancelled(RepoFacts repo, LoopFacts loop, ControlCases cases, RollbackLimits limits)
    {
        var index = loop.Intents.HasMore
            ? -1
            : loop.Intents.Rows.FindLastIndex(static row => row is { Intent: IntentWords.Cancel, Status: IntentStatus.Confirmed });
        var number = loop.Intents.Count - loop.Intents.Rows.Count + index + 1;
        if (index < 0
            || loop.Intents.Rows[index] is not { Timestamp: { } told } row
            || IsAccepted(repo, loop, number, row)
            || repo.Ages.Since(told).Duration() < limits.Settle)
        {
            return null;
        }

        // Where it was sent by a manager of ours, its record says which process was meant and how long the log was; the row may
        // be much younger.
        var known = cases.Find(row.IdempotencyKey ?? "");
        return StillNamed(repo, loop, known?.Aim, told) is { } named
            ? For(loop, number, row, "active-run.json still says that a process runs the run that was cancelled", [named])
            : GoneOn(loop, known?.Aim, known?.StartedAt ?? told) is { } gone ? For(
                loop, number, row, "the run that was cancelled is still writing events", [gone])
            : null;
    }

    private static EvidenceRecord? StillNamed(RepoFacts repo, LoopFacts loop, ControlAim? aim, DateTimeOffset told)
    {
        if (repo.Claiming is not { UpdatedAt: { } claimed } run)
        {
            return null;
        }

        var isIt = aim is null
            ? run.LoopId == loop.Id && claimed < told - TimeSpan.FromSeconds(1)
            : run.Pid == aim.Pid && claimed < aim.At;
        return isIt
            ? new EvidenceRecord
            {
                Source = EvidenceSources.ActiveRun,
                Fact =
                    $"says since {UtcSecondsConverter.Text(claimed)}, before the cancel, that process "
                        + $"{run.Pid.ToString(CultureInfo.InvariantCulture)} runs a loop",
                Path = ArtifactPaths.ActiveRun
            }
            : null;
    }

    /// <summary>Work of the run that was at work when the cancel was sent, well after it; what people decide is no work.</summary>
    private static EvidenceRecord? GoneOn(LoopFacts loop, ControlAim? aim, DateTimeOffset began)
    {
        var work = loop.Tally.RoleAtWork ?? loop.Tally.IterationStart;
        var isSameRun = work is not null && loop.Tally.RunStart is { } start && start.RunId == work.RunId
            && (aim is null ? start.At < began : aim.PidLoop == loop.Id && start.Line <= aim.Events && work.Line > aim.Events);
        return isSameRun && loop.Log is not null && work!.At > began + Stopping
            ? new EvidenceRecord
            {
                Source = EvidenceSources.Events,
                Fact = $"{work.Name} at {UtcSecondsConverter.Text(work.At.Value)}",
                Path = ArtifactPaths.Events(loop.Id)
            }
            : null;
    }

    private static Trigger For(LoopFacts loop, long number, IntentRow row, string why, IEnumerable<EvidenceRecord> evidence)
    {
        var path = ArtifactPaths.Intents(loop.Id);
        var who = row.RequestedBy is { } by ? $" by {by}" : "";
        return new(
            RollbackCauses.SuccessUnconfirmed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"intents.jsonl says in row {number} that {IntentText.Noun(row.Intent)}{who} is confirmed, "
                    + $"but the runtime's artifacts do not show it: {why}"),
            [new EvidenceRecord
            {
                Source = EvidenceSources.Intents,
                Fact = why,
                Path = path,
                Value = row.IdempotencyKey,
                At = row.Timestamp
            }, .. evidence]);
    }

    /// <param name="way">By which a sprite is read that says something else; null where the files themselves do.</param>
    private static Trigger? Mismatch(Parity parity, string cause, string source, string? way, RollbackLimits limits) =>
        IsBroken(parity, limits)
        ? new(
            cause,
            way is null ? $"the artifacts disagree with what was shown: {parity.Difference}"
                : $"{(way == WayNames.Nats ? "the stream" : "the service")} and the artifacts disagree: {parity.Difference}",
            [new EvidenceRecord { Source = source, Fact = parity.Difference!, Path = null, At = parity.DifferingSince }])
        : null;

    /// <summary>
    /// Whether the difference is more than two moments of one change: one check alone never says so, whatever time has passed.
    /// </summary>
    private static bool IsBroken(Parity parity, RollbackLimits limits) => parity.Difference is not null
        && (parity.Differing >= limits.Checks || (parity.Differing > 1 && parity.DifferedAt - parity.DifferingSince >= limits.For));

    /// <summary>
    /// Whether an operator accepted the row by re-arming the loop. A file that was rotated or cut since counts its rows from one again,
    /// so a row that is dated after the re-arming is not accepted by its number. A row dated in the future was there before.
    /// </summary>
    private static bool IsAccepted(RepoFacts repo, LoopFacts loop, long number, IntentRow row) =>
        loop.Rollout.Value?.Rearm is { } rearm
            && number <= rearm.IntentRows
            && !(row.Timestamp > rearm.At + ClockSlack && row.Timestamp <= repo.Now);
}
