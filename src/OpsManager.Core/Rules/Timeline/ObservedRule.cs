using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Text;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Rules.Assessment;
using OpsManager.Core.Rules.Control;
using OpsManager.Core.Rules.Rollout;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Rules.Timeline;

/// <summary>
/// Makes the rows of ops-manager in a timeline from what has changed since the last model (docs/screen.md, "Rows of ops-manager"). Pure:
/// asked with every model, after all other rules.
/// </summary>
internal static class ObservedRule
{
    private const int MaxFact = 500;

    /// <summary>
    /// How long it may take until the files tell why a process has exited: the event that ended its run, or that a cancel removed
    /// state.json. What is written later is about something else.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>The rows as they are now; the same object where nothing has changed.</summary>
    public static ObservedRows Next(
        ObservedRows before, RepoFacts repo, LoopFacts loop, Verdict verdict, ControlCases cases, Trigger? trigger)
    {
        var rows = Breaks(Filled(before, loop), repo, loop);
        rows = Exit(rows, repo, loop, verdict);
        rows = ObservedCases.Next(rows, loop, cases);
        rows = Rollback(rows, repo, loop, trigger);
        rows = Source(rows, repo, loop);
        return ObservedPlacement.Place(rows, loop);
    }

    /// <summary>A row with its place as far as it is known now.</summary>
    internal static ObservedRow Row(LoopFacts loop, ObservedKind kind, string key, DateTimeOffset at, string fact, bool isProblem)
    {
        var end = ObservedPlacement.End(loop);
        var clean = SafeText.Clean(fact.Length > MaxFact ? fact[..MaxFact] : fact);
        return new(0, kind, key, at, clean) { IsProblem = isProblem, Offset = end ?? 0, IsPlaced = end is not null, Limit = end };
    }

    /// <summary>A row from a file, at the time that the file says.</summary>
    internal static ObservedRow Recorded(LoopFacts loop, ObservedKind kind, string key, DateTimeOffset at, string fact, bool isProblem) =>
        Row(loop, kind, key, at, fact, isProblem) with { IsPlaced = false };

    /// <summary>The time by the host's clock, as files and people write it.</summary>
    private static DateTimeOffset Clock(RepoFacts repo) => repo.Now - repo.Clock.Ahead;

    private static ObservedRows Filled(ObservedRows rows, LoopFacts loop) =>
        rows.Fillings == loop.Fillings ? rows : Moved(rows) with { Fillings = loop.Fillings };

    /// <summary>The lines around the rows have moved, or may be gone: the rows are placed again, by their time.</summary>
    private static ObservedRows Moved(ObservedRows rows) => rows with
    {
        Rows = [.. rows.Rows.Select(static row => row with { IsPlaced = false, Limit = null })],
        HasUnplaced = rows.Count > 0,
    };

    private static ObservedRows Breaks(ObservedRows rows, RepoFacts repo, LoopFacts loop)
    {
        if (loop.Breaks.IsEmpty || ReferenceEquals(loop.Breaks[^1], rows.LastBreak))
        {
            return rows;
        }

        var next = Moved(rows);
        var known = rows.LastBreak is null ? -1 : loop.Breaks.FindIndex(broke => ReferenceEquals(broke, rows.LastBreak));
        foreach (var broke in loop.Breaks.Skip(known + 1))
        {
            var isCut = broke.Kind == LogBreakKind.Truncated;
            var (kind, what) = isCut ? (ObservedKind.LogCut, "was cut") : (ObservedKind.LogReplaced, "was replaced");
            var key = string.Create(CultureInfo.InvariantCulture, $"break:{next.NextId}");
            var at = broke.At - repo.Clock.AheadAt(broke.At);
            next = next.With(Row(loop, kind, key, at, $"events.jsonl {what}: {broke.Fact}", isProblem: true));
        }

        return next with { LastBreak = loop.Breaks[^1] };
    }

    /// <summary>
    /// The death of a run: its process has exited and no event ended it. Where it was cancelled the row is no problem. An exit that the
    /// log shows has no row.
    /// </summary>
    private static ObservedRows Exit(ObservedRows rows, RepoFacts repo, LoopFacts loop, Verdict verdict)
    {
        var ruling = verdict.Ruling;
        if (ruling.Lifecycle is not (Lifecycle.Failed or Lifecycle.Stopped) && rows.Newest(ObservedKind.ProcessExited) is null)
        {
            return rows;
        }

        var isRead = loop.IsCounted || loop.EventsCondition is ArtifactCondition.Missing or ArtifactCondition.Unreadable;
        if (!isRead || Exited(repo, loop, verdict) is not var (pid, key))
        {
            return rows;
        }

        var known = rows.Find(key);
        var isSettled = known is not null && (Clock(repo) - known.At).Duration() > Settling;
        return (ruling.Lifecycle, loop.Tally.End) switch
        {
            _ when isSettled => rows,
            (Lifecycle.Failed, null) => Put(Died(pid, ruling.Reason, loop.Claim), isProblem: true),
            (Lifecycle.Stopped, null) when pid is not null => Put(Cancelled(pid, ruling.Reason), isProblem: false),
            _ when known is not null => rows.Without(key),
            _ => rows,
        };

        ObservedRows Put(string fact, bool isProblem)
        {
            var row = Row(loop, ObservedKind.ProcessExited, key, known?.At ?? Clock(repo), fact, isProblem);
            return rows.With(row with { Iteration = loop.NewestEvent?.Iteration });
        }
    }

    /// <summary>
    /// The process of the newest run where it has exited, and what distinguishes this exit from any other; null where it has not.
    /// </summary>
    private static (string? Pid, string Key)? Exited(RepoFacts repo, LoopFacts loop, Verdict verdict)
    {
        if (loop.Claim is { IsGone: true, GoneSince: { } gone } claim)
        {
            return (Text(claim.Pid), $"exit:{Text(claim.Pid)}:{Text(gone.UtcTicks)}");
        }

        // A runtime that claims nothing; a process that was never found has no number.
        if (!repo.IsActive(loop.Id) || !repo.ActiveRun.IsMissing)
        {
            return null;
        }

        return loop.Found is { IsAbsent: true, GoneSince: { } since } found
            ? (found.Pid is { } pid ? Text(pid) : null, $"exit:found:{Text(since.UtcTicks)}")
            : (null, $"exit:run:{verdict.RunId}");
    }

    /// <param name="claim">Null on a runtime that writes none.</param>
    private static string Died(string? pid, string reason, Claim? claim) => pid is null ? reason
        // The time of the row is when this was seen, not when it happened.
        : claim is { SeenAlive: false } ? $"process {pid} had exited when it was first looked at; no event ended the run"
        : $"process {pid} has exited; no event ended the run";

    private static string Cancelled(string pid, string reason) =>
        reason.StartsWith("cancelled by ", StringComparison.Ordinal) ? $"process {pid} has exited: {reason}"
        : reason.Contains(" has exited while a cancel ", StringComparison.Ordinal) ? reason
        : $"process {pid} has exited: cancelled, state.json was removed";

    private static ObservedRows Rollback(ObservedRows rows, RepoFacts repo, LoopFacts loop, Trigger? begun)
    {
        const string Begun = "rollback";
        if (loop.Rollback is { } back)
        {
            var fact = $"rolled back: {back.Why ?? back.Cause}";
            var key = $"rollback:{Text(back.At.UtcTicks)}";
            rows = rows.Without(Begun).With(Recorded(loop, ObservedKind.RolledBack, key, back.At, fact, isProblem: true));
        }
        else if (begun is { } trigger)
        {
            var row = Row(loop, ObservedKind.RolledBack, Begun, Clock(repo), $"rolling back: {trigger.Why}", isProblem: true);
            rows = rows.Find(Begun) is not null ? rows : rows.With(row);
        }
        else
        {
            rows = rows.Without(Begun);
        }

        if (loop.Rollout.Value?.Rearm is not { } rearm)
        {
            return rows;
        }

        var why = rearm.Reason is { Length: > 0 } reason ? $": {reason}" : "";
        var words = $"re-armed by {rearm.By ?? "somebody"}{why}";
        return rows.With(Recorded(loop, ObservedKind.Rearmed, $"rearm:{Text(rearm.At.UtcTicks)}", rearm.At, words, isProblem: false));
    }

    private static ObservedRows Source(ObservedRows rows, RepoFacts repo, LoopFacts loop)
    {
        var wasLost = rows.Newest(ObservedKind.SourceLost, ObservedKind.SourceBack) is { Kind: ObservedKind.SourceLost };
        if (Lost(repo) is not { } fault)
        {
            var again = repo.Sprite is { } sprite ? $"sprite {sprite.Name} can be read again" : "the repository can be read again";
            return wasLost ? Put(ObservedKind.SourceBack, again, isProblem: false) : rows;
        }

        return wasLost ? rows : Put(ObservedKind.SourceLost, fault, isProblem: true);

        ObservedRows Put(ObservedKind kind, string fact, bool isProblem) =>
            rows.With(Row(loop, kind, $"source:{Text(rows.NextId)}", Clock(repo), fact, isProblem));
    }

    /// <summary>Why the source cannot be read; null where it can, and where a sprite only sleeps.</summary>
    private static string? Lost(RepoFacts repo) => repo switch
    {
        { Failure: { } failure } => $"the repository cannot be read: {failure.Fault}",
        { Sprite: { ConnectionMode: ConnectionMode.LastKnown, AsleepSince: null, Fault: { } fault } lost } =>
            $"sprite {lost.Name} is unreachable: {fault}",
        { Sprite: { ConnectionMode: ConnectionMode.LastKnown, AsleepSince: null } sprite } => $"sprite {sprite.Name} is unreachable",
        _ => null,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
