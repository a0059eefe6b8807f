using System.Globalization;
using OpsManager.Core.Facts.Clock;

namespace OpsManager.Tui.Content;

/// <summary>Ages, durations and clock times as the screen writes them.</summary>
internal static class Ages
{
    /// <summary>"12s", "4m", "3h", "2d", "3y": at most four characters; never negative. Years only from a thousand days on.</summary>
    public static string Short(TimeSpan age) => age.TotalSeconds < 1 ? "0s"
        : age.TotalSeconds < 60 ? Whole(age.TotalSeconds, "s")
        : age.TotalMinutes < 60 ? Whole(age.TotalMinutes, "m")
        : age.TotalHours < 48 ? Whole(age.TotalHours, "h")
        : age.TotalDays < 1000 ? Whole(age.TotalDays, "d")
        : Whole(age.TotalDays / 365.25, "y");

    /// <summary>The age of a moment; empty where it is not known.</summary>
    public static string Short(DateTimeOffset? at, AgeClock now) => at is { } time ? Short(now.Since(time)) : "";

    /// <summary>
    /// "12s", "4m10s", "3h02m", "2d04h": two units, at most six characters for anything under a hundred days; never negative.
    /// </summary>
    public static string Long(TimeSpan age) => age.TotalSeconds < 1 ? "0s"
        : age.TotalSeconds < 60 ? Whole(age.TotalSeconds, "s")
        : age.TotalMinutes < 60 ? Pair(age.TotalMinutes, "m", age.Seconds, "s")
        : age.TotalHours < 24 ? Pair(age.TotalHours, "h", age.Minutes, "m")
        : Pair(age.TotalDays, "d", age.Hours, "h");

    /// <summary>How long something took that was timed in whole seconds: "&lt;1s", and from there as <see cref="Long"/>.</summary>
    public static string Taken(TimeSpan duration) => duration.TotalSeconds < 1 ? "<1s" : Long(duration);

    /// <summary>"850ms", "1.2s", "4m10s": a duration that was measured in milliseconds.</summary>
    public static string Measured(TimeSpan duration) =>
        duration.TotalMilliseconds < 1000 ? Whole(Math.Max(0, duration.TotalMilliseconds), "ms")
        : duration.TotalSeconds < 60 ? duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + "s"
        : Long(duration);

    /// <summary>"19:42:10".</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-22 19:42:10".</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Whole(double value, string unit) => ((long)value).ToString(CultureInfo.InvariantCulture) + unit;

    private static string Pair(double large, string unit, int small, string smallUnit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)large}{unit}{small:00}{smallUnit}");
}
