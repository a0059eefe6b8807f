namespace OpsManager.Sources.Follow;

/// <summary>How often and how much is looked at.</summary>
public sealed record FollowOptions
{
    public static readonly FollowOptions Default = new();

    /// <summary>Between two looks at what moves.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Looks come at whole multiples of <see cref="Poll"/>: of many sources at the same time. Each look makes a model, and whoever
    /// looks at a model of thousands of loops would do so all the time.
    /// </summary>
    public bool PollsTogether { get; init; }

    /// <summary>
    /// Between two polls that look at everything, of a copy whose writer tells what it has written: the others look only at what managers
    /// keep beside it, which anybody may write. Null where every poll looks at everything.
    /// </summary>
    public TimeSpan? WholePoll { get; init; }

    /// <summary>Between two looks at a loop that does not move.</summary>
    public TimeSpan QuietPoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A loop that has not changed for this long, and that nothing claims, does not move.</summary>
    public TimeSpan QuietAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two listings of the loops' directory.</summary>
    public TimeSpan ListLoops { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two ticks of the clock where nothing else is seen.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A log larger than this is read from its end first, so that its newest events are there at once.</summary>
    public long TailFirstBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How much of its end is read first.</summary>
    public int TailBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Whether usage, decisions, intents and the rollout are followed; a verb that reads a loop once has no use for them.
    /// </summary>
    public bool FollowRows { get; init; } = true;

    /// <summary>Whether what managers sent is followed all the same, of every loop: a cancel explains how its run looks now.</summary>
    public bool FollowControl { get; init; }

    /// <summary>
    /// Whether a loop is followed on whose directory is missing while its process is not known to have exited. Of a copy the directory is
    /// ours, and what its process does is old.
    /// </summary>
    public bool HoldsVanished { get; init; } = true;

    /// <summary>The loop that was asked for: its process is searched for where its directory is missing. Null where none was.</summary>
    public string? Sought { get; init; }

    /// <summary>
    /// What is known of the log of the one loop that is followed, so that only what is new of it is read; null where nothing is.
    /// </summary>
    public KnownLog? Known { get; init; }

    /// <summary>Keeps the indexes of large logs between two sessions; null where nobody does.</summary>
    internal IKeptIndexes? Indexes { get; init; }

    /// <summary>Of a copy: the logs that got lines which were left out before; null where none can.</summary>
    internal FilledLogs? Filled { get; init; }

    /// <summary>How much of a log is indexed in one look, so that a large one does not keep the others waiting.</summary>
    public int SliceBytes { get; init; } = 16 * 1024 * 1024;
}
