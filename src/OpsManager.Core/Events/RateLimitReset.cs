using System.Globalization;

namespace OpsManager.Core.Events;

/// <summary>
/// When a rate limit is reset, as the event that ended a run says: <c>info.resets_at</c>, in seconds since 1970 or as a time, or
/// <c>info.resets_in</c>, in seconds from the event.
/// </summary>
internal static class RateLimitReset
{
    /// <summary>Smaller numbers are seconds from the event: as a time they would be in 1973.</summary>
    private const long FirstTime = 100_000_000;

    /// <summary>No limit lasts longer; what says so is no time.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(400);

    /// <summary>Null where the event does not say, or says what cannot be.</summary>
    public static DateTimeOffset? At(EventMoment stop) =>
        stop.At is { } stopped && Read(stop.Detail, stopped) is { } at && at >= stopped && at - stopped <= Max ? at : null;

    private static DateTimeOffset? Read(string? word, DateTimeOffset stopped)
    {
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 0 and < FirstTime ? stopped.AddSeconds(number)
                : number is >= FirstTime and < 100 * (double)FirstTime ? DateTimeOffset.UnixEpoch.AddSeconds(number)
                : null;
        }

        return DateTimeOffset.TryParse(
            word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
