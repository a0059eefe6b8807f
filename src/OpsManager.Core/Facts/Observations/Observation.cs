using OpsManager.Contract.Artifacts;
using OpsManager.Contract.Manager;
using OpsManager.Core.Events;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Facts.Observations;

/// <summary>Something that was seen at a moment. Everything the model knows came in as one of these.</summary>
/// <param name="At">When it was seen, by the clock of its source: a replay has the clock of its tape.</param>
public abstract record Observation(DateTimeOffset At);

/// <summary>The operator switched the event stream of all loops off, or on again.</summary>
public sealed record StreamSwitched(DateTimeOffset At, bool SnapshotOnly) : Observation(At);

/// <summary>The host's clock was set, or the host was paused: of every repository that is watched live.</summary>
public sealed record ClockShifted(DateTimeOffset At, ClockShifts Shifts) : Observation(At);

/// <summary>Something of one repository.</summary>
public abstract record RepoObservation(DateTimeOffset At, string Repo) : Observation(At);

/// <summary>
/// The repository is being watched. <paramref name="Replay"/> is the title of the tape that is played, null where it is live.
/// </summary>
public sealed record RepoOpened(DateTimeOffset At, string Repo, string? Replay = null) : RepoObservation(At, Repo)
{
    /// <summary>See <see cref="RepoFacts.KnownFrom"/>.</summary>
    public DateTimeOffset? KnownFrom { get; init; }
}

/// <summary>The repository is no longer watched.</summary>
public sealed record RepoClosed(DateTimeOffset At, string Repo) : RepoObservation(At, Repo);

/// <summary>Time has passed in this repository; nothing else was seen.</summary>
public sealed record Ticked(DateTimeOffset At, string Repo) : RepoObservation(At, Repo);

/// <summary>state.json was read.</summary>
public sealed record StateSeen(DateTimeOffset At, string Repo, ArtifactReading<RuntimeState> Reading) : RepoObservation(At, Repo);

/// <summary>active-run.json was read.</summary>
public sealed record ActiveRunSeen(DateTimeOffset At, string Repo, ArtifactReading<ActiveRun> Reading) : RepoObservation(At, Repo);

/// <summary>Processes of this host can be observed.</summary>
public sealed record ProcessesObservable(DateTimeOffset At, string Repo) : RepoObservation(At, Repo);

/// <summary>A process was looked for.</summary>
public sealed record ProcessSeen(DateTimeOffset At, string Repo, ProcessSighting Sighting) : RepoObservation(At, Repo);

/// <summary>The process of a run that nothing claims was searched for.</summary>
public sealed record RunSearched(DateTimeOffset At, string Repo, string Loop, RunSearch Search) : LoopObservation(At, Repo, Loop);

/// <summary>The source cannot be read; what was read before stays, with its time.</summary>
public sealed record SourceFailed(DateTimeOffset At, string Repo, string Fault) : RepoObservation(At, Repo)
{
    /// <summary>.superloop, which was there, is missing: all files of the repository are, and none of them says anything.</summary>
    public bool IsMissing { get; init; }
}

/// <summary>The source can be read again.</summary>
public sealed record SourceRecovered(DateTimeOffset At, string Repo) : RepoObservation(At, Repo);

/// <summary>How the sprite behind this repository is reached, and how well.</summary>
public sealed record SpriteSeen(DateTimeOffset At, string Repo, SpriteState State) : RepoObservation(At, Repo);

/// <summary>The runtime's command was looked for on this host.</summary>
public sealed record CommandSeen(DateTimeOffset At, string Repo, CommandSearch Search) : RepoObservation(At, Repo);

/// <summary>The host was asked for a process that an intent was meant for.</summary>
public sealed record CapturedSeen(
    DateTimeOffset At, string Repo, CapturedProcess Process, ProcessSighting Sighting) : RepoObservation(At, Repo);

/// <summary>Something of one loop.</summary>
public abstract record LoopObservation(DateTimeOffset At, string Repo, string Loop) : RepoObservation(At, Repo);

/// <summary>The loop's directory is there.</summary>
public sealed record LoopAppeared(DateTimeOffset At, string Repo, string Loop) : LoopObservation(At, Repo, Loop);

/// <summary>The loop's directory, which was there, is missing.</summary>
public sealed record LoopVanished(DateTimeOffset At, string Repo, string Loop) : LoopObservation(At, Repo, Loop)
{
    /// <summary>The process of its run is not known to have exited, so the loop is followed on.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>approval.json was read.</summary>
public sealed record ApprovalSeen(
    DateTimeOffset At, string Repo, string Loop, ArtifactReading<Approval> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>run-summary.json was read.</summary>
public sealed record SummarySeen(
    DateTimeOffset At, string Repo, string Loop, ArtifactReading<RunSummary> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>heartbeat.v1.json was read.</summary>
public sealed record HeartbeatSeen(
    DateTimeOffset At, string Repo, string Loop, ArtifactReading<Heartbeat> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>usage.jsonl has other rows than before.</summary>
public sealed record UsageSeen(
    DateTimeOffset At, string Repo, string Loop, RowReading<UsageEntry> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>decisions.jsonl has other rows than before.</summary>
public sealed record DecisionsSeen(
    DateTimeOffset At, string Repo, string Loop, RowReading<Decision> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>The manager's intents.jsonl has other rows than before.</summary>
public sealed record IntentsSeen(
    DateTimeOffset At, string Repo, string Loop, RowReading<IntentRow> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>The manager's control.jsonl has other rows than before.</summary>
public sealed record ControlRowsSeen(
    DateTimeOffset At, string Repo, string Loop, RowReading<ControlRow> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>The manager's rollout.json was read.</summary>
public sealed record RolloutSeen(
    DateTimeOffset At, string Repo, string Loop, ArtifactReading<RolloutRecord> Reading) : LoopObservation(At, Repo, Loop);

/// <summary>The log holds rows up to <paramref name="Count"/>; those behind what was folded before are new.</summary>
public sealed record EventsSeen(
    DateTimeOffset At, string Repo, string Loop, EventLog Log, int Count, FileStamp Stamp) : LoopObservation(At, Repo, Loop)
{
    /// <summary>The log was not read to its end yet: it has more lines than these.</summary>
    public bool HasMore { get; init; }
}

/// <summary>The log cannot be followed: it is missing or unreadable.</summary>
public sealed record EventsUnavailable(
    DateTimeOffset At, string Repo, string Loop, ArtifactCondition Condition, string? Fault) : LoopObservation(At, Repo, Loop);

/// <summary>The log is not the one that was followed: what was read before is no longer there.</summary>
public sealed record LogBroke(
    DateTimeOffset At, string Repo, string Loop, LogBreakKind Kind, string Fact) : LoopObservation(At, Repo, Loop);

/// <summary>
/// The copy of a log got lines that it had left out. It is the same log, indexed again; each line has the number that it had.
/// </summary>
public sealed record LogFilled(DateTimeOffset At, string Repo, string Loop) : LoopObservation(At, Repo, Loop);

/// <summary>The cursor that an earlier run of the manager kept; null with a fault where it cannot be read.</summary>
public sealed record KeptCursorSeen(DateTimeOffset At, string Repo, string Loop, CursorFile? Cursor, string? Fault = null)
    : LoopObservation(At, Repo, Loop)
{
    /// <summary>The log no longer begins with the lines that the cursor counts. False where that could not be checked.</summary>
    public bool IsOfOtherLog { get; init; }
}

/// <summary>
/// What was folded was compared with another way to the same truth; <paramref name="Difference"/> is null where they agree.
/// </summary>
public sealed record ParityChecked(
    DateTimeOffset At, string Repo, string Loop, ParityOrigin Origin, string? Difference) : LoopObservation(At, Repo, Loop);

/// <summary>How a log broke.</summary>
public enum LogBreakKind
{
    /// <summary>The file is shorter than what was read.</summary>
    Truncated,

    /// <summary>The log no longer begins with the bytes that were read, or another file has replaced it.</summary>
    Rewritten,
}
