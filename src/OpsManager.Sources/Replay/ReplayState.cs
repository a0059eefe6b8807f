using System.Collections.Immutable;
using OpsManager.Core.Model;

namespace OpsManager.Sources.Replay;

/// <summary>Where a replay is, and what is known of its recording.</summary>
public sealed record ReplayState
{
    /// <summary>The speeds that keys go through, in seconds of the recording in a second.</summary>
    public static readonly IReadOnlyList<double> Speeds = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1000];

    public required RecordingInfo Recording { get; init; }

    /// <summary>Which of the recordings this is, from 0, and how many there are.</summary>
    public required int Index { get; init; }

    public required int Count { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>From the start of the recording to the moment that is shown.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The moment that is shown, by the recording's clock.</summary>
    public DateTimeOffset Now => RecordedAt + At;

    /// <summary>From the start of the recording to its last change.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>
    /// How far the recording has been read: up to there every moment can be shown. <see cref="Length"/> when all of it is.
    /// </summary>
    public TimeSpan ReadTo { get; init; }

    public bool IsReadWhole => ReadTo >= Length;

    /// <summary>The end of the recording is shown.</summary>
    public bool IsAtEnd => IsReadWhole && At >= Length;

    /// <summary>Recorded changes up to the moment that is shown.</summary>
    public int Change { get; init; }

    /// <summary>What the newest change that is shown was, in a few words; null before the first.</summary>
    public string? Changed { get; init; }

    /// <summary>Recorded changes that were read; all of them when the recording was read whole.</summary>
    public int Changes { get; init; }

    public bool IsPlaying { get; init; }

    /// <summary>Seconds of the recording in a second; idle time passes faster.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Idle time is being skipped just now.</summary>
    public bool IsSkipping { get; init; }

    /// <summary>Moments worth stopping at, in order, as far as the recording has been read.</summary>
    public ImmutableArray<ReplayPoint> Points { get; init; } = [];

    /// <summary>
    /// The model at the end of the recording: what was decided later, and its result. Null until it was read whole.
    /// </summary>
    public FleetModel? End { get; init; }

    /// <summary>What the recording does not show, such as "no process evidence: lifecycle from the log alone"; null mostly.</summary>
    public string? Note { get; init; }

    /// <summary>Why the recording could not be read, or not to its end; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>Recordings follow each other by themselves until the first key.</summary>
    public bool IsTour { get; init; }
}
