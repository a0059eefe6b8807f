namespace OpsManager.Core.Facts.Clock;

/// <summary>The host's clock was set, or the host was paused.</summary>
/// <param name="At">When it was noticed, in steady time (<see cref="ClockShifts"/>).</param>
/// <param name="Back">By how much the clock went back; negative where it went forward.</param>
public sealed record ClockShift(DateTimeOffset At, TimeSpan Back);
