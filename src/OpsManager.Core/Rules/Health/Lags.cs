using OpsManager.Contract;
using OpsManager.Core.Facts;
using OpsManager.Core.Facts.Clock;

namespace OpsManager.Core.Rules.Health;

/// <summary>
/// How long the log and the heartbeat have been silent, in whole seconds; null where silence means nothing. Only a run whose
/// contract status is running can be late: one that is over, or waits for a person, is silent by right.
/// </summary>
public readonly record struct Lags(long? IngestSeconds, long? HeartbeatSeconds)
{
    /// <param name="status">The contract status.</param>
    public static Lags From(LoopFacts loop, Lifecycle status, AgeClock now) => status != Lifecycle.Running
        ? default
        : new(
            Seconds(loop.Tally.Newest?.At, loop.NewestReadAt, now), Seconds(loop.Heartbeat.Value?.Timestamp, loop.Heartbeat.ReadAt, now));

    private static long? Seconds(DateTimeOffset? at, DateTimeOffset? seen, AgeClock now) =>
        at is { } time ? Math.Max(0, (long)now.Since(time, seen).TotalSeconds) : null;
}
