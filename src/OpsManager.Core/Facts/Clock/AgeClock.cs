namespace OpsManager.Core.Facts.Clock;

/// <summary>
/// Computes ages. An age is the age by the clock when something was first seen, plus what has passed since: a clock that is set back
/// stops no age (docs/contract.md, "Ages").
/// </summary>
/// <param name="Now">In steady time; the tape's time in a replay.</param>
/// <param name="Shifts">How often the clock was set back; null for a clock that never was.</param>
public readonly record struct AgeClock(DateTimeOffset Now, ClockShifts? Shifts = null)
{
    public static implicit operator AgeClock(DateTimeOffset now) => FromDateTimeOffset(now);

    public static AgeClock FromDateTimeOffset(DateTimeOffset now) => new(now);

    /// <summary>How long ago that was; negative for what is ahead of the clock.</summary>
    /// <param name="at">As a file says it, or in steady time.</param>
    /// <param name="seen">When we read it, in steady time; null where that is not known.</param>
    public TimeSpan Since(DateTimeOffset at, DateTimeOffset? seen = null) => Shifts is null ? Now - at
        : Now - (seen is { } known ? Shifts.AheadAt(known) : Shifts.AheadOf(at, Now)) - at;
}
