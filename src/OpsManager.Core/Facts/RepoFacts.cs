using System.Collections.Immutable;
using OpsManager.Contract.Artifacts;
using OpsManager.Core.Facts.Clock;
using OpsManager.Core.Facts.Observations;
using OpsManager.Core.Sprite;

namespace OpsManager.Core.Facts;

/// <summary>What was read or seen of one repository: the artifacts its loops share, and what is known of each loop.</summary>
public abstract record RepoFacts(string Path)
{
    /// <summary>A run that has claimed its loop has made the loop's directory after so many seconds.</summary>
    private const int MaxStartSeconds = 60;

    /// <summary>state.json is written right beside the first event: after so many seconds the directory has been seen.</summary>
    private const int MinActiveSeconds = 5;

    public Artifact<RuntimeState> State { get; init; } = Artifact<RuntimeState>.Unseen;

    public Artifact<ActiveRun> ActiveRun { get; init; } = Artifact<ActiveRun>.Unseen;

    /// <summary>Why the source cannot be read, and since when; null while it can.</summary>
    public (DateTimeOffset Since, string Fault)? Failure { get; init; }

    /// <summary>.superloop is missing: what is known of the files is as it was read last, and none of them exists now.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The sprite that it is a copy of; null where it is read in place.</summary>
    public SpriteState? Sprite { get; init; }

    /// <summary>
    /// Where the repository is for a command that is run on it: of a sprite there is only a copy at <see cref="Path"/>.
    /// </summary>
    public string Place => Sprite is { } sprite ? sprite.RepoPath ?? "REPO" : Path;

    /// <summary>The moment to which silence is measured: a sprite that sleeps, or is not polled, has sent nothing since then.</summary>
    public DateTimeOffset HeardUntil => Sprite is { IsDated: true, GoodAt: { } heard } && heard < Now ? heard : Now;

    /// <summary>The newest moment seen, by the clock of the source: steady time, or the time of the tape.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>What the newest search for the runtime's command has found; null before one, and where none is made.</summary>
    public CommandSearch? Command { get; init; }

    /// <summary>What has become of the host's clock while we watched; of a replay nothing, which has the clock of its tape.</summary>
    public ClockShifts Clock { get; init; } = ClockShifts.None;

    /// <summary>Computes ages as of <see cref="Now"/>.</summary>
    public AgeClock Ages => new(Now, Clock);

    /// <summary>When its files were looked at last.</summary>
    public DateTimeOffset LookedAt { get; init; }

    /// <summary>The title of the tape that is played; null where the repository is live.</summary>
    public string? Replay { get; init; }

    /// <summary>
    /// From which moment on its files are known as they were; before, only its logs are, and a file that is missing tells nothing. Null
    /// where every change was seen.
    /// </summary>
    public DateTimeOffset? KnownFrom { get; init; }

    /// <summary>Whether a file that is missing now may have been there.</summary>
    public bool IsFromLogs => Now < KnownFrom;

    /// <summary>The operator has switched the event stream off: lifecycle comes from snapshots alone.</summary>
    public bool SnapshotOnly { get; init; }

    /// <summary>True once a process could be observed on this host. Findings that need processes appear only then.</summary>
    public bool ProcessesObservable { get; init; }

    /// <summary>The last sightings of the processes that intents were meant for.</summary>
    public ImmutableDictionary<CapturedProcess, ProcessSighting> Captured { get; init; } =
        ImmutableDictionary<CapturedProcess, ProcessSighting>.Empty;

    /// <summary>
    /// What has to outlast a loop's directory: who claimed it, the highest line that was counted, and the arming that was seen.
    /// A directory that goes and
    /// comes back is the same loop. Bounded, the rest is forgotten.
    /// </summary>
    public ImmutableDictionary<string, (Claim? Claim, long KeptOffset, DateTimeOffset? ArmedAt)> Departed { get; init; } =
        ImmutableDictionary<string, (Claim?, long, DateTimeOffset?)>.Empty;

    /// <summary>What is known of a loop; null where there is none of that id.</summary>
    public abstract LoopFacts? FactsOf(string loop);

    /// <summary>What is known of each loop, in order of id.</summary>
    public abstract IEnumerable<LoopFacts> FactsOfLoops();

    /// <summary>What active-run.json names now (a torn file keeps what it named last); null where it is absent.</summary>
    public ActiveRun? Claiming => IsMissing || ActiveRun.IsMissing ? null : ActiveRun.Value;

    /// <summary>Whether active-run.json names this loop now.</summary>
    public bool IsClaimed(string loop) => Claiming is { } run && run.LoopId == loop;

    /// <summary>
    /// The claim that is in active-run.json now, where it is not of this repository and this host; null where there is none.
    /// </summary>
    public Claim? ForeignClaim =>
        Claiming?.LoopId is { } id && FactsOf(id)?.Claim is { IsForeign: true } claim ? claim : null;

    /// <summary>Whether state.json says that this loop is at work now.</summary>
    public bool IsActive(string loop) => State.Value?.IsActiveFor(loop) == true && !State.IsMissing && !IsMissing;

    /// <summary>
    /// The loop's directory is missing although its run needs one: it was there, or the run is older than any that is still starting.
    /// </summary>
    public bool HasLost(LoopFacts loop) => (loop is { Exists: false, IsHeld: true } && !IsStarting(loop)) || loop.VanishedAt is not null;

    /// <summary>
    /// A run that has no directory yet. It starts, and claims its loop, before it makes the directory; only its checks come between. It is
    /// active after that. A loop of which lines were read has had one.
    /// </summary>
    public bool IsStarting(LoopFacts loop)
    {
        if (loop is { Exists: true } or { IsHeld: false } or { KeptOffset: > 0 })
        {
            return false;
        }

        var began = loop.Claim is { IsForeign: false } claim ? claim.ClaimedAt : loop.Found?.Began;
        var isSettled = IsActive(loop.Id) && Now - State.Value!.UpdatedAt >= TimeSpan.FromSeconds(MinActiveSeconds);
        return !isSettled && Now - began < TimeSpan.FromSeconds(MaxStartSeconds);
    }
}
