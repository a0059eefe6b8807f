using System.Collections.Immutable;

namespace OpsManager.Tui.Timeline;

/// <summary>
/// Which finished iterations the operator wants as one line. An iteration is named by the first byte of its start, so that it stays the
/// same when the log grows.
/// </summary>
internal sealed record FoldState
{
    /// <summary>Finished iterations are one line each, but for those that are open.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Iterations that were opened.</summary>
    public ImmutableHashSet<long> Opened { get; init; } = [];

    /// <summary>
    /// The iteration from which on all are open: the newest finished one when the timeline stopped following. While it follows, the
    /// newest one that is finished is open.
    /// </summary>
    public long OpenFrom { get; init; } = long.MaxValue;
}
