using System.Runtime.CompilerServices;
using OpsManager.Core.Facts.Clock;

namespace OpsManager.Sources;

/// <summary>
/// Time that never goes back: the clock's time, plus all by which the clock was set back since. What passes is the larger of what the
/// clock and the monotonic clock say, so a pause of the host counts. Timers and time stamps are those of the clock itself.
/// </summary>
/// <remarks>For everything that waits or ages. What is written into a file, and the time of day on the screen, is the clock's.</remarks>
public sealed class SteadyTime : TimeProvider
{
    /// <summary>Less is what keeping a clock right takes, and what reading two clocks one after the other does.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Two clocks were read at one moment where no more passed between; else we were held up.</summary>
    private static readonly TimeSpan OneMoment = TimeSpan.FromMilliseconds(200);

    private static readonly ConditionalWeakTable<TimeProvider, SteadyTime> Known = [];

    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private (DateTimeOffset Clock, long Stamp) anchor;
    private DateTimeOffset newest;
    private volatile ClockShifts shifts = ClockShifts.None;

    private SteadyTime(TimeProvider clock)
    {
        this.clock = clock;
        anchor = (clock.GetUtcNow(), clock.GetTimestamp());
        newest = anchor.Clock;
    }

    /// <summary>What has become of the clock up to the last look at it.</summary>
    public ClockShifts Shifts => shifts;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <summary>The one steady time of a clock: every caller with the same clock gets the same one.</summary>
    public static SteadyTime For(TimeProvider clock) => clock as SteadyTime ?? Known.GetValue(clock, static one => new SteadyTime(one));

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            var before = clock.GetTimestamp();
            var now = clock.GetUtcNow();
            var stamp = clock.GetTimestamp();
            if (clock.GetElapsedTime(before, stamp) < OneMoment)
            {
                Compare(now, stamp);
            }

            var steady = now + shifts.Ahead;
            newest = steady > newest ? steady : newest;
            return newest;
        }
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    private void Compare(DateTimeOffset now, long stamp)
    {
        var back = clock.GetElapsedTime(anchor.Stamp, stamp) - (now - anchor.Clock);
        if (back.Duration() < Tolerance)
        {
            return;
        }

        anchor = (now, stamp);
        var at = now + shifts.Ahead + (back > TimeSpan.Zero ? back : TimeSpan.Zero);
        shifts = shifts.With(new ClockShift(at, back));
    }
}
