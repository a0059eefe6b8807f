namespace OpsManager.Core.Sprite;

/// <summary>
/// How long requests have kept a sprite awake: each does for as long as a sprite waits before it pauses, and what two of them share
/// counts once. An upper bound: a sprite with work of its own would have been awake anyway. Has no clock.
/// </summary>
/// <param name="pause">How long a sprite waits (docs/service.md, "Hibernation").</param>
public sealed class AwakeTime(TimeSpan pause)
{
    private TimeSpan past;
    private (DateTimeOffset From, DateTimeOffset To)? span;

    /// <summary>A request was sent.</summary>
    public void Touch(DateTimeOffset at)
    {
        if (span is { } now && at <= now.To && at >= now.From)
        {
            span = (now.From, at + pause);
            return;
        }

        past += Past(at);
        span = (at, at + pause);
    }

    /// <summary>It was seen asleep: nothing keeps it awake now.</summary>
    public void Slept(DateTimeOffset at)
    {
        past += Past(at);
        span = null;
    }

    public TimeSpan Total(DateTimeOffset now) => past + Past(now);

    private TimeSpan Past(DateTimeOffset now) =>
        span is not { } open || now <= open.From ? TimeSpan.Zero : (now < open.To ? now : open.To) - open.From;
}
