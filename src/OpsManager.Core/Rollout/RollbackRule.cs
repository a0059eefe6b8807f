using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Json;
using OpsManager.Contract.Manager;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;

namespace OpsManager.Core.Rollout;

/// <summary>Decides from what is known whether the manager has to step back from a loop (docs/rollout.md). Pure: asked with every model.</summary>
public static class RollbackRule
{
    /// <summary>A run that a cancel has stopped may still write for as long as the runtime waits before it uses force.</summary>
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(15);

    /// <summary>The reason to step back; null where there is none, and in a replay, where there is nothing to step back from.</summary>
    public static Trigger? Find(RepoModel repo, LoopModel loop, RollbackLimits limits) => repo.Replay is not null
        ? null
        : Regression(loop) ?? Rewritten(loop) ?? Unconfirmed(repo, loop, limits) ?? Uncancelled(repo, loop, limits)
            ?? Mismatch(loop.ScratchParity, RollbackCauses.ProjectionMismatch, "projection", repo.Now, limits)
            ?? Mismatch(loop.ServiceParity, RollbackCauses.ServiceMismatch, "service", repo.Now, limits);

    private static Trigger? Regression(LoopModel loop)
    {
        if (loop.Projected.Flags.CursorRegression)
        {
            return new(
                RollbackCauses.CursorRegression,
                string.Create(CultureInfo.InvariantCulture, $"events.jsonl has gone back: {loop.KeptOffset} lines were read before, it has {loop.Tally.Lines} now"),
                [.. Breaks(loop)]);
        }

        // It may have grown again since.
        return loop.Breaks.Find(static broke => broke.Kind == LogBreakKind.Truncated) is { } cut
            ? new(RollbackCauses.CursorRegression, $"events.jsonl has gone back: {cut.Fact}", [.. Breaks(loop)])
            : null;
    }

    private static Trigger? Rewritten(LoopModel loop) => loop.Breaks.Find(static broke => broke.Kind == LogBreakKind.Rewritten) is { } rewritten
        ? new(RollbackCauses.LogRewritten, $"events.jsonl is not the log that was read: {rewritten.Fact}", [.. Breaks(loop)])
        : null;

    private static IEnumerable<EvidenceRecord> Breaks(LoopModel loop) =>
        loop.Breaks.Select(broke => new EvidenceRecord { Source = "events", Fact = broke.Fact, Path = ArtifactPaths.Events(loop.Id), At = broke.At });

    private static Trigger? Unconfirmed(RepoModel repo, LoopModel loop, RollbackLimits limits)
    {
        foreach (var suspect in loop.Audit.Suspects)
        {
            if (!IsAccepted(loop, suspect.Number) && IsSettled(suspect.Row, repo.Now, limits))
            {
                return Of(loop, suspect.Number, suspect.Row, suspect.Why, []);
            }
        }

        return null;
    }

    /// <summary>What speaks against the newest cancel that is called confirmed: its run is still named, or has gone on.</summary>
    private static Trigger? Uncancelled(RepoModel repo, LoopModel loop, RollbackLimits limits)
    {
        var index = loop.Intents.Rows.FindLastIndex(static row => row is { Intent: "cancel", Status: IntentStatus.Confirmed });
        var number = loop.Intents.Count - loop.Intents.Rows.Count + index + 1;
        if (index < 0 || IsAccepted(loop, number) || loop.Intents.Rows[index] is not { Timestamp: { } told } row || !IsSettled(row, repo.Now, limits))
        {
            return null;
        }

        if (!repo.ActiveRun.IsMissing && repo.ActiveRun.Value is { UpdatedAt: { } claimed } run && claimed < told - TimeSpan.FromSeconds(1))
        {
            var fact = $"names process {run.Pid.ToString(CultureInfo.InvariantCulture)} since {UtcSecondsConverter.Text(claimed)}, before the cancel";
            return Of(loop, number, row, "the run that it is said to have stopped is still named by active-run.json", [new EvidenceRecord { Source = "active_run", Fact = fact, Path = ArtifactPaths.ActiveRun }]);
        }

        return loop.Tally is { Newest: { At: { } at } newest, RunStart: { At: { } started } start } && start.RunId == newest.RunId && started < told && at > told + Stopping
            ? Of(loop, number, row, "the run that it is said to have stopped has gone on writing", [new EvidenceRecord { Source = "events", Fact = $"{newest.Name} at {UtcSecondsConverter.Text(at)}", Path = ArtifactPaths.Events(loop.Id) }])
            : null;
    }

    private static Trigger Of(LoopModel loop, long number, IntentRow row, string why, IEnumerable<EvidenceRecord> evidence)
    {
        var path = ArtifactPaths.Intents(loop.Id);
        var who = row.RequestedBy is { } by ? $" by {by}" : "";
        return new(
            RollbackCauses.SuccessUnconfirmed,
            string.Create(CultureInfo.InvariantCulture, $"intents.jsonl calls {row.Intent}{who} confirmed in row {number}, and the artifacts do not bear that out: {why}"),
            [new EvidenceRecord { Source = "intents", Fact = why, Path = path, Value = row.IdempotencyKey, At = row.Timestamp }, .. evidence]);
    }

    private static Trigger? Mismatch(Parity parity, string cause, string source, DateTimeOffset now, RollbackLimits limits) => parity.IsBroken(now, limits)
        ? new(
            cause,
            $"{parity.Difference} ({(cause == RollbackCauses.ServiceMismatch ? "the service disagrees with the artifacts" : "what was folded disagrees with the artifacts")})",
            [new EvidenceRecord { Source = source, Fact = parity.Difference!, Path = null, At = parity.DifferingSince }])
        : null;

    /// <summary>Whether an operator has seen the row when they armed the loop again. A file that was cut since is another one.</summary>
    private static bool IsAccepted(LoopModel loop, long number) => loop.Rollout.Value?.Rearm is { } rearm && number <= rearm.IntentRows && loop.Intents.Count >= rearm.IntentRows;

    private static bool IsSettled(IntentRow row, DateTimeOffset now, RollbackLimits limits) => row.Timestamp is not { } told || (now - told).Duration() >= limits.Settle;
}
