using System.Collections.Immutable;
using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Observations;

namespace OpsManager.Core.Facts;

/// <summary>
/// Everything that was read or seen of one loop, and what is remembered of it. Nothing here is concluded: that is what rules do with it.
/// </summary>
public abstract record LoopFacts(string Repo, string Id)
{
    public const int MaxBreaks = 16;

    /// <summary>Rows of usage.jsonl that are kept: four roles make some thousand iterations.</summary>
    public const int MaxUsage = 4096;

    /// <summary>Rows of usage.jsonl that one look hands on, to be added up.</summary>
    public const int MaxUsageRead = 65_536;

    /// <summary>Decisions, and intents, that are kept.</summary>
    public const int MaxDecisions = 1024;

    /// <summary>Steps of intents that are kept of one reading.</summary>
    public const int MaxControlRows = 4096;

    /// <summary>Whether the loop's directory is there.</summary>
    public bool Exists { get; init; }

    /// <summary>
    /// Since when the loop's directory, which was there, is missing while the process of its run was not known to have exited. What
    /// is known of its files is as it was read last.
    /// </summary>
    public DateTimeOffset? VanishedAt { get; init; }

    /// <summary>
    /// A process of its run is there, or may be there, as far as the host tells: the one that claimed it, or where none did,
    /// what was found.
    /// </summary>
    public bool IsHeld => Claim is { IsForeign: false } claim ? !claim.IsGone : Found is { IsAbsent: false };

    public Artifact<Approval> Approval { get; init; } = Artifact<Approval>.Unseen;

    public Artifact<RunSummary> Summary { get; init; } = Artifact<RunSummary>.Unseen;

    public Artifact<Heartbeat> Heartbeat { get; init; } = Artifact<Heartbeat>.Unseen;

    /// <summary>What the roles took, from usage.jsonl.</summary>
    public RowLog<UsageEntry> Usage { get; init; } = new(MaxUsage);

    /// <summary>What all of them come to, by day and in all.</summary>
    public UsageTotals UsageTotals { get; init; } = UsageTotals.None;

    /// <summary>What people decided, from decisions.jsonl.</summary>
    public RowLog<Decision> Decisions { get; init; } = new(MaxDecisions);

    /// <summary>What operators asked for by a manager, from intents.jsonl.</summary>
    public RowLog<IntentRow> Intents { get; init; } = new(MaxDecisions);

    /// <summary>The steps of each intent, from telemetry/control.jsonl.</summary>
    public RowLog<ControlRow> ControlRows { get; init; } = new(MaxControlRows);

    /// <summary>How far the loop is trusted to the manager, from rollout.json.</summary>
    public Artifact<RolloutRecord> Rollout { get; init; } = Artifact<RolloutRecord>.Unseen;

    /// <summary>The index of the log, null while there is none; only rows below <c>Tally.Lines</c> are known.</summary>
    public EventLog? Log { get; init; }

    /// <summary>What the log says; in snapshot-only mode, what a snapshot says of it.</summary>
    public EventTally Tally { get; init; } = EventTally.Empty;

    /// <summary>The log's events over its time.</summary>
    public EventDensity Density { get; init; } = EventDensity.Empty;

    public ArtifactCondition EventsCondition { get; init; } = ArtifactCondition.Unseen;

    public string? EventsFault { get; init; }

    /// <summary>When the newest event was read, in steady time.</summary>
    public DateTimeOffset? NewestReadAt { get; init; }

    public FileStamp? EventsStamp { get; init; }

    /// <summary>The newest breaks of the log, oldest first, at most <see cref="MaxBreaks"/>.</summary>
    public ImmutableList<LogBreak> Breaks { get; init; } = [];

    /// <summary>How often the copy of the log got lines that it had left out: each time the others moved in the file.</summary>
    public int Fillings { get; init; }

    /// <summary>The highest line that was counted here, or that the operator accepted when they re-armed the loop.</summary>
    public long CountedOffset { get; init; }

    /// <summary>Where an earlier run of the manager stopped reading; null where none kept it.</summary>
    public CursorFile? KeptCursor { get; init; }

    /// <summary>
    /// The highest line ever counted or kept. It never moves back (docs/contract.md, "Cursor file"), except where an operator arms
    /// the loop again: the cursor that was kept then no longer binds.
    /// </summary>
    public long KeptOffset => KeptCursor is { } kept && Rollout.Value?.Rearm?.Accepts(kept) != true
        ? Math.Max(CountedOffset, kept.EventLineOffset)
        : CountedOffset;

    /// <summary>The log has fewer lines than were read before.</summary>
    public bool HasGoneBack => IsCounted && (Withheld?.Count ?? Tally.Lines) < KeptOffset;

    /// <summary>What shows that <see cref="KeptCursor"/> is of another log; null where nothing does.</summary>
    public string? KeptCursorBreak { get; init; }

    /// <summary>That the log is not the one that was read before; null where it is, and where the operator has accepted it.</summary>
    public string? LogReplaced => KeptCursor is { } kept && Rollout.Value?.Rearm?.Accepts(kept) == true ? null : KeptCursorBreak;

    /// <summary>Why the cursor that an earlier run of the manager kept cannot be used; null where it can, or there is none.</summary>
    public string? KeptCursorFault { get; init; }

    /// <summary>The last process that claimed this loop.</summary>
    public Claim? Claim { get; init; }

    /// <summary>The result of the search for the process of an unclaimed run; null where no search was needed.</summary>
    public FoundRun? Found { get; init; }

    /// <summary>The event stream where it is switched off; null where it is folded.</summary>
    public WithheldStream? Withheld { get; init; }

    /// <summary>Whether the artifacts, read again from their first byte, say what was folded.</summary>
    public Parity ScratchParity { get; init; } = Parity.Unchecked;

    /// <summary>Whether the sprite's service says what was folded.</summary>
    public Parity ServiceParity { get; init; } = Parity.Unchecked;

    /// <summary>The rollback of the loop; null where there is none.</summary>
    public RollbackRecord? Rollback => Rollout.Value?.Rollback;

    /// <summary>The newest event, whether or not the stream is folded.</summary>
    public EventMoment? NewestEvent => Withheld is { } withheld ? withheld.Newest : Tally.Newest;

    /// <summary>Whether the log was counted to its end, so that its length can be compared.</summary>
    public bool IsCounted => !IsReading && (Withheld is { } withheld ? !withheld.Log.IsTail : Log is { IsTail: false });

    /// <summary>The log was not read to its end yet.</summary>
    public bool IsReading { get; init; }

    /// <summary>The time of the log's first event; null where it has none, or only its end was read.</summary>
    public DateTimeOffset? FirstEventAt
    {
        get
        {
            // The index may have grown since: what counts is what was seen of it.
            var (log, seen) = Withheld is { } stream ? (stream.Log, stream.Count) : (Log, Tally.Lines);
            return log is { IsTail: false, Skipped: 0 } && seen > 0 && log[0].Second > 0
                ? DateTimeOffset.FromUnixTimeSeconds(log[0].Second)
                : null;
        }
    }

    /// <summary>The arming that was taken note of last.</summary>
    public DateTimeOffset? ArmedAt { get; init; }
}
