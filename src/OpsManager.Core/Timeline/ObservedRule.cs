using System.Globalization;
using OpsManager.Contract;
using OpsManager.Contract.Manager;
using OpsManager.Contract.Text;
using OpsManager.Core.Model;
using OpsManager.Core.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Timeline;

/// <summary>
/// Makes the manager's own rows of a timeline out of what has changed since the model before (docs/screen.md, "Rows of ours"). Pure:
/// asked with every model, after all other rules.
/// </summary>
public static class ObservedRule
{
    private const int MaxFact = 500;

    /// <summary>
    /// How long it may take until the files tell why a process has exited: the event that ended its run, or that a cancel removed
    /// state.json. What is written later is about something else.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>The rows as they are now; the same object where nothing has changed.</summary>
    public static ObservedRows Next(RepoModel repo, LoopModel loop)
    {
        var rows = Breaks(loop.Observed, repo, loop);
        rows = Exit(rows, repo, loop);
        rows = ObservedCases.Next(rows, loop);
        rows = Rollback(rows, repo, loop);
        rows = Source(rows, repo, loop);
        return ObservedPlacement.Place(rows, loop);
    }

    /// <summary>A row with its place as far as it is known now.</summary>
    internal static ObservedRow Row(LoopModel loop, ObservedKind kind, string key, DateTimeOffset at, string fact, bool isProblem)
    {
        var end = ObservedPlacement.End(loop);
        var clean = SafeText.Clean(fact.Length > MaxFact ? fact[..MaxFact] : fact);
        return new(0, kind, key, at, clean) { IsProblem = isProblem, Offset = end ?? 0, IsPlaced = end is not null, Limit = end };
    }

    /// <summary>A row that a file tells of, at the time that the file says.</summary>
    internal static ObservedRow Recorded(LoopModel loop, ObservedKind kind, string key, DateTimeOffset at, string fact, bool isProblem) =>
        Row(loop, kind, key, at, fact, isProblem) with { IsPlaced = false };

    /// <summary>The time by the host's clock, as files and people write it.</summary>
    private static DateTimeOffset Clock(RepoModel repo) => repo.Now - repo.Clock.Ahead;

    private static ObservedRows Breaks(ObservedRows rows, RepoModel repo, LoopModel loop)
    {
        if (loop.Breaks.IsEmpty || ReferenceEquals(loop.Breaks[^1], rows.LastBreak))
        {
            return rows;
        }

        // The lines that the rows stood between may not be there any more: they are placed anew, by their time.
        var moved = rows.Rows.Select(static row => row with { IsPlaced = false, Limit = null });
        var next = rows with { Rows = [.. moved], HasUnplaced = rows.Count > 0 };
        var known = rows.LastBreak is null ? -1 : loop.Breaks.FindIndex(broke => ReferenceEquals(broke, rows.LastBreak));
        foreach (var broke in loop.Breaks.Skip(known + 1))
        {
            var (kind, what) = broke.Kind == LogBreakKind.Truncated ? (ObservedKind.LogCut, "events.jsonl was cut") : (ObservedKind.LogReplaced, "events.jsonl was replaced");
            var key = string.Create(CultureInfo.InvariantCulture, $"break:{next.NextId}");
            next = next.With(Row(loop, kind, key, broke.At - repo.Clock.AheadAt(broke.At), $"{what}: {broke.Fact}", isProblem: true));
        }

        return next with { LastBreak = loop.Breaks[^1] };
    }

    /// <summary>
    /// The death of a run: its process has exited and no event ended it. Where it was cancelled the row is no problem. An exit that the
    /// log tells of has no row.
    /// </summary>
    private static ObservedRows Exit(ObservedRows rows, RepoModel repo, LoopModel loop)
    {
        var ruling = loop.Verdict.Ruling;
        if (ruling.Lifecycle is not (Lifecycle.Failed or Lifecycle.Stopped) && rows.Newest(ObservedKind.ProcessExited) is null)
        {
            return rows;
        }

        var isRead = loop.IsCounted || loop.EventsCondition is ArtifactCondition.Missing or ArtifactCondition.Unreadable;
        if (!isRead || Exited(repo, loop) is not var (pid, key))
        {
            return rows;
        }

        var known = rows.Find(key);
        var isSettled = known is not null && (Clock(repo) - known.At).Duration() > Settling;
        return (ruling.Lifecycle, loop.Tally.End) switch
        {
            _ when isSettled => rows,
            (Lifecycle.Failed, null) => Put(Died(pid, ruling.Reason), isProblem: true),
            (Lifecycle.Stopped, null) when pid is not null => Put(Cancelled(pid, ruling.Reason), isProblem: false),
            _ when known is not null => rows.Without(key),
            _ => rows,
        };

        ObservedRows Put(string fact, bool isProblem) => rows.With(
            Row(loop, ObservedKind.ProcessExited, key, known?.At ?? Clock(repo), fact, isProblem) with { Iteration = loop.NewestEvent?.Iteration });
    }

    /// <summary>The process of the newest run where it has exited, and what tells this exit from any other; null where it has not.</summary>
    private static (string? Pid, string Key)? Exited(RepoModel repo, LoopModel loop)
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
            : (null, $"exit:run:{loop.Verdict.RunId}");
    }

    private static string Died(string? pid, string reason) => pid is null ? reason : $"process {pid} has exited; no event ended the run";

    private static string Cancelled(string pid, string reason) =>
        reason.StartsWith("cancelled by ", StringComparison.Ordinal) ? $"process {pid} has exited: {reason}"
        : reason.Contains(" has exited while a cancel ", StringComparison.Ordinal) ? reason
        : $"process {pid} has exited: cancelled, state.json was removed";

    private static ObservedRows Rollback(ObservedRows rows, RepoModel repo, LoopModel loop)
    {
        const string Begun = "rollback";
        if (loop.Rollback is { } back)
        {
            var fact = $"rolled back: {back.Why ?? back.Cause}";
            rows = rows.Without(Begun).With(Recorded(loop, ObservedKind.RolledBack, $"rollback:{Text(back.At.UtcTicks)}", back.At, fact, isProblem: true));
        }
        else if (loop.Trigger is { } trigger)
        {
            rows = rows.Find(Begun) is not null ? rows : rows.With(Row(loop, ObservedKind.RolledBack, Begun, Clock(repo), $"rolling back: {trigger.Why}", isProblem: true));
        }
        else
        {
            rows = rows.Without(Begun);
        }

        return loop.Rollout.Value?.Rearm is { } rearm
            ? rows.With(Recorded(loop, ObservedKind.Rearmed, $"rearm:{Text(rearm.At.UtcTicks)}", rearm.At, Rearmed(rearm), isProblem: false))
            : rows;
    }

    private static string Rearmed(RearmRecord rearm) => $"re-armed by {rearm.By ?? "somebody"}{(rearm.Reason is { Length: > 0 } reason ? $": {reason}" : "")}";

    private static ObservedRows Source(ObservedRows rows, RepoModel repo, LoopModel loop)
    {
        var wasLost = rows.Newest(ObservedKind.SourceLost, ObservedKind.SourceBack) is { Kind: ObservedKind.SourceLost };
        if (Lost(repo) is not { } fault)
        {
            var again = repo.Sprite is { } sprite ? $"sprite {sprite.Name} can be read again" : "the repository can be read again";
            return wasLost ? rows.With(Row(loop, ObservedKind.SourceBack, $"back:{Text(rows.NextId)}", Clock(repo), again, isProblem: false)) : rows;
        }

        return wasLost ? rows : rows.With(Row(loop, ObservedKind.SourceLost, $"lost:{Text(rows.NextId)}", Clock(repo), fault, isProblem: true));
    }

    /// <summary>Why the source cannot be read; null where it can, and where a sprite only sleeps.</summary>
    private static string? Lost(RepoModel repo) => repo switch
    {
        { Failure: { } failure } => $"the repository cannot be read: {failure.Fault}",
        { Sprite: { Reach: Reach.LastKnown, AsleepSince: null } sprite } => $"sprite {sprite.Name} is unreachable{(sprite.Fault is { } fault ? $": {fault}" : "")}",
        _ => null,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
