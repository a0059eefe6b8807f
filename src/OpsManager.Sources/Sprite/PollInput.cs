using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>All that can happen to a poller. What ends an action comes once for it; the others come at any time.</summary>
/// <param name="Now">When it happened, by a clock that never goes back.</param>
internal abstract record PollInput(DateTimeOffset Now)
{
    /// <summary>What the service's requests came to, up to then.</summary>
    public ServiceReading Service { get; init; } = ServiceReading.None;

    /// <summary>The sprite is watched from now on. What was under way before is no longer.</summary>
    internal sealed record Started(DateTimeOffset Now) : PollInput(Now);

    /// <summary>The operator asks for it now, or has sent something.</summary>
    internal sealed record Woken(DateTimeOffset Now) : PollInput(Now);

    /// <summary>The first way says that something is new, or that it can or cannot be used.</summary>
    internal sealed record NewsCame(DateTimeOffset Now) : PollInput(Now);

    /// <summary>Somebody waits until the copy of a loop is up to now.</summary>
    internal sealed record RefreshAsked(DateTimeOffset Now, Refresh Refresh) : PollInput(Now);

    /// <summary>Time has passed. Ends a rest, though it may come too early.</summary>
    internal sealed record Elapsed(DateTimeOffset Now) : PollInput(Now);

    /// <summary>What has no answer is done.</summary>
    internal sealed record Done(DateTimeOffset Now) : PollInput(Now);

    /// <summary>The platform was asked.</summary>
    /// <param name="Warmth">What it says; null where it does not answer as it should.</param>
    internal sealed record PlatformSaid(DateTimeOffset Now, PowerState? Warmth) : PollInput(Now);

    /// <summary>The loops that the copy has from an earlier session.</summary>
    internal sealed record CopyListed(DateTimeOffset Now, IReadOnlyList<string> Loops) : PollInput(Now);

    /// <summary>The sprite was asked for its loops.</summary>
    /// <param name="Loops">Null where this transport does not list them.</param>
    internal sealed record LoopsListed(DateTimeOffset Now, IReadOnlyList<ListedLoop>? Loops) : PollInput(Now);

    /// <summary>The copy of the loop is up to what the sprite says.</summary>
    /// <param name="Reading">Null where nothing has changed.</param>
    internal sealed record LoopRead(DateTimeOffset Now, PolledReading? Reading) : PollInput(Now);

    /// <summary>The service that is not used is well, and says what the other way says.</summary>
    internal sealed record ProbedWell(DateTimeOffset Now) : PollInput(Now);

    /// <summary>The action failed.</summary>
    /// <param name="Code">One of <see cref="Contract.FailureCodes"/>.</param>
    /// <param name="RetryAfter">How long the service wants to be left alone; null where it does not say.</param>
    internal sealed record Failed(DateTimeOffset Now, string Code, string Message, TimeSpan? RetryAfter = null) : PollInput(Now);
}
