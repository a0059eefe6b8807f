namespace OpsManager.Tests.Sources;

/// <summary>A clock that is set while another goes on: its time stamps and timers stay those of the other.</summary>
internal sealed class SetClock(TimeProvider inner) : TimeProvider
{
    private long offset;

    /// <summary>How far it is ahead of the other; negative where it was set back.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref offset));
        set => Interlocked.Exchange(ref offset, value.Ticks);
    }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
