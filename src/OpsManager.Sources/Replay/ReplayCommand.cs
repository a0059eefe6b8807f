namespace OpsManager.Sources.Replay;

/// <summary>What can be done with a replay. Whatever moves it by hand pauses it, and ends a tour.</summary>
public abstract record ReplayCommand
{
    private ReplayCommand()
    {
    }

    /// <summary>Play or pause; at the end of a recording, play from its start.</summary>
    public sealed record PlayOrPause : ReplayCommand;

    /// <summary>One recorded change on or back, processes included.</summary>
    /// <param name="By">1 or -1.</param>
    public sealed record Step(int By) : ReplayCommand;

    /// <summary>The next or the previous problem or change of lifecycle.</summary>
    /// <param name="By">1 or -1.</param>
    public sealed record ToProblem(int By) : ReplayCommand;

    /// <summary>The next or the previous start of an iteration.</summary>
    /// <param name="By">1 or -1.</param>
    public sealed record ToIteration(int By) : ReplayCommand;

    /// <summary>Faster or slower, from 0.25 to 1000 times.</summary>
    /// <param name="By">1 or -1.</param>
    public sealed record ChangeSpeed(int By) : ReplayCommand;

    /// <summary>A moment, from the start of the recording; outside of it, its start or end.</summary>
    public sealed record ToTime(TimeSpan At) : ReplayCommand;

    public sealed record ToStart : ReplayCommand;

    public sealed record ToEnd : ReplayCommand;

    /// <summary>Another of the recordings, from its start.</summary>
    /// <param name="Index">From 0.</param>
    public sealed record Open(int Index) : ReplayCommand;

    /// <summary>Somebody reads: a tour does not go on by itself. It moves nothing.</summary>
    public sealed record TakeOver : ReplayCommand;

    /// <summary>Snapshot-only mode on, where true, or off. It moves nothing.</summary>
    public sealed record SwitchStream(bool SnapshotOnly) : ReplayCommand;
}
