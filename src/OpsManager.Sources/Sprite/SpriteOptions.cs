using OpsManager.Core.Sprite;

namespace OpsManager.Sources.Sprite;

/// <summary>How a sprite is asked (docs/service.md). Times are the defaults of docs; a test may have others.</summary>
public sealed record SpriteOptions
{
    public static readonly SpriteOptions Default = new();

    public PollPace Pace { get; init; } = PollPace.Default;

    /// <summary>Of one request with its answer: a cold sprite needs one or two seconds to wake.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Further tries of one request.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Before the first of them; doubled with each, and strewn.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The second wait is twice as long as the first, the third three times, and none is strewn.</summary>
    public bool IsRetryDelayLinear { get; init; }

    /// <summary>The longest wait that a service may ask for by Retry-After.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where half of the requests of so long have failed, none is sent for a while.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    public int BreakerLeast { get; init; } = 4;

    /// <summary>That while.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After the breaker has been open this long, the sprite is read by the other transport.</summary>
    public TimeSpan FallBackAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of requests that are to be answered well, 0 to 1.</summary>
    public double Objective { get; init; } = 0.99;

    public TimeSpan BudgetWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Failures that are always allowed in the window.</summary>
    public int BudgetLeast { get; init; } = 10;

    /// <summary>Between two looks whether a service that is not used is well again.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>It has to be well so many times in a row before it is used again.</summary>
    public int ProbesWell { get; init; } = 4;

    /// <summary>Between two readings by a path.</summary>
    public TimeSpan PullPath { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two readings by a command: each starts a process, often a login.</summary>
    public TimeSpan PullCommand { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two questions to the platform, which wake nothing.</summary>
    public TimeSpan Platform { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A sprite pauses after so long without a request.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sprite is asked often after the operator has asked for it.</summary>
    public TimeSpan Hurry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two lists of loops.</summary>
    public TimeSpan ListLoops { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A service that says something else than is folded may be a moment ahead: it has this long.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Events of the first request to a plain v1 service, which may need half a second for each.</summary>
    public int FirstEvents { get; init; } = 8;

    /// <summary>Events of one request, at most.</summary>
    public int PageEvents { get; init; } = 1000;
}
