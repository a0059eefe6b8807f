namespace OpsManager.Service.Http;

/// <summary>So many at a time, and nobody waits in line.</summary>
internal sealed class Slots(int most)
{
    private int taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= most)
        {
            return true;
        }

        Free();
        return false;
    }

    public void Free() => Interlocked.Decrement(ref taken);
}
