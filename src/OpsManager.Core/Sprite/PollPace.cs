namespace OpsManager.Core.Sprite;

/// <summary>
/// How soon a sprite is asked again. Every request keeps it awake, and that costs money: what moves is asked often, what is quiet
/// ever more rarely, and what is over not at all (docs/service.md, "Hibernation").
/// </summary>
public sealed record PollPace
{
    public static readonly PollPace Default = new();

    /// <summary>While a run is at work.</summary>
    public TimeSpan Running { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After the operator has asked for it, or has sent something.</summary>
    public TimeSpan Hurried { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The first wait after a failure; doubled with each further one.</summary>
    public TimeSpan Failed { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait: longer than a sprite needs to fall asleep.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After this long without a change, finished runs are not polled.</summary>
    public TimeSpan OverAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same where a run waits for an approval: somebody else may decide it.</summary>
    public TimeSpan WaitingAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For this long a silent run is polled as often as an active one.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait until the next poll; null where there is none until something happens.</summary>
    public TimeSpan? Next(PollFacts facts)
    {
        if (facts.Failures > 0)
        {
            return IsLeftAsleep(facts)
                ? null
                : Min(Failed * Math.Pow(2, facts.IsHurried ? 0 : Math.Min(facts.Failures - 1, 10)), Max);
        }

        return facts.IsHurried ? Hurried
            : IsLeftAsleep(facts) ? null
            : facts.IsRunning ? Grown(facts.SinceChange - SilentAfter, Running)
            : facts.SinceChange >= (facts.IsWaiting ? WaitingAfter : OverAfter) ? null
            : Grown(facts.SinceChange, Running * 2);
    }

    private static bool IsLeftAsleep(PollFacts facts) => facts.Warmth.IsAsleep() && !facts.MayWake && !facts.IsHurried;

    /// <summary>The longer it has been quiet, the longer the wait.</summary>
    private TimeSpan Grown(TimeSpan quiet, TimeSpan least) => quiet / 8 is var wait && wait > least ? Min(wait, Max) : least;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
