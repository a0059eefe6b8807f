namespace OpsManager.Sources.Nats;

/// <summary>
/// Memory for the events of all loops that nobody has read yet. What finds no room is fetched from the stream when it is read, so that no
/// publisher can fill the memory of a screen. Safe for several threads.
/// </summary>
internal sealed class EventRoom
{
    /// <summary>Bytes of all events.</summary>
    public const long MaxBytes = 128 * 1024 * 1024;

    /// <summary>What an event takes besides its text, about.</summary>
    private const int Each = 200;

    private long taken;

    /// <summary>Takes room for an event of so many bytes.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref taken, bytes + Each) <= MaxBytes)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>An event of so many bytes is no longer here.</summary>
    public void Give(int bytes) => Interlocked.Add(ref taken, -(bytes + Each));
}
