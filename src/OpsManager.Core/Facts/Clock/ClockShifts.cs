using System.Collections.Immutable;

namespace OpsManager.Core.Facts.Clock;

/// <summary>
/// How often the host's clock was set back while we watched. Steady time is the clock's time plus all of that, so it never goes back;
/// what files say is by the clock as it was when they were written (docs/contract.md, "Ages").
/// </summary>
public sealed record ClockShifts
{
    public static readonly ClockShifts None = new();

    /// <summary>Smaller shifts are not reported: they are normal corrections of a clock.</summary>
    public static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);

    private const int MaxKept = 64;

    /// <summary>Each time that it went back, oldest first. Bounded: the oldest are forgotten.</summary>
    private ImmutableArray<(DateTimeOffset From, TimeSpan Ahead)> Epochs { get; init; } = [];

    /// <summary>The newest one that an operator should know of, in either direction.</summary>
    public ClockShift? Newest { get; init; }

    /// <summary>How far steady time is ahead of the clock now.</summary>
    public TimeSpan Ahead => Epochs.IsEmpty ? TimeSpan.Zero : Epochs[^1].Ahead;

    /// <summary>The newest shift back, while the times in files that are written now have been there once already.</summary>
    /// <param name="now">Steady time.</param>
    public ClockShift? RunsTwice(DateTimeOffset now) =>
        Newest is { } newest && newest.Back > TimeSpan.Zero && now - newest.At < newest.Back ? newest : null;

    public ClockShifts With(ClockShift shift)
    {
        var known = shift.Back.Duration() >= Noticeable ? this with { Newest = shift } : this;
        return shift.Back <= TimeSpan.Zero
            ? known
            : known with { Epochs = (Epochs.Length < MaxKept ? Epochs : Epochs.RemoveAt(0)).Add((shift.At, Ahead + shift.Back)) };
    }

    /// <summary>How far steady time was ahead of the clock when something was seen.</summary>
    /// <param name="seen">Steady time.</param>
    public TimeSpan AheadAt(DateTimeOffset seen)
    {
        for (var i = Epochs.Length - 1; i >= 0; i--)
        {
            if (Epochs[i].From <= seen)
            {
                return Epochs[i].Ahead;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>
    /// The same for a time of which nobody knows when it was seen. A time that has been there twice counts as the newer; one that has
    /// not been there at all is steady time.
    /// </summary>
    public TimeSpan AheadOf(DateTimeOffset written, DateTimeOffset now)
    {
        var until = now;
        for (var i = Epochs.Length - 1; i >= 0; i--)
        {
            var steady = written + Epochs[i].Ahead;
            if (steady >= Epochs[i].From && steady <= until)
            {
                return Epochs[i].Ahead;
            }

            until = Epochs[i].From;
        }

        return TimeSpan.Zero;
    }
}
