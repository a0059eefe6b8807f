namespace OpsManager.Contract.Words;

/// <summary>Fields of an event's <c>data</c> that another word has too.</summary>
public static class EventDataNames
{
    /// <summary>What a rate limit says of itself, in <see cref="EventNames.RateLimitStop"/>.</summary>
    public const string Info = "info";
}
