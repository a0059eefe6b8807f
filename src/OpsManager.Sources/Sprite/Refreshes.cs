namespace OpsManager.Sources.Sprite;

/// <summary>Callers that wait until a sprite has been read once more. Safe for several threads.</summary>
internal sealed class Refreshes
{
    private const string Ended = "the sprite is no longer watched";

    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource<string?>> waiting = [];
    private long newest;
    private bool isEnded;

    /// <summary>Somebody waits from now on.</summary>
    /// <returns>A number by which to answer, and what gets why the copy is not up to date; null where it is.</returns>
    public (long Id, Task<string?> Done) Add()
    {
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            newest++;
            if (isEnded)
            {
                done.SetResult(Ended);
            }
            else
            {
                waiting.Add(newest, done);
            }

            return (newest, done.Task);
        }
    }

    /// <summary>Answers the callers that still wait.</summary>
    public void Answer(IReadOnlyList<RefreshAnswer> answers)
    {
        foreach (var (id, fault) in answers)
        {
            TaskCompletionSource<string?>? done;
            lock (gate)
            {
                waiting.Remove(id, out done);
            }

            done?.TrySetResult(fault);
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            isEnded = false;
        }
    }

    /// <summary>The sprite is no longer polled: callers that wait, now or later, get an error.</summary>
    public void End()
    {
        TaskCompletionSource<string?>[] all;
        lock (gate)
        {
            isEnded = true;
            all = [.. waiting.Values];
            waiting.Clear();
        }

        foreach (var done in all)
        {
            done.TrySetResult(Ended);
        }
    }
}
