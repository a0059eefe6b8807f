using System.Globalization;

namespace OpsManager.Tui.Content;

/// <summary>Ages and clock times as the screen writes them.</summary>
public static class Ages
{
    /// <summary>"12s", "4m", "3h", "2d": at most four characters for anything under three years; never negative.</summary>
    public static string Short(TimeSpan age) => age.TotalSeconds < 1 ? "0s"
        : age.TotalSeconds < 60 ? Whole(age.TotalSeconds, "s")
        : age.TotalMinutes < 60 ? Whole(age.TotalMinutes, "m")
        : age.TotalHours < 48 ? Whole(age.TotalHours, "h")
        : Whole(age.TotalDays, "d");

    /// <summary>The age of a moment; empty where it is not known.</summary>
    public static string Short(DateTimeOffset? at, DateTimeOffset now) => at is { } time ? Short(now - time) : "";

    /// <summary>"19:42:10".</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Whole(double value, string unit) => ((long)value).ToString(CultureInfo.InvariantCulture) + unit;
}
