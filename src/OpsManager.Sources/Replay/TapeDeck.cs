using OpsManager.Contract.Tapes;
using OpsManager.Core.Facts.Observations;
using OpsManager.Sources.Follow;
using OpsManager.Sources.Processes;

namespace OpsManager.Sources.Replay;

/// <summary>
/// Plays a tape into the follower that watches live files. It has no clock: whoever plays moves it on, fast or slow, and the looks
/// between two steps happen at the times at which a live watcher would have looked.
/// </summary>
internal sealed class TapeDeck
{
    private readonly Tape tape;
    private readonly TapeProcesses processes;
    private readonly RepoFollower follower;
    private readonly FollowOptions options;
    private int next;

    public TapeDeck(Tape tape, string repo, FollowOptions options)
    {
        this.tape = tape;
        this.options = options;
        processes = new TapeProcesses(tape.Repo, tape.SeesProcesses);
        Repo = repo;
        follower = new RepoFollower(repo, Files, processes, options);
    }

    public string Repo { get; }

    public TapeFiles Files { get; } = new();

    /// <summary>The processes as they are at this point of the tape.</summary>
    public IProcessTable Processes => processes;

    /// <summary>How far the tape has been played.</summary>
    public TimeSpan At { get; private set; }

    public DateTimeOffset Now => tape.RecordedAt + At;

    /// <summary>No step is left.</summary>
    public bool IsOver => next == tape.Steps.Count;

    /// <summary>When the next step is due; the tape's length when none is left.</summary>
    public TimeSpan NextStepAt => IsOver ? tape.Length : tape.Steps[next].At;

    /// <summary>When to move on to next: the next step, or the next look where that comes first.</summary>
    public TimeSpan NextMove => At + options.Poll < NextStepAt || IsOver ? At + options.Poll : NextStepAt;

    /// <summary>The observation that opens the replay.</summary>
    public Observation Opening => new RepoOpened(Now, Repo, tape.Title) { KnownFrom = tape.RecordedAt + tape.KnownFrom };

    /// <summary>
    /// Moves on to <paramref name="at"/>: applies the steps that are due by then, looks, and returns what was seen. A mark ends
    /// the move where it is in the tape, because what follows it, if only a millisecond later, is not part of it.
    /// </summary>
    public (IReadOnlyList<Observation> Seen, TapeMark? Mark) Move(TimeSpan at)
    {
        At = at > At ? at : At;
        TapeMark? mark = null;
        while (mark is null && !IsOver && tape.Steps[next].At <= At)
        {
            var step = tape.Steps[next++];
            Files.Apply(step, Now);
            processes.Apply(step);
            mark = step as TapeMark;
        }

        return (follower.Look(Now), mark);
    }
}
