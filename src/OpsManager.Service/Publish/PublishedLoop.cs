using OpsManager.Contract;
using OpsManager.Service.Http;
using OpsManager.Service.Watch;

namespace OpsManager.Service.Publish;

/// <summary>One loop of the repository, with when it is looked at next.</summary>
internal sealed class PublishedLoop(string name, LoopPlace place, PublishWorld world, LoopWatchers watchers)
{
    /// <summary>Between two looks at a loop whose files do not change: at work, not readable, and the others.</summary>
    private static readonly TimeSpan WhileActive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileFaulty = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileIdle = TimeSpan.FromSeconds(30);

    private LoopPublisher? publisher;
    private long? began;
    private bool wasThere;
    private bool hasMissed;
    private string? fault;

    public string Name => name;

    /// <summary>Whether its directory is there.</summary>
    public bool IsThere { get; set; }

    public bool IsActive => publisher?.IsActive == true;

    public bool HasConflict => publisher?.HasConflict == true;

    /// <summary>Whether all of it is published.</summary>
    public bool IsWhole => fault is null && publisher?.Fault is null;

    /// <summary>The work on it that was begun last; it ends when all was sent.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it has to be looked at. One that is being published is asked again when that has ended.</summary>
    /// <param name="isShared">A file that all loops share has changed.</param>
    public bool IsDue(bool isShared, TimeProvider time)
    {
        hasMissed |= isShared;
        if (!Running.IsCompleted)
        {
            return false;
        }

        // Looked at in any case: the next glance compares with this one.
        var hasChanged = IsThere && publisher?.HasChanged() == true;
        return began is not { } at || wasThere != IsThere || (IsThere && (hasChanged || hasMissed
            || time.GetElapsedTime(at) >= (IsActive ? WhileActive : IsWhole ? WhileIdle : WhileFaulty)));
    }

    /// <summary>It is looked at now.</summary>
    /// <param name="work">Sends what is new.</param>
    public void Begin(long now, Func<Task> work)
    {
        (began, wasThere, hasMissed) = (now, IsThere, false);
        Running = Task.Run(work, CancellationToken.None);
    }

    /// <exception cref="BusFault">Something was not taken.</exception>
    public async Task PublishAsync(CancellationToken cancel)
    {
        try
        {
            publisher ??= Open();
            fault = null;
            await (wasThere ? publisher.PublishAsync(cancel) : publisher.PublishGoneAsync(cancel)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is Refusal or ContractException or IOException or UnauthorizedAccessException)
        {
            fault = error.Message;
            world.Notes.Say($"loop {name}", $"Loop {name} is not published: {error.Message}");
        }
    }

    /// <summary>Writes the outbox cursor where it has changed, and nobody is at it.</summary>
    public void SaveIfDue()
    {
        if (Running.IsCompleted)
        {
            publisher?.SaveIfDue();
        }
    }

    /// <summary>Waits until nothing is sent any more, and writes the outbox cursor.</summary>
    public async Task EndAsync()
    {
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        publisher?.Save();
    }

    private LoopPublisher Open() => new(place, world, watchers);
}
