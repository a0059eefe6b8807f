namespace OpsManager.Sources.Nats;

/// <summary>Waits between attempts: from a quarter of a second, each twice as long as the last, up to five seconds; jittered.</summary>
public sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    /// <summary>Waits since the last success.</summary>
    public int Attempts { get; private set; }

    public Task WaitAsync(CancellationToken cancel)
    {
        Attempts++;
        var wait = next * (0.75 + (Random.Shared.NextDouble() / 2));
        next = next * 2 < Longest ? next * 2 : Longest;
        return Task.Delay(wait, time, cancel);
    }

    /// <summary>It worked: the next wait is the shortest again.</summary>
    public void Reset() => (Attempts, next) = (0, First);
}
