using OpsManager.Core.Fold;
using OpsManager.Sources.Follow;

namespace OpsManager.Sources.Replay;

/// <summary>How recordings are played.</summary>
public sealed record ReplayOptions
{
    public FoldOptions Fold { get; init; } = FoldOptions.Default;

    public FollowOptions Follow { get; init; } = FollowOptions.Default;

    /// <summary>
    /// A stretch without a change that would play longer than this passes in this time; zero where none is to be skipped.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Seconds of the recording in a second, at the start.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The moment at which the first recording is opened; null for its start.</summary>
    public TimeSpan? StartAt { get; init; }

    /// <summary>It plays from the start; else it waits there.</summary>
    public bool IsPlaying { get; init; } = true;

    /// <summary>A recording that is chosen later plays, whatever the first one does.</summary>
    public bool PlaysChosen { get; init; }

    /// <summary>Plays each recording and then the next, with a caption, until the first key.</summary>
    public bool IsTour { get; init; }
}
