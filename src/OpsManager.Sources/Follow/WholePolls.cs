namespace OpsManager.Sources.Follow;

/// <summary>When a poll looks at everything: at each one, or where a copy's writer tells what it has written, ever so often.</summary>
/// <param name="every">Between two such polls; null where each of them is.</param>
internal sealed class WholePolls(TimeSpan? every)
{
    private DateTimeOffset lookedAt = DateTimeOffset.MinValue;

    /// <summary>Whether a poll looks at everything now. A clock that was set back is no reason to wait for it.</summary>
    public bool IsDue(DateTimeOffset now) => every is not { } gap || now < lookedAt || now - lookedAt >= gap;

    /// <summary>There was a look; at everything, or at what was told.</summary>
    public void Note(DateTimeOffset now, bool isWhole) => lookedAt = isWhole ? now : lookedAt;
}
