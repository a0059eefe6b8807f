namespace OpsManager.Control.Notify;

/// <summary>Allows so many starts within any minute, by a clock that is never set. Not thread-safe.</summary>
internal sealed class StartLimit(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<long> starts = new();

    /// <summary>Takes a start; false where there is none left.</summary>
    public bool TryTake()
    {
        while (starts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Minute)
        {
            starts.Dequeue();
        }

        if (starts.Count >= perMinute)
        {
            return false;
        }

        starts.Enqueue(time.GetTimestamp());
        return true;
    }
}
