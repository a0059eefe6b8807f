using System.Collections.Immutable;
using OpsManager.Contract.Text;
using OpsManager.Core.Events;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Model;

namespace OpsManager.Core.Fold;

/// <summary>What one observation changes in what is known of a loop. Pure, and nothing is judged here.</summary>
internal static class LoopFold
{
    /// <summary>The loop with the observation in it; what is of no loop changes nothing.</summary>
    public static LoopModel Apply(LoopModel loop, LoopObservation seen) => seen switch
    {
        LoopAppeared => Appeared(loop),
        LoopVanished => loop with { Exists = false, VanishedAt = loop.VanishedAt ?? seen.At },
        RunSearched searched => loop with { Found = FoundRun.From(searched.Search, loop.Found, seen.At) },
        ApprovalSeen approval => loop with { Approval = loop.Approval.With(approval.Reading, seen.At) },
        SummarySeen summary => loop with { Summary = loop.Summary.With(summary.Reading, seen.At) },
        HeartbeatSeen heartbeat => loop with { Heartbeat = loop.Heartbeat.With(heartbeat.Reading, seen.At) },
        UsageSeen usage => loop with { Usage = loop.Usage.With(usage.Reading), UsageTotals = loop.UsageTotals.With(usage.Reading) },
        DecisionsSeen decisions => loop with { Decisions = loop.Decisions.With(decisions.Reading) },
        IntentsSeen intents => loop with { Intents = loop.Intents.With(intents.Reading) },
        ControlRowsSeen rows => loop with { ControlRows = loop.ControlRows.With(rows.Reading), Cases = loop.Cases.With(rows.Reading) },
        RolloutSeen rollout => Armed(loop, loop with { Rollout = loop.Rollout.With(rollout.Reading, seen.At) }),
        ParityChecked { Origin: ParityOrigin.Scratch } check =>
            loop with { ScratchParity = loop.ScratchParity.With(check.Difference, seen.At) },
        ParityChecked check => loop with { ServiceParity = loop.ServiceParity.With(check.Difference, seen.At) },
        EventsSeen events => Ingested(loop, events),
        EventsUnavailable events => loop with { EventsCondition = events.Condition, EventsFault = events.Fault },
        LogBroke broke => loop with { Breaks = Bounded(loop.Breaks.Add(new LogBreak(seen.At, broke.Kind, broke.Fact))) },
        LogFilled => loop with { Fillings = loop.Fillings + 1 },
        KeptCursorSeen kept => loop with
        {
            KeptCursorFault = kept.Fault,
            KeptCursor = kept.Cursor ?? loop.KeptCursor,
            KeptCursorBreak = BreakOf(kept) ?? loop.KeptCursorBreak,
        },
        _ => loop,
    };

    /// <summary>Switches the stream off or on, as the operator or the loop's rollout wants it now.</summary>
    public static LoopModel Streamed(RepoModel repo, LoopModel loop) => (repo.SnapshotOnly || loop.Rollback is not null, loop) switch
    {
        (true, { Withheld: null, Log: { } log }) => loop with
        {
            Withheld = WithheldStream.From(log, loop.Tally.Lines, null),
            Log = null,
            Tally = EventTally.Empty,
            Density = EventDensity.Empty,
        },
        (false, { Withheld: { } stream }) => Folded(loop with { Withheld = null, Tally = EventTally.Empty }, stream.Log, stream.Count),
        _ => loop,
    };

    /// <summary>The directory is back: its files are read again, and what is known of the run itself stays.</summary>
    private static LoopModel Appeared(LoopModel loop) => loop.VanishedAt is null
        ? loop with { Exists = true }
        : new LoopModel(loop.Repo, loop.Id)
        {
            Exists = true,
            Claim = loop.Claim,
            Found = loop.Found,
            CountedOffset = loop.KeptOffset,
            ArmedAt = loop.ArmedAt,
        };

    private static string? BreakOf(KeptCursorSeen kept) => kept is { IsOfOtherLog: true, Cursor: { } cursor }
        ? $"the log no longer begins with what was read before ({Counts.Text(cursor.EventLineOffset, "line")})"
        : null;

    /// <summary>An operator has re-armed the loop: lines are counted again from here, and earlier faults are accepted.</summary>
    private static LoopModel Armed(LoopModel before, LoopModel now)
    {
        if (now.Rollout.Value?.Rearm is not { } rearm || rearm.At == before.ArmedAt)
        {
            return now;
        }

        var lines = now.IsCounted ? now.Tally.Lines : 0;
        return now with
        {
            ArmedAt = rearm.At,
            CountedOffset = Math.Max(lines, rearm.EventLineOffset),
            Breaks = [],
            ScratchParity = Parity.Unchecked,
            ServiceParity = Parity.Unchecked,
        };
    }

    private static LoopModel Ingested(LoopModel loop, EventsSeen seen)
    {
        var counted = loop with
        {
            EventsStamp = seen.Stamp,
            NewestReadAt = seen.Count == (loop.Withheld?.Count ?? loop.Tally.Lines) ? loop.NewestReadAt : seen.At,
            EventsCondition = ArtifactCondition.Present,
            EventsFault = null,
            IsReading = seen.HasMore,
            CountedOffset = seen.Log.IsTail ? loop.CountedOffset : Math.Max(loop.CountedOffset, seen.Count),
        };
        return loop.Withheld is { } withheld
            ? counted with { Withheld = WithheldStream.From(seen.Log, seen.Count, withheld) }
            : Folded(counted, seen.Log, seen.Count);
    }

    private static LoopModel Folded(LoopModel loop, EventLog log, int count)
    {
        // Another index means another log, or the full one after its tail: it is folded from its start, or from what is known of it.
        var (tally, density) = ReferenceEquals(loop.Log, log)
            ? (loop.Tally, loop.Density)
            : (log.Before ?? EventTally.Empty, log.DensityBefore);
        return loop with
        {
            Log = log,
            Tally = tally.Add(log, tally.Lines, count),
            Density = density.Add(log, tally.Lines, count),
        };
    }

    private static ImmutableList<LogBreak> Bounded(ImmutableList<LogBreak> breaks) =>
        breaks.Count > LoopModel.MaxBreaks ? breaks.RemoveAt(0) : breaks;
}
