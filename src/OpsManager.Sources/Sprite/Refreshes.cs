namespace OpsManager.Sources.Sprite;

/// <summary>Who waits until a sprite has been asked once more. Safe for several threads.</summary>
internal sealed class Refreshes
{
    private const string Ended = "the sprite is not watched any more";

    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];
    private bool isEnded;

    /// <summary>One who waits.</summary>
    /// <param name="Done">Gets why the copy of the loop is not up to now; null where it is.</param>
    internal readonly record struct Waiting(string Loop, TaskCompletionSource<string?> Done);

    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return waiting.Count == 0;
            }
        }
    }

    public Task<string?> Add(string loop)
    {
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (isEnded)
            {
                return Task.FromResult<string?>(Ended);
            }

            waiting.Add(new(loop, done));
        }

        return done.Task;
    }

    /// <summary>Those who wait now: the round that begins is theirs.</summary>
    public IReadOnlyList<Waiting> Take()
    {
        lock (gate)
        {
            Waiting[] taken = [.. waiting];
            waiting.Clear();
            return taken;
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            isEnded = false;
        }
    }

    /// <summary>Nobody asks the sprite any more: whoever waits, or comes to wait, is told so.</summary>
    /// <param name="taken">Who waited for the round that was broken off.</param>
    public void End(IReadOnlyList<Waiting> taken)
    {
        lock (gate)
        {
            isEnded = true;
        }

        Answer([.. taken, .. Take()], static _ => Ended);
    }

    public static void Answer(IReadOnlyList<Waiting> waiting, Func<string, string?> fault)
    {
        foreach (var (loop, done) in waiting)
        {
            done.TrySetResult(fault(loop));
        }
    }
}
