namespace OpsManager.Tui.Session;

/// <summary>
/// Hands the newest value from one thread to another: values that come faster than they are taken replace each other, and at
/// most one hand-over is under way. The receiver's own pace is the limit of frames.
/// </summary>
/// <param name="take">Takes a value, on the receiving thread.</param>
/// <param name="post">Runs something on the receiving thread.</param>
internal sealed class Latest<T>(Action<T> take, Action<Action> post)
    where T : class
{
    private T? waiting;

    public void Offer(T value)
    {
        if (Interlocked.Exchange(ref waiting, value) is null)
        {
            post(Take);
        }
    }

    private void Take()
    {
        if (Interlocked.Exchange(ref waiting, null) is { } value)
        {
            take(value);
        }
    }
}
