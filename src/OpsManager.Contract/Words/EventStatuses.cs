namespace OpsManager.Contract.Words;

/// <summary>Words of an event's status that say that something went wrong (docs/contract.md, "Contract status").</summary>
public static class EventStatuses
{
    public const string Error = "error";
    public const string Timeout = "timeout";
    public const string Blocked = "blocked";
    public const string RateLimited = "rate_limited";
}
