using System.Globalization;

namespace OpsManager.Core.Reports;

/// <summary>How long somebody has to wait, in the units of the screen: "8 s", "12 min", "3 h", "2 d".</summary>
internal static class Spans
{
    /// <summary>Rounded up: who waits so long has waited long enough.</summary>
    public static string Short(TimeSpan wait) => wait.TotalSeconds <= 90 ? Whole(wait.TotalSeconds, "s")
        : wait.TotalMinutes <= 90 ? Whole(wait.TotalMinutes, "min")
        : wait.TotalHours <= 48 ? Whole(wait.TotalHours, "h")
        : Whole(wait.TotalDays, "d");

    private static string Whole(double value, string unit) => $"{Math.Ceiling(value).ToString(CultureInfo.InvariantCulture)} {unit}";
}
