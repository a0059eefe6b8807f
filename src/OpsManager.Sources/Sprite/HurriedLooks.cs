namespace OpsManager.Sources.Sprite;

/// <summary>Has a copy looked at often for a while after the operator has acted on it: their rows are written beside it.</summary>
internal sealed class HurriedLooks : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly TimeSpan every;
    private readonly TimeSpan whole;
    private readonly Action look;
    private readonly ITimer timer;
    private DateTimeOffset until;
    private bool isEnded;

    public HurriedLooks(TimeProvider time, TimeSpan every, TimeSpan whole, Action look)
    {
        (this.time, this.every, this.whole, this.look) = (time, every, whole, look);
        timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From now on, for the whole time again.</summary>
    public void Start()
    {
        lock (gate)
        {
            until = time.GetUtcNow() + whole;
            Next();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isEnded = true;
            timer.Dispose();
        }
    }

    private void Look()
    {
        lock (gate)
        {
            if (!isEnded)
            {
                look();
                Next();
            }
        }
    }

    private void Next()
    {
        if (!isEnded && time.GetUtcNow() < until)
        {
            timer.Change(every, Timeout.InfiniteTimeSpan);
        }
    }
}
