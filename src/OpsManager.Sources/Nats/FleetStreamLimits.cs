namespace OpsManager.Sources.Nats;

/// <summary>
/// How much the stream of a fleet keeps. What is null is the default for a stream that is made, and stays as it is on one that is there:
/// a shorter limit removes messages.
/// </summary>
/// <param name="MaxAge">Messages that are older are removed.</param>
/// <param name="MaxBytes">The oldest messages are removed where all are together longer.</param>
/// <param name="DuplicateWindow">How long the server knows the id of a message, to refuse it a second time.</param>
/// <param name="Replicas">How many servers have each message.</param>
public sealed record FleetStreamLimits(TimeSpan? MaxAge, long? MaxBytes, TimeSpan? DuplicateWindow, int? Replicas)
{
    public const long DefaultMaxBytes = 10L << 30;
    public const int DefaultReplicas = 1;

    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(7);
    public static readonly TimeSpan DefaultDuplicateWindow = TimeSpan.FromMinutes(2);

    public static readonly FleetStreamLimits Default = new(null, null, null, null);
}
